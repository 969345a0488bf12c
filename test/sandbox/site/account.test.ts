import { describe, expect, it } from 'vitest';
import { listen, openSandbox, type Json, type TestSandbox } from './support/sandbox.js';

describe('renaming the account', () => {
  it('moves API and tokens to another address, which the host of api_domain tells', async () => {
    const account = await openSandbox();
    const { sandbox, program } = account;
    const bearer = { Authorization: `Bearer ${account.token()}` };
    const pair = await authorise(account);
    const { api_domain } = claimsOf(pair['access_token']);
    expect(api_domain).toBe(new URL(sandbox.url).host);

    const url = await rename(account, 'renamed');
    expect(url).not.toBe(sandbox.url);
    await refuses(`${sandbox.url}/api/v4/account`, { headers: bearer });
    await refuses(`${sandbox.url}/oauth2/access_token`, { method: 'POST' });

    const place = { id: 12345678, subdomain: 'renamed', domain: new URL(url).host, top_level_domain: 'com' };
    const told = await program('GET', '/oauth2/account/current/subdomain', undefined, {
      'X-Refresh-Token': String(pair['refresh_token']),
    });
    expect(told).toEqual({ status: 200, body: place });
    expect(await program('GET', '/oauth2/account/subdomain', undefined, bearer)).toEqual(told);

    const answer = (await (await fetch(`${url}/api/v4/account`, { headers: bearer })).json()) as Json;
    expect(answer).toMatchObject({
      subdomain: 'renamed',
      _links: { self: { href: `${url}/api/v4/account` } },
    });
    const { access_token } = await refresh(account, url, pair);
    expect(claimsOf(access_token)['api_domain']).toBe(api_domain);
  });

  it('leaves the pages where they are and has them at the new address too, with tokens that name it', async () => {
    const account = await openSandbox();
    const listener = await account.listen();
    const url = await rename(account, 'renamed');
    await listener.heard('reload');

    expect((await account.page('GET', '/api/v4/account')).status).toBe(200);
    const session = { Origin: url, 'X-Requested-With': 'XMLHttpRequest' };
    expect((await fetch(`${url}/sandbox/session`, { headers: session })).status).toBe(200);
    const { client_uuid } = integrationOf(account);
    const answer = await fetch(`${url}/ajax/v2/integrations/${client_uuid}/disposable_token`, {
      headers: session,
    });
    const { token } = (await answer.json()) as Json;
    expect(claimsOf(token)).toMatchObject({ iss: url, subdomain: 'renamed' });

    const moved = await listen(url, url);
    await account.page('PATCH', '/sandbox/faults', { slow_ms: 1 });
    await moved.heard('faults');
  });

  it('goes on from there: a second name is told at the first address, and a reset keeps it', async () => {
    const account = await openSandbox();
    const bearer = { Authorization: `Bearer ${account.token()}` };
    const between = await rename(account, 'second');
    const url = await rename(account, 'third');
    await refuses(`${between}/api/v4/account`, { headers: bearer });
    await refuses(`${between}/oauth2/account/subdomain`, { headers: bearer });
    const told = await account.program('GET', '/oauth2/account/subdomain', undefined, bearer);
    expect(told.body).toMatchObject({ subdomain: 'third', domain: new URL(url).host });
    await account.page('POST', '/sandbox/reset');
    expect((await account.page('GET', '/api/v4/account')).body['subdomain']).toBe('third');
  });

  it.each([{}, { subdomain: 7 }, { subdomain: 'a.b' }, { subdomain: '-a' }, { subdomain: 'Ä' }])(
    'is refused for %j',
    async (body) => {
      const { page, sandbox } = await openSandbox();
      const answer = await page('PATCH', '/sandbox/account', body);
      expect(answer.status).toBe(400);
      expect(String(answer.body['error'])).toMatch(/^subdomain: a .* was expected, not /);
      expect(sandbox.server.context).toMatchObject({ url: sandbox.url, account: { subdomain: 'demo' } });
    },
  );
});

async function rename({ page }: TestSandbox, subdomain: string): Promise<string> {
  const { status, body } = await page('PATCH', '/sandbox/account', { subdomain });
  expect(status).toBe(200);
  expect(body['subdomain']).toBe(subdomain);
  return String(body['url']);
}

/** As an address does that is no account's any more. */
async function refuses(address: string, init: RequestInit): Promise<void> {
  expect((await fetch(address, init)).status).toBe(404);
}

function integrationOf({ sandbox }: TestSandbox) {
  const [integration] = sandbox.server.context.account.integrations.values();
  if (integration === undefined) throw new Error('The sandbox has no integration.');
  return integration;
}

async function authorise(account: TestSandbox): Promise<Json> {
  const { client_uuid } = integrationOf(account);
  const consent = await fetch(`${account.sandbox.url}/oauth`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: account.sandbox.url },
    body: new URLSearchParams({ client_id: client_uuid, decision: 'allow' }),
  });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code');
  return grant(account, account.sandbox.url, { grant_type: 'authorization_code', code });
}

function refresh(account: TestSandbox, url: string, { refresh_token }: Json): Promise<Json> {
  return grant(account, url, { grant_type: 'refresh_token', refresh_token });
}

async function grant(account: TestSandbox, url: string, fields: object): Promise<Json> {
  const { client_uuid: client_id, client_secret, redirect_uri } = integrationOf(account);
  const answer = await fetch(`${url}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_id, client_secret, redirect_uri, ...fields }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Json;
}

function claimsOf(token: unknown): Json {
  const [, claims = ''] = String(token).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Json;
}
