import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import type { Backend, Config } from '../../../src/backend/index.js';
import { startBackend } from '../../../src/backend/index.js';
import {
  type Attempt,
  attempt,
  type Channel,
  type ConnectionState,
  connectionState,
} from '../../../src/contract/connections-api.js';
import {
  clientId,
  clientSecret,
  type MessengerAccount,
  openMessengerAccount,
  sendHook,
} from '../support/messenger-account.js';

/** What the demo service has of its accounts, by their names. */
const names = { first: 'Brightside Studio', second: 'Green Leaf Cafe' } as const;

describe('Messages of the digital pipeline', () => {
  let account: MessengerAccount;
  let backend: Backend;
  let config: Config;
  let phones = 0;

  beforeAll(async () => {
    account = await openMessengerAccount();
    const port = await anyFreePort();
    config = account.config({
      publicUrl: `http://127.0.0.1:${port}`,
      port,
      chatService: undefined,
      connectable: [{ name: 'demo', url: account.chatUrl, clientId: 'app', clientSecret: 'not-real' }],
    });
    backend = await startBackend(config, { pollInterval: 50 });
  }, 120_000);
  afterAll(async () => {
    await backend.stop();
    await account.close();
  });

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const token = await new SignJWT({
      iss: account.origin,
      aud: config.publicUrl,
      jti: randomUUID(),
      account_id: account.accountId,
      user_id: account.userId,
      client_uuid: clientId,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('30m')
      .sign(new TextEncoder().encode(clientSecret));
    const response = await fetch(`${backend.url}${path}`, {
      method,
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json', Origin: account.origin },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const state = async (): Promise<ConnectionState> =>
    connectionState.parse(await call('GET', '/connections'));
  const connect = async (which: keyof typeof names): Promise<Channel> => {
    const of = account.chatAccounts.find(({ name }) => name === names[which]);
    const begun = attempt.parse(
      await call('POST', '/connections/attempts', { service: 'demo', method: 'api_key' }),
    );
    const { services } = await state();
    const [id, secret] = services[0]?.fields ?? [];
    const ended: Attempt = attempt.parse(
      await call('POST', `/connections/attempts/${begun.id}/fields`, {
        fields: { [id?.name ?? '']: of?.id, [secret?.name ?? '']: of?.secret },
      }),
    );
    const channel = (await state()).channels.find((one) => one.id === ended.channel_id);
    if (channel === undefined) throw new Error(`Nothing was connected: ${JSON.stringify(ended)}`);
    return channel;
  };
  const save = async (...channels: Channel[]): Promise<void> => {
    await call('PUT', '/connections/settings', {
      version: (await state()).version,
      channels: channels.map(({ id }) => ({ id, pipeline_id: null })),
      default_channel_id: channels[0]?.id,
    });
  };
  /** Has a message sent to a new contact; its lead. */
  const trigger = async (): Promise<number> => {
    phones += 1;
    const contact = await account.addContact({ phones: [`+1202555${String(phones).padStart(4, '0')}`] });
    const leadId = await account.addLead({ contacts: [contact] });
    expect(await sendHook(backend, account.hook({ message: 'Your order is ready', leadId }))).toMatchObject({
      result: 'accepted',
    });
    return leadId;
  };
  const outcome = (leadId: number, expected: object) =>
    expect.poll(async () => (await account.outcomes(backend, { leadId }))[0]).toMatchObject(expected);

  it('go out through what the account has connected and saved, and never through anything else', async () => {
    const unconnected = await trigger();
    await outcome(unconnected, { state: 'failed', reason: 'not_connected' });

    const first = await connect('first');
    const unsaved = await trigger();
    await outcome(unsaved, { state: 'failed', reason: 'not_connected' });

    await save(first);
    const saved = await trigger();
    await outcome(saved, { state: 'delivered', service: 'demo' });

    const second = await connect('second');
    await save(second, first);
    const through = await trigger();
    await outcome(through, { state: 'delivered' });

    await call('DELETE', `/connections/channels/${second.id}`);
    const stopped = await trigger();
    await outcome(stopped, { state: 'failed', reason: 'not_connected' });
    await expect.poll(async () => (await account.notes(saved))[0]?.params.text).toContain('Demo chat');
  });
});
