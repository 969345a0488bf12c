import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IncomingMessage } from '../../../src/backend/chat-services/definition.js';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import { channels } from '../../../src/backend/connections/tables.js';
import { attempt } from '../../../src/contract/connections-api.js';
import { startTwilioServer, twilioAccount, type TwilioServer } from '../../support/twilio-server.js';
import { publicUrl, sharedStore } from '../installations/support/connected.js';
import { openConnections, type TestConnections } from './support/connections.js';

const store = sharedStore();
const number = '+15550999';

const open = async (): Promise<{
  connections: TestConnections;
  twilio: TwilioServer;
  written: IncomingMessage[];
}> => {
  const twilio = await startTwilioServer();
  onTestFinished(() => twilio.close());
  const written: IncomingMessage[] = [];
  const connections = await openConnections(store(), {
    definitions: definitionsOf([{ name: 'twilio', apiUrl: twilio.url }]),
    onIncoming: (_channel, message) => {
      written.push(message);
      return Promise.resolve();
    },
  });
  return { connections, twilio, written };
};

/** An administrator fills in the fields. */
const fillIn = async ({ call }: TestConnections, fields: Readonly<Record<string, string>>) => {
  const begun = await call('POST', '/connections/attempts', {
    body: { service: 'twilio', method: 'api_key' },
  });
  const { id } = attempt.parse(begun.body);
  const answer = await call('POST', `/connections/attempts/${id}/fields`, { body: { fields } });
  return attempt.parse(answer.body);
};

const ours = { account_id: twilioAccount.sid, secret: twilioAccount.token, sender: '+1 555 0999' };

/** With a number that is saved, and whose messages Twilio tells us of. */
const openSaved = async () => {
  const opened = await open();
  await fillIn(opened.connections, ours);
  const { channels: shown } = await opened.connections.state();
  await opened.connections.save(shown);
  const of = opened.twilio.senders.numbers[0];
  await expect.poll(() => of?.smsUrl, { timeout: 15_000 }).toContain('/hook');
  return { ...opened, channelId: shown[0]?.id ?? '', of };
};

describe('Twilio', () => {
  it('is connected with its key, and tells the account what clients write', async () => {
    const { connections, twilio, written } = await open();
    expect(await fillIn(connections, ours)).toMatchObject({ state: 'connected' });
    const { channels: shown } = await connections.state();
    expect(shown).toMatchObject([{ service: 'twilio', name: 'Our company', phone: number }]);
    await connections.save(shown);
    const of = twilio.senders.numbers[0];
    await expect
      .poll(() => of?.smsUrl, { timeout: 15_000 })
      .toContain(`/channels/${shown[0]?.id ?? ''}/hook`);

    const call = twilio.compose(number, { from: '+15550300', text: '¿Está listo? 🙂' });
    const path = new URL(call?.url ?? '').pathname;
    const post = (headers: Readonly<Record<string, string>> = {}) =>
      connections.app.inject({
        method: 'POST',
        url: path,
        headers: { ...call?.headers, ...headers },
        payload: call?.body ?? '',
      });
    const answer = await post();
    // Twilio sends a text in the answer to the client, and takes anything else but XML for a fault.
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, '', undefined]);
    expect(written).toMatchObject([{ from: '+15550300', text: '¿Está listo? 🙂' }]);
    expect((await post({ 'X-Twilio-Signature': 'forged' })).statusCode).toBe(403);
    expect(written).toHaveLength(1);
  });

  it('is heard at the address that was ours before, until it has been told of today’s', async () => {
    const { connections, twilio, written, channelId, of } = await openSaved();
    const path = `/chat-services/twilio/channels/${channelId}/hook`;
    const status = async (base: string): Promise<number> => {
      if (of) of.smsUrl = `${base}${path}`;
      const call = twilio.compose(number, { from: '+15550300', text: 'Hello' });
      const response = await connections.app.inject({
        method: 'POST',
        url: path,
        headers: { ...call?.headers },
        payload: call?.body ?? '',
      });
      return response.statusCode;
    };
    expect(await status('http://before.example.com')).toBe(403);
    await store().db.update(channels).set({ hookBase: 'http://before.example.com' });
    expect(await status('http://before.example.com')).toBe(200);
    expect(written).toHaveLength(1);
    expect(await status('http://never.example.com')).toBe(403);
    expect(await status(publicUrl)).toBe(200);
  });

  it('has its address taken back as the channel is disconnected, and hears nothing any more', async () => {
    const { connections, twilio, written, channelId, of } = await openSaved();
    const call = twilio.compose(number, { from: '+15550300', text: 'Still there?' });
    const answer = await connections.call('DELETE', `/connections/channels/${channelId}`);
    expect(answer.status).toBe(200);
    await expect.poll(() => of?.smsUrl, { timeout: 15_000 }).toBe('');
    const { pathname } = new URL(call?.url ?? '');
    const late = {
      method: 'POST',
      url: pathname,
      headers: { ...call?.headers },
      payload: call?.body ?? '',
    } as const;
    expect((await connections.app.inject(late)).statusCode).toBe(404);
    expect(written).toEqual([]);
  });

  it('tells what is wrong, and never the token', async () => {
    const { connections } = await open();
    const wrong = { ...ours, secret: `wrong-${randomUUID()}` };
    const failed = await fillIn(connections, wrong);
    expect(failed).toMatchObject({ state: 'failed', problem: 'wrong_credentials', detail: 'Authenticate' });
    expect(await fillIn(connections, { ...ours, sender: '+15550555' })).toMatchObject({
      state: 'failed',
      problem: 'no_sender',
    });
    expect((await connections.state()).channels).toEqual([]);
    expect(JSON.stringify(failed)).not.toContain(wrong.secret);
  });
});
