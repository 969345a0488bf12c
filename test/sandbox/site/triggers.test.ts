import { describe, expect, it } from 'vitest';
import { startReceiver } from './support/receiver.js';
import { code, openSandbox, widget } from './support/sandbox.js';

const trigger = {
  widget_code: code,
  event_code: 14,
  element_type: 2,
  pipeline_id: 50,
  status_ids: [502],
  delay_seconds: 0,
  settings: { message: 'Hello {{contact_name}}', only_main: 'on' },
};

describe('triggers', () => {
  it('are set up, changed and taken away, and pages hear of it', async () => {
    const { page, listen } = await openSandbox();
    const listener = await listen();
    const { status, body } = await page('POST', '/sandbox/triggers', trigger);
    expect(status).toBe(201);
    const id = Number(body['id']);
    expect(await page('GET', '/sandbox/triggers')).toEqual({ status: 200, body: [{ id, ...trigger }] });
    const { change } = await listener.heard('changed');
    expect(change).toEqual({ event: 'trigger_changed', type: null, id });

    const changed = { ...trigger, delay_seconds: 60, settings: { message: 'Bye' } };
    expect(await page('PUT', `/sandbox/triggers/${id}`, changed)).toEqual({
      status: 200,
      body: { id, ...changed },
    });
    expect((await page('DELETE', `/sandbox/triggers/${id}`)).status).toBe(204);
    expect((await page('GET', '/sandbox/triggers')).body).toEqual([]);
    expect(await page('DELETE', `/sandbox/triggers/${id}`)).toEqual({
      status: 404,
      body: { error: `There is no trigger ${id}.` },
    });
  });

  it('are seen by everybody and changed by administrators', async () => {
    const { page } = await openSandbox();
    const { body } = await page('POST', '/sandbox/triggers', trigger);
    const path = `/sandbox/triggers/${Number(body['id'])}`;
    await page('PATCH', '/sandbox/switches', { user_id: 12 });
    const refused = {
      status: 403,
      body: { error: 'Only an administrator can set up the digital pipeline.' },
    };
    expect(await page('POST', '/sandbox/triggers', trigger)).toEqual(refused);
    expect(await page('PUT', path, { ...trigger, delay_seconds: 60 })).toEqual(refused);
    expect(await page('DELETE', path)).toEqual(refused);
    expect((await page('GET', '/sandbox/triggers')).body).toEqual([body]);
  });

  it.each([
    [{ widget_code: 'other' }, 'widget_code: one of small was expected, not "other".'],
    [{ event_code: 2 }, 'event_code: one of 1, 14, 15, 16, 17, 18, 19, 20, 21, 22 was expected, not 2.'],
    [{ element_type: 12 }, 'element_type: one of 2 was expected, not 12.'],
    [{ event_code: 20 }, 'element_type: one of 12 was expected, not 2.'],
    [{ pipeline_id: 7 }, 'pipeline_id: one of 50, 60 was expected, not 7.'],
    [{ status_ids: [] }, 'status_ids: a list of stages was expected, not [].'],
    [{ status_ids: [502, 502] }, 'status_ids: each stage once was expected, not [502,502].'],
    [
      { status_ids: [502, 503] },
      'status_ids: one stage, since the widget has no dp.action_multiple, was expected, not [502,503].',
    ],
    [{ delay_seconds: -1 }, 'delay_seconds: a whole number of at least 0 was expected, not -1.'],
    [{ delay_seconds: '5' }, 'delay_seconds: a whole number of at least 0 was expected, not "5".'],
    [{ settings: 'text' }, 'settings: an object of texts was expected, not "text".'],
    [{ settings: { message: 5 } }, 'settings.message: a text was expected, not 5.'],
  ])('with %j are refused with a sentence', async (wrong, error) => {
    const { page } = await openSandbox();
    expect(await page('POST', '/sandbox/triggers', { ...trigger, ...wrong })).toEqual({
      status: 400,
      body: { error },
    });
  });

  it('may be stretched where the manifest allows it, and stand under customers', async () => {
    const stretched = widget({ dp: { action_multiple: true } });
    const { page } = await openSandbox({ widgets: [{ files: stretched, label: 'small', code }] });
    const many = { ...trigger, status_ids: [502, 503] };
    expect((await page('POST', '/sandbox/triggers', many)).status).toBe(201);
    const customers = { event_code: 21, element_type: 12, pipeline_id: null, status_ids: [701, 702] };
    expect((await page('POST', '/sandbox/triggers', { ...trigger, ...customers })).status).toBe(201);
  });

  it('fire with the values as they were stored', async () => {
    const receiver = await startReceiver();
    const files = widget({ dp: { webhook_url: receiver.url } });
    const { page } = await openSandbox({ widgets: [{ files, label: 'small', code }] });
    await page('POST', '/sandbox/triggers', trigger);
    await page('PATCH', '/api/v4/leads/7001', { status_id: 503, pipeline_id: 50 });
    await page('PATCH', '/api/v4/leads/7001', { status_id: 502, pipeline_id: 50 });
    await receiver.until(1);
    expect(decodeURIComponent(receiver.received[0] ?? '')).toContain('[only_main]=on');
  });
});

describe('happenings', () => {
  it.each([
    ['mail_in', 16, 2, 7001, 'leads', 'service_message'],
    ['call_in', 17, 2, 7001, 'leads', 'call_in'],
    ['site_visit', 18, 12, 6001, 'customers', 'service_message'],
    ['chat', 19, 12, 6001, 'customers', 'service_message'],
  ])(
    '%s sets off triggers once and leaves a trace',
    async (event, event_code, element_type, id, type, note) => {
      const receiver = await startReceiver();
      const files = widget({ dp: { webhook_url: receiver.url } });
      const { page, sandbox } = await openSandbox({ widgets: [{ files, label: 'small', code }] });
      const { account } = sandbox.server.context;
      const lead = account.leads.get(7001);
      const place =
        element_type === 2
          ? { pipeline_id: lead?.pipeline_id, status_ids: [lead?.status_id] }
          : { pipeline_id: null, status_ids: [account.customers.get(6001)?.status_id] };
      const made = await page('POST', '/sandbox/triggers', {
        ...trigger,
        event_code,
        element_type,
        ...place,
      });
      expect(made.status).toBe(201);

      expect((await page('POST', '/sandbox/happenings', { event, element_type, id })).status).toBe(204);
      await sandbox.server.hooks.idle();
      expect(receiver.received).toHaveLength(1);
      expect(decodeURIComponent(receiver.received[0] ?? '')).toContain(`event[type]=${event_code}`);
      const { body } = await page('GET', `/api/v4/${type}/${id}/notes`);
      expect(body['_embedded']?.['notes']?.map((one) => String(one['note_type']))).toEqual([note]);
    },
  );

  it.each([
    [{}, 'event: one of mail_in, call_in, site_visit, chat was expected, not nothing.'],
    [{ event: 'chat', element_type: 1, id: 8001 }, 'element_type: one of 2, 12 was expected, not 1.'],
    [{ event: 'chat', element_type: 2, id: 1 }, 'id: there is no lead 1.'],
    [[], 'A JSON object was expected, not [].'],
  ])('refuse %j', async (body, error) => {
    const { page } = await openSandbox();
    expect(await page('POST', '/sandbox/happenings', body)).toEqual({ status: 400, body: { error } });
  });
});
