import { expect, test, vi } from 'vitest';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { expireAccessTokens } from '../../../src/sandbox/account/oauth/access-token.js';
import { revokeGrants } from '../../../src/sandbox/account/oauth/grants.js';
import { install, openAccount, rowOf, sharedStore } from '../installations/support/connected.js';
import { clientId, testContext } from '../installations/support/context.js';

// Each test starts an account, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const store = sharedStore();

async function connected() {
  const account = await openAccount();
  const context = testContext(store());
  const id = await install(context, account);
  return { account, context, id, api: createKommoApis(context).of(id) };
}

test('reads, writes and deletes in the account', async () => {
  const { api } = await connected();
  const leads = await api.get<{ _embedded: { leads: { id: number }[] } }>('/leads', {
    limit: 1,
    page: undefined,
  });
  const lead = leads?._embedded.leads[0]?.id;
  const note = [{ note_type: 'common', params: { text: 'Hello' } }];
  expect(await api.post(`/leads/${lead}/notes`, note)).toMatchObject({
    _embedded: { notes: [{ entity_id: lead }] },
  });
  expect(await api.patch(`/leads/${lead}`, { name: 'Renamed' })).toMatchObject({ id: lead });
  expect(await api.get(`/leads/${lead}`)).toMatchObject({ name: 'Renamed' });
  expect(await api.get('/leads/999999999')).toBeUndefined();
});

test('refreshes a token that has run out', async () => {
  const { account, context, id, api } = await connected();
  await api.get('/account');
  const before = await rowOf(context, id);
  expireAccessTokens(account.context, clientId);
  expect(await api.get('/account')).toMatchObject({ id: account.context.account.id });
  const after = await rowOf(context, id);
  expect(after.accessToken).not.toBe(before.accessToken);
  expect(after.refreshToken).not.toBe(before.refreshToken);
});

test('says that access was revoked, and keeps that', async () => {
  const { account, context, id, api } = await connected();
  revokeGrants(account.context, clientId);
  await expect(api.get('/account')).rejects.toMatchObject({ kind: 'access_revoked' });
  expect(await rowOf(context, id)).toMatchObject({ state: 'unauthorised' });
});

test('follows an account that was renamed', async () => {
  const { account, context, id, api } = await connected();
  await account.sandbox.server.rename('renamed');
  expect(await api.get('/account')).toMatchObject({ subdomain: 'renamed' });
  expect(await rowOf(context, id)).toMatchObject({ subdomain: 'renamed', origin: account.context.url });
});
