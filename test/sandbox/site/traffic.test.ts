import { describe, expect, it } from 'vitest';
import { startReceiver } from './support/receiver.js';
import { code, openSandbox, widget } from './support/sandbox.js';

describe('the traffic', () => {
  it('numbers calls, and never gives a number again', async () => {
    const { page, program, listen } = await openSandbox();
    const listener = await listen();
    await program('GET', '/api/v4/account');
    await program('GET', '/api/v4/users');
    const numbers = async () =>
      (await page('GET', '/sandbox/traffic')).body.map((entry) => Number(entry['number']));
    expect(await numbers()).toEqual([1, 2]);
    expect((await page('DELETE', '/sandbox/traffic')).status).toBe(204);
    await program('GET', '/api/v4/account');
    expect(await numbers()).toEqual([3]);
    const { entry } = await listener.heard('traffic', (message) => message.entry.number === 3);
    expect(entry).toMatchObject({ url: '/api/v4/account', status: 401, direction: 'in' });
  });

  it('shows calls of widgets but neither pages, files nor what the pages ask for themselves', async () => {
    const { page, program } = await openSandbox();
    await page('GET', '/api/v4/leads', undefined, { 'X-Account-Page': '1' });
    await page('GET', '/sandbox/session');
    await program('GET', `/upl/${code}/widget/manifest.json`);
    await page('GET', '/api/v4/leads?limit=1');
    const { body } = await page('GET', '/sandbox/traffic');
    expect(body.map((entry) => String(entry['url']))).toEqual(['/api/v4/leads?limit=1']);
  });

  it('sends a hook again, byte for byte', async () => {
    const receiver = await startReceiver();
    const files = widget({ dp: { webhook_url: receiver.url } });
    const { page } = await openSandbox({ widgets: [{ files, label: 'small', code }] });
    await page('POST', '/sandbox/triggers', {
      widget_code: code,
      event_code: 19,
      element_type: 12,
      pipeline_id: null,
      status_ids: [701],
      delay_seconds: 0,
      settings: { message: 'Hello' },
    });
    await page('PATCH', '/api/v4/customers/6001', { status_id: 701 });
    await page('POST', '/sandbox/happenings', { event: 'chat', element_type: 12, id: 6001 });
    await receiver.until(1);
    const entry = (await page('GET', '/sandbox/traffic')).body.find(({ kind }) => String(kind) === 'dp_hook');
    expect((await page('POST', `/sandbox/traffic/${Number(entry?.['number'])}/again`)).status).toBe(204);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]).toBe(receiver.received[0]);
  });

  it('sends no call again that is no hook, or is not there', async () => {
    const { page, program } = await openSandbox();
    await program('GET', '/api/v4/account');
    expect(await page('POST', '/sandbox/traffic/1/again')).toEqual({
      status: 400,
      body: { error: 'Call 1 is no hook: only hooks can be sent again.' },
    });
    expect((await page('POST', '/sandbox/traffic/99/again')).status).toBe(404);
  });
});

describe('the report', () => {
  const entry = {
    widget: 'small',
    area: 'llist',
    at: 5,
    kind: 'callback',
    name: 'render',
    returned: 'true',
    ms: 1,
    error: null,
  };

  it('takes what pages send, tells it to all of them, and is cleared', async () => {
    const { page, listen, sandbox } = await openSandbox();
    const listener = await listen();
    expect((await page('POST', '/sandbox/report', [entry])).status).toBe(204);
    expect(await listener.heard('report')).toEqual({ kind: 'report', entries: [entry] });
    expect((await page('GET', '/sandbox/report')).body).toEqual([entry]);
    expect(sandbox.report.entries()).toEqual([entry]);
    expect((await page('DELETE', '/sandbox/report')).status).toBe(204);
    expect((await page('GET', '/sandbox/report')).body).toEqual([]);
  });

  it('keeps only what belongs there, and long texts not whole', async () => {
    const { page } = await openSandbox();
    const wild = { ...entry, returned: 'x'.repeat(50_000), ms: 'fast', area: { a: 1 }, more: ['things'] };
    await page('POST', '/sandbox/report', [wild, { kind: 'exception', error: 'none' }]);
    const { body } = await page('GET', '/sandbox/report');
    expect(body[0]).toEqual({ ...entry, returned: 'x'.repeat(20_000), ms: 0, area: '{"a":1}' });
    expect(body[1]).toMatchObject({ widget: null, kind: 'exception', error: { message: '', stack: '' } });
  });

  it.each<[string, unknown, string]>([
    ['no list', {}, 'A list of at most 1000 entries was expected.'],
    ['too many', Array.from({ length: 1001 }, () => entry), 'A list of at most 1000 entries was expected.'],
    ['no object', [5], 'entry 0: an object was expected, not 5.'],
    [
      'an unknown kind',
      [{ kind: 'other' }],
      'kind: one of loaded, dropped, callback, note, exception, breach was expected, not "other".',
    ],
  ])('refuses %s', async (_what, body, error) => {
    const { page } = await openSandbox();
    expect(await page('POST', '/sandbox/report', body)).toEqual({ status: 400, body: { error } });
    expect((await page('GET', '/sandbox/report')).body).toEqual([]);
  });
});
