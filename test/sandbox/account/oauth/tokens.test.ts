import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { start, startAccount } from './support/account.js';
import {
  createAccessTokenSigner,
  expireAccessTokens,
} from '../../../../src/sandbox/account/oauth/access-token.js';
import { issueCode, issueLongLivedToken } from '../../../../src/sandbox/account/oauth/grants.js';
import {
  regenerateSecret,
  retirePreviousSecret,
} from '../../../../src/sandbox/account/oauth/integrations.js';
import type { TestAccount } from './support/account.js';
import type { TokenPair } from '../../../../src/sandbox/account/oauth/grants.js';
import type { Flavour, Integration } from '../../../../src/sandbox/account/state.js';

const day = 86_400;

interface Problem {
  status: number;
  hint?: string;
}

async function call(
  { url }: TestAccount,
  integration: Integration,
  fields: Readonly<Record<string, unknown>>,
): Promise<Response> {
  return fetch(`${url}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      client_id: integration.client_uuid,
      client_secret: integration.client_secret,
      redirect_uri: integration.redirect_uri,
      ...fields,
    }),
  });
}

async function granted(answer: Response): Promise<TokenPair> {
  expect(answer.status).toBe(200);
  return (await answer.json()) as TokenPair;
}

async function hintOf(answer: Response): Promise<string | undefined> {
  return ((await answer.json()) as Problem).hint;
}

const byCode = (code: string) => ({ grant_type: 'authorization_code', code });
const byRefresh = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token });

async function connected({ flavour = 'kommo' }: { flavour?: Flavour } = {}) {
  const account = await startAccount({ flavour });
  const integration = account.integration();
  const code = issueCode(account.context, integration, account.context.currentUserId());
  const pair = await granted(await call(account, integration, byCode(code)));
  const refresh = (token: string) => call(account, integration, byRefresh(token));
  return { account, integration, code, pair, refresh };
}

it('changes a code for a pair of tokens', async () => {
  const { account, pair } = await connected();

  expect(pair).toEqual({
    token_type: 'Bearer',
    expires_in: day,
    server_time: start,
    access_token: expect.any(String) as string,
    refresh_token: expect.stringMatching(/^def502[0-9a-f]{600,}$/) as string,
  });
  expect(account.context.verifyAccessToken(pair.access_token)).toMatchObject({
    user_id: account.context.currentUserId(),
    scopes: ['crm', 'notifications'],
  });
});

it('makes the access token an RS256 JWT with the claims of the platform', async () => {
  const { account, integration, pair } = await connected();

  expect(decodeProtectedHeader(pair.access_token)).toEqual({ typ: 'JWT', alg: 'RS256' });
  expect(decodeJwt(pair.access_token)).toEqual({
    aud: integration.client_uuid,
    jti: expect.any(String) as string,
    iat: start,
    nbf: start,
    exp: start + day,
    sub: String(account.context.currentUserId()),
    grant_type: '',
    account_id: account.context.account.id,
    base_domain: 'kommo.com',
    version: 2,
    scopes: ['crm', 'notifications'],
    api_domain: new URL(account.url).host,
  });
});

it('lets an access token live for 24 hours and no longer', async () => {
  const { account, pair } = await connected();
  account.pass(day - 1);
  expect(account.context.verifyAccessToken(pair.access_token)).toBeDefined();
  account.pass(1);
  expect(account.context.verifyAccessToken(pair.access_token)).toBeUndefined();
});

it('lets the access tokens of one integration run out on demand, and not its refresh token', async () => {
  const { account, integration, pair, refresh } = await connected();
  expireAccessTokens(account.context, integration.client_uuid);
  expect(account.context.verifyAccessToken(pair.access_token)).toBeUndefined();
  const next = await granted(await refresh(pair.refresh_token));
  expect(account.context.verifyAccessToken(next.access_token)).toBeDefined();
});

it('takes a code once', async () => {
  const { account, integration, code } = await connected();
  const again = await call(account, integration, byCode(code));
  expect(again.status).toBe(400);
  expect(again.headers.get('content-type')).toContain('application/problem+json');
  expect(await again.json()).toEqual({
    hint: 'Authorization code has been revoked',
    title: 'Bad Request',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status: 400,
    detail: expect.any(String) as string,
  });
});

it('takes a code for 20 minutes', async () => {
  const account = await startAccount({ flavour: 'amocrm' });
  const integration = account.integration();
  const code = issueCode(account.context, integration, account.context.currentUserId());
  account.pass(20 * 60);
  const late = await call(account, integration, byCode(code));
  expect(late.status).toBe(400);
  expect(await late.json()).toMatchObject({
    hint: 'Authorization code has expired',
    title: 'Некорректный запрос',
  });
});

it('knows neither a code that was never given nor one of another integration', async () => {
  const account = await startAccount();
  const integration = account.integration();
  const other = account.integration();
  const code = issueCode(account.context, other, account.context.currentUserId());
  for (const foreign of [code, 'def50200', '__proto__']) {
    const answer = await call(account, integration, byCode(foreign));
    expect(answer.status).toBe(400);
    expect(await hintOf(answer)).toBe('Cannot decrypt the authorization code');
  }
  await granted(await call(account, other, byCode(code)));
});

it('gives a new pair for a refresh token, while the older access token works on', async () => {
  const { account, pair, refresh } = await connected();
  account.pass(60);
  const next = await granted(await refresh(pair.refresh_token));
  expect(next.server_time).toBe(start + 60);
  expect(next.refresh_token).not.toBe(pair.refresh_token);
  expect(account.context.verifyAccessToken(next.access_token)).toBeDefined();
  expect(account.context.verifyAccessToken(pair.access_token)).toBeDefined();
});

it('refuses an old refresh token at once on amoCRM', async () => {
  const { pair, refresh } = await connected({ flavour: 'amocrm' });
  const next = await granted(await refresh(pair.refresh_token));
  const again = await refresh(pair.refresh_token);
  expect(again.status).toBe(401);
  expect(await hintOf(again)).toBe('Invalid refresh token');
  await granted(await refresh(next.refresh_token));
});

it('takes an old refresh token on Kommo until the new one is used', async () => {
  const { pair, refresh } = await connected();
  await granted(await refresh(pair.refresh_token));
  const second = await granted(await refresh(pair.refresh_token));
  await granted(await refresh(second.refresh_token));
  const late = await refresh(pair.refresh_token);
  expect(late.status).toBe(401);
  expect(await hintOf(late)).toBe('Invalid refresh token');
});

it('keeps only the younger of two pairs that one refresh token was changed for', async () => {
  const { pair, refresh } = await connected();
  const [first, second] = await Promise.all([refresh(pair.refresh_token), refresh(pair.refresh_token)]);
  const pairs = [await granted(first), await granted(second)];
  const statuses = [];
  for (const { refresh_token } of pairs) statuses.push((await refresh(refresh_token)).status);
  expect(statuses.sort()).toEqual([200, 401]);
});

it('lets one of two refreshes at a time through on amoCRM', async () => {
  const { pair, refresh } = await connected({ flavour: 'amocrm' });
  const answers = await Promise.all([refresh(pair.refresh_token), refresh(pair.refresh_token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
});

it('lets a refresh token that nobody uses live for three months', async () => {
  const { account, pair, refresh } = await connected();
  account.pass(88 * day);
  const next = await granted(await refresh(pair.refresh_token));
  account.pass(93 * day);
  expect((await refresh(next.refresh_token)).status).toBe(401);
});

it.each([
  ['a wrong secret', { client_secret: 'wrong' }, 401],
  ['an unknown client', { client_id: 'nobody' }, 401],
  ['no client', { client_id: null }, 400],
  ['a redirect address with a slash more', { redirect_uri: 'https://app.example.com/callback/' }, 400],
  ['no redirect address', { redirect_uri: undefined }, 400],
  ['another grant type', { grant_type: 'password' }, 400],
  ['no grant type', { grant_type: undefined }, 400],
  ['a code that is no text', { code: ['a'] }, 400],
])('refuses %s, with the form of the platform', async (_case, wrong, status) => {
  const account = await startAccount();
  const integration = account.integration();
  const code = issueCode(account.context, integration, account.context.currentUserId());
  const answer = await call(account, integration, { ...byCode(code), ...wrong });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({
    title: 'Bad Request',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status,
  });
  await granted(await call(account, integration, byCode(code)));
});

it.each([
  ['broken JSON', 'application/json', '{"client_id":'],
  ['a list', 'application/json', '[]'],
  ['a form', 'application/x-www-form-urlencoded', 'grant_type=refresh_token'],
  ['plain text', 'text/plain', 'hello'],
])('answers %s with a problem, not a crash', async (_case, type, body) => {
  const account = await startAccount();
  const answer = await fetch(`${account.url}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ status: 400, title: 'Bad Request' });
});

it('tells the current address of the account to the holder of a refresh token', async () => {
  const { account, pair } = await connected();
  account.context.account.subdomain = 'renamed';
  const address = `${account.url}/oauth2/account/current/subdomain`;

  const answer = await fetch(address, { headers: { 'X-Refresh-Token': pair.refresh_token } });

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    id: account.context.account.id,
    subdomain: 'renamed',
    domain: new URL(account.url).host,
    top_level_domain: 'com',
  });
  expect((await fetch(address)).status).toBe(401);
  expect((await fetch(address, { headers: { 'X-Refresh-Token': 'def502' } })).status).toBe(401);
});

it('keeps the scopes that were granted: only a new consent gives those that the integration asks for since', async () => {
  const { account, integration, refresh, pair } = await connected();
  integration.scopes = ['crm', 'files'];
  const again = await granted(await refresh(pair.refresh_token));
  expect(decodeJwt(again.access_token)['scopes']).toEqual(['crm', 'notifications']);
  const code = issueCode(account.context, integration, account.context.currentUserId());
  const anew = await granted(await call(account, integration, byCode(code)));
  expect(decodeJwt(anew.access_token)['scopes']).toEqual(['crm', 'files']);
});

it('opens the API only to a token with the scope crm', async () => {
  const account = await startAccount();
  const integration = account.integration({ scopes: ['notifications'] });
  const code = issueCode(account.context, integration, account.context.currentUserId());
  const { access_token } = await granted(await call(account, integration, byCode(code)));
  const answer = await fetch(`${account.url}/api/v4/account`, {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ title: 'Forbidden', status: 403 });
});

it('tells it at the older address to the holder of an access token', async () => {
  const { account, pair } = await connected();
  const ask = (token: string) =>
    fetch(`${account.url}/oauth2/account/subdomain`, { headers: { Authorization: `Bearer ${token}` } });
  const answer = await ask(pair.access_token);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ subdomain: 'demo', domain: new URL(account.url).host });
  expect((await ask('unknown')).status).toBe(401);
  account.pass(86_400);
  expect((await ask(pair.access_token)).status).toBe(401);
});

it('voids the old secret and every token when the secret is made anew', async () => {
  const { account, integration, pair, refresh } = await connected();
  const old = integration.client_secret;
  const secret = regenerateSecret(account.context, integration);
  expect(secret).not.toBe(old);
  expect((await refresh(pair.refresh_token)).status).toBe(401);
  expect(account.context.verifyAccessToken(pair.access_token)).toBeUndefined();
  const code = issueCode(account.context, integration, account.context.currentUserId());
  expect((await call(account, integration, { ...byCode(code), client_secret: old })).status).toBe(401);
  await granted(await call(account, integration, byCode(code)));
});

it('takes both secrets during a transition, and the tokens stay', async () => {
  const { account, integration, pair } = await connected();
  const old = integration.client_secret;
  regenerateSecret(account.context, integration, { keepPrevious: true });
  const withOld = { ...byRefresh(pair.refresh_token), client_secret: old };
  const next = await granted(await call(account, integration, withOld));
  const last = await granted(await call(account, integration, byRefresh(next.refresh_token)));
  retirePreviousSecret(integration);
  const late = { ...byRefresh(last.refresh_token), client_secret: old };
  expect((await call(account, integration, late)).status).toBe(401);
});

it('makes long-lived tokens for administrators, of 1 day to 5 years', async () => {
  const account = await startAccount();
  const integration = account.integration();
  const signer = createAccessTokenSigner();
  const userId = account.context.currentUserId();
  const issue = (days: number, user = userId) =>
    issueLongLivedToken(account.context, signer, integration, { userId: user, days });

  const token = await issue(30);
  account.pass(30 * day - 1);
  expect(account.context.verifyAccessToken(token)).toMatchObject({ user_id: userId });
  account.pass(1);
  expect(account.context.verifyAccessToken(token)).toBeUndefined();

  for (const days of [0, 1826, 1.5, Number.NaN]) await expect(issue(days)).rejects.toThrow('whole days');
  const manager = [...account.context.account.users.values()].find(({ rights }) => !rights.is_admin);
  await expect(issue(1, manager?.id ?? 0)).rejects.toThrow('An administrator was expected');
});
