import { describe, expect, it } from 'vitest';
import { startReceiver } from './support/receiver.js';
import { code, openSandbox, widget, type Call, type Json, type TestSandbox } from './support/sandbox.js';

const none = {
  slow_ms: 0,
  status: null,
  drop: false,
  send_twice: false,
  digital_pipeline: 'once',
  outside: false,
  token_cache: false,
};

function bearer({ token }: TestSandbox): Record<string, string> {
  return { Authorization: `Bearer ${token()}` };
}

describe('faults', () => {
  it('are none at first, change one by one, and every page hears of it', async () => {
    const { page, listen } = await openSandbox();
    const listener = await listen();
    expect((await page('GET', '/sandbox/faults')).body).toEqual(none);
    const faults = { ...none, slow_ms: 5 };
    expect(await page('PATCH', '/sandbox/faults', { slow_ms: 5 })).toEqual({ status: 200, body: faults });
    expect(await listener.heard('faults')).toEqual({ kind: 'faults', faults });
  });

  it.each([
    [{ slow_ms: -1 }, 'slow_ms: a whole number from 0 to 60000 was expected, not -1.'],
    [{ status: 404 }, 'status: one of 429, 402, 403, 500, null was expected, not 404.'],
    [{ drop: 'yes' }, 'drop: true or false was expected, not "yes".'],
    [{ digital_pipeline: 'never' }, 'digital_pipeline: one of once, repeated was expected, not "never".'],
  ])('refuse %j and apply nothing of it', async (wrong, error) => {
    const { page } = await openSandbox();
    const answer = await page('PATCH', '/sandbox/faults', { send_twice: true, ...wrong });
    expect(answer).toEqual({ status: 400, body: { error } });
    expect((await page('GET', '/sandbox/faults')).body).toEqual(none);
  });

  it('refuse a name that is none of theirs', async () => {
    const { page } = await openSandbox();
    expect((await page('PATCH', '/sandbox/faults', { slow: 1 })).status).toBe(400);
  });

  it.each([429, 402, 403, 500])('answer %i to integrations and leave the pages alone', async (status) => {
    const account = await openSandbox({ faults: { status: status as 429 } });
    const { page, program } = account;
    const answer = await program('GET', '/api/v4/account', undefined, bearer(account));
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.body)).toEqual(['title', 'type', 'status', 'detail']);
    expect((await program('POST', '/oauth2/access_token', {})).status).toBe(status);
    expect((await page('GET', '/api/v4/account')).status).toBe(200);
    expect((await page('GET', '/sandbox/traffic')).body.map((entry) => Number(entry['status']))).toContain(
      status,
    );
  });

  it('cut connections, which the traffic shows', async () => {
    const account = await openSandbox({ faults: { drop: true } });
    const { page, program } = account;
    await expect(program('GET', '/api/v4/account', undefined, bearer(account))).rejects.toThrow();
    const { body } = await page('GET', '/sandbox/traffic');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ url: '/api/v4/account', status: 0, kind: 'api', number: 1 });
  });

  it('make the API slow for integrations', async () => {
    const account = await openSandbox({ faults: { slow_ms: 60 } });
    const began = performance.now();
    await account.program('GET', '/api/v4/account', undefined, bearer(account));
    expect(performance.now() - began).toBeGreaterThanOrEqual(58);
  });

  it('send hooks twice', async () => {
    const receiver = await startReceiver();
    const files = widget({ dp: { webhook_url: receiver.url } });
    const { page } = await openSandbox({ widgets: [{ files, label: 'small', code }] });
    await page('PATCH', '/sandbox/faults', { send_twice: true });
    await fire(page);
    await receiver.until(2);
    expect(receiver.received[1]).toBe(receiver.received[0]);
  });
});

describe('calls to other machines', () => {
  it('are not sent but shown, and not repeated', async () => {
    const { page, sandbox } = await openSandbox();
    await page('PATCH', '/sandbox/faults', { digital_pipeline: 'repeated' });
    await fire(page);
    await sandbox.server.hooks.idle();
    const posted = await fetch(`${sandbox.url}/private/widget/proxy.php`, {
      method: 'POST',
      body: new URLSearchParams({ target: 'https://example.com/x' }),
    });
    expect(posted.status).toBe(502);
    const out = await outgoing(page);
    expect(out.map((entry) => String(entry['kind']))).toEqual(['dp_hook', 'crm_post']);
    for (const entry of out) {
      expect(entry).toMatchObject({
        status: 0,
        error: 'not sent: calls to other machines are switched off',
      });
    }
    expect(String(out[0]?.['body'])).toContain('event[type]=14');
  });

  it('are sent when they are switched on', async () => {
    const { page, sandbox } = await openSandbox({ faults: { outside: true } });
    // A name that no machine has: the call is tried, and fails at its name.
    const files = widget({ version: '2.0.0', dp: { webhook_url: 'https://nowhere.invalid/hook' } });
    sandbox.replace(code, files);
    await fire(page);
    await sandbox.server.hooks.idle();
    const [hook] = await outgoing(page);
    expect(String(hook?.['error'])).toContain('nowhere.invalid');
  });

  it('do not keep the installation hook and salesbot from this machine', async () => {
    const receiver = await startReceiver();
    const { page } = await openSandbox({ installed: false, redirectUri: `${receiver.url}/oauth` });
    await page('POST', '/ajax/widgets/edit', { code, widget_active: 'Y' });
    expect(receiver.received[0]).toContain('/oauth?');
    expect((await page('GET', '/sandbox/traffic')).body[0]).toMatchObject({
      kind: 'install_hook',
      status: 200,
    });
  });
});

describe('one-time tokens', () => {
  it('are fresh each time, or the same for 25 minutes', async () => {
    let now = 1_760_000_000_000;
    const { page, sandbox } = await openSandbox({ clock: { now: () => now } });
    const { client_uuid } = sandbox.server.context.account.widgets.get(code) ?? {};
    const take = async () =>
      (await page('GET', `/ajax/v2/integrations/${client_uuid}/disposable_token`)).body['token'];
    expect(await take()).not.toEqual(await take());

    await page('PATCH', '/sandbox/faults', { token_cache: true });
    const first = await take();
    now += 24 * 60_000;
    expect(await take()).toEqual(first);
    await page('PATCH', '/sandbox/switches', { user_id: 12 });
    expect(await take()).not.toEqual(first);
    await page('PATCH', '/sandbox/switches', { user_id: 11 });
    now += 60_000;
    expect(await take()).not.toEqual(first);
  });
});

async function outgoing(page: Call): Promise<Json[]> {
  const { body } = await page('GET', '/sandbox/traffic');
  return body.filter(({ direction }) => String(direction) === 'out');
}

/** Sets up a trigger and moves a lead to its stage. */
async function fire(page: Call): Promise<void> {
  const { status } = await page('POST', '/sandbox/triggers', {
    widget_code: code,
    event_code: 14,
    element_type: 2,
    pipeline_id: 50,
    status_ids: [502],
    delay_seconds: 0,
    settings: {},
  });
  expect(status).toBe(201);
  await page('PATCH', '/api/v4/leads/7001', { status_id: 503, pipeline_id: 50 });
  await page('PATCH', '/api/v4/leads/7001', { status_id: 502, pipeline_id: 50 });
}
