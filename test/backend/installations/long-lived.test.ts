import { expect, test, vi } from 'vitest';
import { installLongLived } from '../../../src/backend/installations/long-lived.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createAccessTokenSigner } from '../../../src/sandbox/account/oauth/access-token.js';
import { issueLongLivedToken, revokeGrants } from '../../../src/sandbox/account/oauth/grants.js';
import { openAccount, rowOf, sharedStore } from './support/connected.js';
import { clientId, testContext } from './support/context.js';

// Each test starts an account, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const store = sharedStore();

async function longLived() {
  const account = await openAccount();
  const token = await issueLongLivedToken(account.context, createAccessTokenSigner(), account.integration, {
    userId: account.context.currentUserId(),
    days: 30,
  });
  const context = testContext(store(), { longLived: { origin: account.context.url, token } });
  return { account, token, context };
}

test('a long-lived token makes an installation, and the next start finds it', async () => {
  const { account, context } = await longLived();
  const first = await installLongLived(context);
  expect(await installLongLived(context)).toEqual(first);
  if (first?.ok !== true) throw new Error(first?.reason);
  expect(await rowOf(context, first.installationId)).toMatchObject({
    clientId,
    accountId: account.context.account.id,
    tokenKind: 'long_lived',
    refreshToken: null,
    state: 'active',
  });
  expect(await createKommoApis(context).of(first.installationId).get('/account')).toBeDefined();
});

test('it follows an account that was renamed, and is never refreshed', async () => {
  const { account, context } = await longLived();
  const installed = await installLongLived(context);
  if (installed?.ok !== true) throw new Error(installed?.reason);
  const api = createKommoApis(context).of(installed.installationId);
  await account.sandbox.server.rename('renamed');
  expect(await api.get('/account')).toMatchObject({ subdomain: 'renamed' });
  context.moveClock(29.99 * 86_400_000);
  expect(await api.get('/account')).toBeDefined();
  revokeGrants(account.context, clientId);
  await expect(api.get('/account')).rejects.toMatchObject({ kind: 'access_revoked' });
  expect(await rowOf(context, installed.installationId)).toMatchObject({ state: 'unauthorised' });
  const asked = account.context.traffic.entries().filter(({ url }) => url.includes('access_token'));
  expect(asked).toEqual([]);
});

test('what is wrong with it is said in a line, without the token', async () => {
  const { account, token, context } = await longLived();
  revokeGrants(account.context, clientId);
  const revoked = await installLongLived(context);
  expect(revoked).toMatchObject({ ok: false, reason: expect.stringContaining('make a new one') as string });
  const elsewhere = testContext(store(), { longLived: { origin: 'https://evil.com', token } });
  expect(await installLongLived(elsewhere)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('not "https://evil.com"') as string,
  });
  expect(JSON.stringify([revoked, context.lines])).not.toContain(token);
  expect(await installLongLived(testContext(store()))).toBeUndefined();
});

test('an account that does not answer at the start is believed on the token’s word', async () => {
  const { account, context } = await longLived();
  await account.faults({ status: 500 });
  expect(await installLongLived(context)).toMatchObject({ ok: true });
});
