import { decodeJwt, decodeProtectedHeader, errors } from 'jose';
import { expect, it } from 'vitest';
import { start, startAccount } from '../oauth/support/account.js';
import { regenerateSecret } from '../../../../src/sandbox/account/oauth/integrations.js';
import {
  audienceOf,
  verifyDisposableToken,
} from '../../../../src/sandbox/account/tokens/disposable-token.js';
import type { TestAccount } from '../oauth/support/account.js';
import type { Integration } from '../../../../src/sandbox/account/state.js';

/** `platform/server.md §2`, valid at 1760000100. */
const vector =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2RlbW8ua29tbW8uY29tIiwiYXVkIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20iLCJqdGkiOiJkNjI4ZjEyMy01MTIzLTQ3M2UtYTEyMy1lZDEyM2VmMzFmOGYiLCJpYXQiOjE3NjAwMDAwMDAsIm5iZiI6MTc2MDAwMDAwMCwiZXhwIjoxNzYwMDAxODAwLCJhY2NvdW50X2lkIjoxMjM0NTY3OCwidXNlcl9pZCI6ODc2NTQzMjEsInN1YmRvbWFpbiI6ImRlbW8iLCJjbGllbnRfdXVpZCI6IjBhMWIyYzNkLTExMTEtNDIyMi04MzMzLTQ0NDQ1NTU1NjY2NiJ9.N5GI-qe7BUUyhbSFvixbX0OPSdFk7Gb0kOoywd-lWbY';
const secret = 'test-secret-not-real';
const redirectUri = 'https://app.example.com/oauth/callback';
const now = (start + 100) * 1000;

async function fetchToken({ url }: TestAccount, { client_uuid }: Integration): Promise<string> {
  const answer = await fetch(`${url}/ajax/v2/integrations/${client_uuid}/disposable_token`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return ((await answer.json()) as { token: string }).token;
}

it('verifies the known token', async () => {
  expect(await verifyDisposableToken(vector, { secret, redirectUri, now })).toMatchObject({
    account_id: 12345678,
    user_id: 87654321,
    client_uuid: '0a1b2c3d-1111-4222-8333-444455556666',
  });
});

it.each([
  ['too late', { now: (start + 1800) * 1000 }, errors.JWTExpired],
  ['too early', { now: (start - 1) * 1000 }, errors.JWTClaimValidationFailed],
  ['for another address', { redirectUri: 'https://other.example.com/' }, errors.JWTClaimValidationFailed],
  ['under another secret', { secret: 'other' }, errors.JWSSignatureVerificationFailed],
])('refuses the known token %s', async (_case, wrong, error) => {
  await expect(verifyDisposableToken(vector, { secret, redirectUri, now, ...wrong })).rejects.toBeInstanceOf(
    error,
  );
});

it('signs tokens with the header and the claims of the known one, in its order', async () => {
  const account = await startAccount();
  const integration = account.integration({ redirect_uri: 'https://app.example.com:8443/oauth/callback' });

  const token = await fetchToken(account, integration);

  expect(decodeProtectedHeader(token)).toEqual(decodeProtectedHeader(vector));
  expect(Object.keys(decodeJwt(token))).toEqual(Object.keys(decodeJwt(vector)));
  expect(decodeJwt(token)).toEqual({
    iss: account.url,
    aud: 'https://app.example.com',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    iat: start,
    nbf: start,
    exp: start + 1800,
    account_id: account.context.account.id,
    user_id: account.context.currentUserId(),
    subdomain: 'demo',
    client_uuid: integration.client_uuid,
  });
});

it('signs with the current secret, and every token is another', async () => {
  const account = await startAccount();
  const integration = account.integration();
  const options = () => ({
    secret: integration.client_secret,
    redirectUri: integration.redirect_uri,
    now: account.context.clock.now(),
  });
  const first = await fetchToken(account, integration);
  regenerateSecret(account.context, integration);
  const second = await fetchToken(account, integration);
  await expect(verifyDisposableToken(first, options())).rejects.toBeInstanceOf(errors.JOSEError);
  const claims = await verifyDisposableToken(second, options());
  expect(claims.jti).not.toBe(decodeJwt(first).jti);
});

it('leaves the port out of the audience', () => {
  expect(audienceOf('http://127.0.0.1:3000/oauth')).toBe('http://127.0.0.1');
});

it.each([
  ['another site', { Origin: 'https://evil.example.com', 'X-Requested-With': 'XMLHttpRequest' }, 403],
  ['a call without the header', {}, 403],
  [
    'another page of this machine',
    { Origin: 'http://127.0.0.1:1', 'X-Requested-With': 'XMLHttpRequest' },
    403,
  ],
])('gives no token to %s', async (_case, headers, status) => {
  const account = await startAccount();
  const { client_uuid } = account.integration();
  const answer = await fetch(`${account.url}/ajax/v2/integrations/${client_uuid}/disposable_token`, {
    headers,
  });
  expect(answer.status).toBe(status);
});

it('knows no token for an integration that does not exist', async () => {
  const account = await startAccount();
  const answer = await fetch(`${account.url}/ajax/v2/integrations/__proto__/disposable_token`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  expect(answer.status).toBe(404);
});
