import { describe, expect, it } from 'vitest';
import { code, openSandbox } from './support/sandbox.js';

async function withIntegration() {
  const account = await openSandbox();
  const { body } = await account.page('GET', '/sandbox/integrations');
  return { ...account, uuid: String(body[0]?.['client_uuid']), first: body[0] };
}

describe('integrations', () => {
  it('are shown with what a backend needs', async () => {
    const { first } = await withIntegration();
    expect(first).toMatchObject({
      client_secret: expect.any(String) as string,
      redirect_uri: 'http://127.0.0.1:9/oauth',
      widget_code: code,
      is_installed: true,
    });
  });

  it('take another redirect address, and refuse one that the platform would', async () => {
    const { page, uuid } = await withIntegration();
    const path = `/sandbox/integrations/${uuid}`;
    const redirect_uri = 'http://127.0.0.1:8080/oauth';
    expect((await page('PATCH', path, { redirect_uri, scopes: ['crm'] })).body).toMatchObject({
      redirect_uri,
      scopes: ['crm'],
    });
    const { status, body } = await page('PATCH', path, { redirect_uri: 'http://example.com' });
    expect(status).toBe(400);
    expect(String(body['error'])).toContain('https was expected');
    expect((await page('PATCH', path, { scopes: 'crm' })).status).toBe(400);
    expect((await page('PATCH', '/sandbox/integrations/none', {})).body).toEqual({
      error: 'There is no integration none.',
    });
  });

  it('get another secret, which ends the tokens unless the old one is kept for a time', async () => {
    const { page, program, uuid, first, token } = await withIntegration();
    const path = `/sandbox/integrations/${uuid}`;
    const headers = { Authorization: `Bearer ${token()}` };
    const kept = await page('POST', `${path}/secret`, { keep_previous: true });
    expect(kept.body['previous_secret']).toEqual(first?.['client_secret']);
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(200);
    expect((await page('DELETE', `${path}/previous-secret`)).status).toBe(204);

    const { body } = await page('POST', `${path}/secret`);
    expect(body['previous_secret']).toBeNull();
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(401);
  });

  it('get long-lived tokens from an administrator', async () => {
    const { page, program, uuid } = await withIntegration();
    const path = `/sandbox/integrations/${uuid}/long-lived-token`;
    const { status, body } = await page('POST', path, { days: 30 });
    expect(status).toBe(201);
    const headers = { Authorization: `Bearer ${String(body['token'])}` };
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(200);

    expect((await page('POST', path, { days: 0 })).status).toBe(400);
    expect((await page('POST', path, { days: 1826 })).status).toBe(400);
    await page('PATCH', '/sandbox/switches', { user_id: 12 });
    expect(String((await page('POST', path, { days: 30 })).body['error'])).toContain('administrator');
  });

  it('lose their access tokens when these are let run out', async () => {
    const { page, program, token } = await withIntegration();
    const headers = { Authorization: `Bearer ${token()}` };
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(200);
    expect((await page('POST', '/sandbox/tokens/expire')).status).toBe(204);
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(401);
  });
});

describe('bots', () => {
  const steps = [{ question: [{ handler: 'show', params: { type: 'text', value: 'Hello {{lead.name}}' } }] }];

  it('are kept with their steps and run on a lead', async () => {
    const { page, sandbox } = await openSandbox();
    const { status, body } = await page('POST', '/sandbox/bots', {
      name: 'Greeter',
      steps: JSON.stringify(steps),
    });
    expect(status).toBe(201);
    expect(body['steps']).toEqual({ 0: steps[0] });
    const path = `/sandbox/bots/${Number(body['id'])}`;
    expect((await page('GET', '/sandbox/bots')).body).toEqual([body]);

    expect((await page('POST', `${path}/run`, { entity_type: 'leads', entity_id: 7001 })).status).toBe(201);
    const runs = (await page('GET', `${path}/runs`)).body;
    const name = sandbox.server.context.account.leads.get(7001)?.name ?? '';
    expect(runs[0]).toMatchObject({ state: 'finished', shown: [{ value: `Hello ${name}` }] });

    const changed = await page('PUT', path, { name: 'Another', steps: { 0: { question: [] } } });
    expect(changed.body['name']).toBe('Another');
    expect((await page('DELETE', path)).status).toBe(204);
    expect((await page('GET', `${path}/runs`)).status).toBe(404);
  });

  it.each([
    [{ steps: [] }, 'name: a text was expected, not nothing.'],
    [{ name: 'A' }, 'steps: a list of steps, or an object of them by number, was expected.'],
    [{ name: 'A', steps: [] }, 'steps: there is no step 0, at which a bot starts.'],
    [{ name: 'A', steps: [5] }, 'step 0: an object was expected.'],
    [{ name: 'A', steps: [{}] }, 'step 0: a list of handlers was expected in "question".'],
    [
      { name: 'A', steps: [{ question: [{}] }] },
      'step 0, question 0: an object with a "handler" was expected.',
    ],
    [
      { name: 'A', steps: { 0: { question: [{ handler: 'goto', params: { type: 'question', step: 4 } }] } } },
      'step 0, question 0: goto leads to step 4, which is not there.',
    ],
    [
      { name: 'A', steps: [{ question: [], widget_code: 'other' }] },
      'step 0: widget_code is no widget of the account: "other".',
    ],
    [
      { name: 'A', steps: { 0: { question: [] }, first: { question: [] } } },
      'steps: a number was expected as the name of a step, not "first".',
    ],
  ])('with %j are refused', async (bot, error) => {
    const { page } = await openSandbox();
    const answer = await page('POST', '/sandbox/bots', bot);
    expect(answer.status).toBe(400);
    expect(String(answer.body['error'])).toBe(error);
  });

  it('refuse JSON that is none, steps beyond 64 KB and an entity that is not there', async () => {
    const { page } = await openSandbox();
    const broken = await page('POST', '/sandbox/bots', { name: 'A', steps: '[{' });
    expect(String(broken.body['error'])).toContain('steps: JSON was expected');
    const long = [{ question: [{ handler: 'show', params: { value: 'x'.repeat(70_000) } }] }];
    expect((await page('POST', '/sandbox/bots', { name: 'A', steps: long })).status).toBe(400);
    const { body } = await page('POST', '/sandbox/bots', { name: 'A', steps });
    const run = await page('POST', `/sandbox/bots/${Number(body['id'])}/run`, {
      entity_type: 'leads',
      entity_id: 1,
    });
    expect(run).toEqual({ status: 400, body: { error: 'entity_id: there is no 1 among leads.' } });
  });
});
