import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createKommoApis } from '../../../../src/backend/kommo-api/client.js';
import { KommoApiError } from '../../../../src/backend/kommo-api/kommo-api.js';
import type { KommoApi, KommoApiErrorKind, KommoApis } from '../../../../src/backend/kommo-api/kommo-api.js';
import { nameOf } from '../../../../src/backend/receiving/webhooks/names.js';
import { subscribers } from '../../../../src/backend/receiving/webhooks/subscribers.js';
import { subscribeWebhooks } from '../../../../src/backend/receiving/webhooks/subscription.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { install, openAccount, testContext } from '../../installations/support/connected.js';
import type { TestAccount } from '../../installations/support/connected.js';
import { anyFreePort } from '../../../../scripts/sandbox/free-port.js';
import { eachStore } from '../../support/stores.js';
import { startReceiver } from './support/receiver.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 60_000 });

const wanted = ['add', 'update', 'delete', 'restore']
  .flatMap((action) => [`${action}_contact`, `${action}_lead`])
  .sort();

function webhooksIn(account: TestAccount) {
  return [...account.context.account.webhooks.values()].map(({ destination, settings, disabled }) => ({
    destination,
    settings: [...settings].sort(),
    disabled,
  }));
}

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  }, 120_000);

  const open = async () => {
    const account = await openAccount();
    const context = testContext(store, { localAccounts: [account.sandbox.url] });
    const id = await install(context, account);
    const apis = createKommoApis(context);
    const webhook = {
      destination: `${context.config.publicUrl}/hooks/webhooks/hook-secret`,
      settings: wanted,
      disabled: false,
    };
    return {
      account,
      context,
      webhook,
      api: apis.of(id),
      subscribe: () => subscribeWebhooks(context, apis, id, { subscribers }),
    };
  };

  describe('the subscription at an account', () => {
    it('is made once', async () => {
      const { account, webhook, subscribe } = await open();

      expect(await subscribe()).toBe('added');
      expect(await subscribe()).toBe('present');
      expect(webhooksIn(account)).toEqual([webhook]);
    });

    it('gets the events that are wanted now', async () => {
      const { account, api, webhook, subscribe } = await open();
      await api.post('/webhooks', { destination: webhook.destination, settings: ['add_lead', 'add_task'] });

      expect(await subscribe()).toBe('changed');
      expect(webhooksIn(account)).toEqual([webhook]);
    });

    it('is renewed when the account has disabled it', async () => {
      const { account, webhook, subscribe } = await open();
      await subscribe();
      for (const one of account.context.account.webhooks.values()) one.disabled = true;

      expect(await subscribe()).toBe('renewed');
      expect(webhooksIn(account)).toEqual([webhook]);
    });

    it('takes the place of one with an old secret, and leaves those of others alone', async () => {
      const { account, api, context, webhook, subscribe } = await open();
      const settings = ['add_lead'];
      await api.post('/webhooks', {
        destination: `${context.config.publicUrl}/hooks/webhooks/old`,
        settings,
      });
      await api.post('/webhooks', { destination: 'https://other.example/hooks/webhooks/x', settings });

      expect(await subscribe()).toBe('added');
      expect(webhooksIn(account)).toEqual([
        { destination: 'https://other.example/hooks/webhooks/x', settings, disabled: false },
        webhook,
      ]);
    });
  });

  it('keeps names fresh: a contact that is renamed in the account has its new name here', async () => {
    const port = await anyFreePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const account = await openAccount({ redirectUri: `${publicUrl}/oauth/callback` });
    const config = { publicUrl, port, localAccounts: [account.sandbox.url] };
    const receiver = await startReceiver(store, { config, apis: createKommoApis });
    const id = await install(receiver.context, account);
    await receiver.jobs.subscribe(id);
    await expect.poll(() => webhooksIn(account), soon).toHaveLength(1);

    const api = createKommoApis(receiver.context).of(id);
    const [contact] = account.context.account.contacts.values();
    const contactId = contact?.id ?? 0;
    await api.patch(`/contacts/${contactId}`, { name: 'Ana María 🎉' });

    await expect.poll(() => nameOf(store, id, 'contacts', contactId)).toBe('Ana María 🎉');
    expect(await receiver.counted('accepted')).toBeGreaterThan(0);
    expect(receiver.context.lines.join('')).not.toContain('hook-secret');
  });
});

describe('a subscription that the account refuses', () => {
  const answering = (kind: KommoApiErrorKind, status?: number): KommoApis => {
    const refuse = () =>
      Promise.reject(
        new KommoApiError(kind, `GET /webhooks: ${kind}`, status === undefined ? {} : { status }),
      );
    const api: KommoApi = { get: refuse, post: refuse, patch: refuse, delete: refuse };
    return { of: () => api };
  };
  const context = testContext(undefined as unknown as Store);

  it.each([
    ['subscription_lapsed', 402],
    ['forbidden', 403],
    ['access_revoked', 401],
    ['refused', 422],
  ] as const)('is given up with a line in the log: %s', async (kind, status) => {
    const before = context.lines.length;

    expect(await subscribeWebhooks(context, answering(kind, status), 'id', { subscribers })).toBe('given_up');
    expect(context.lines.slice(before).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 40, installation: 'id', kind, status },
    ]);
  });

  it('is tried again when the account may answer later', async () => {
    await expect(
      subscribeWebhooks(context, answering('temporary', 429), 'id', { subscribers }),
    ).rejects.toThrow(KommoApiError);
  });
});
