import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';

import { contactsOf } from '../../../src/sandbox/account/links.js';
import { addBot, startBot } from '../../../src/sandbox/account/salesbot/run.js';
import { seedIds } from '../../../src/sandbox/account/seed.js';
import type { BotHandler } from '../../../src/sandbox/account/state.js';
import { addTalkingChat } from './chats/talking-chat.js';
import { botAccount, clientUuid, secret, startSeconds } from './salesbot/bot-account.js';
import type { BotAccount } from './salesbot/bot-account.js';

const lead = { entity_id: seedIds.lead, entity_type: 'leads' } as const;

function widgetRequest({ receiver }: BotAccount, data: unknown = { name: '{{contact.name}}' }): BotHandler {
  return { handler: 'widget_request', params: { url: receiver.url, data } };
}

function show(value: string): BotHandler {
  return { handler: 'show', params: { type: 'text', value } };
}

function mainContact({ context: { account } }: BotAccount) {
  return account.contacts.get(
    contactsOf(account, 'leads', lead.entity_id).find(({ is_main }) => is_main)?.id ?? 0,
  );
}

describe('widget_request', () => {
  it('sends token, data and the address to return to as a form, and the bot waits', async () => {
    const account = await botAccount();
    const bot = account.widgetBot(widgetRequest(account), show('After'));
    const { run, settled } = startBot(account.context, bot, lead);
    await settled;
    expect(run).toMatchObject({ state: 'waiting', shown: [] });
    const [received] = account.receiver.received;
    expect(received?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.keys(received?.body ?? {})).toEqual(['token', 'data', 'return_url']);
    expect(received?.body).toMatchObject({
      data: { name: mainContact(account)?.name },
      return_url: `${account.context.url}/api/v4/salesbot/${bot.id}/continue/${run.id}`,
    });
    expect(account.context.traffic.entries()).toMatchObject([
      { direction: 'out', kind: 'salesbot', status: 200 },
    ]);
  });

  it('is signed with HS512 by the secret of the integration', async () => {
    const account = await botAccount();
    await startBot(account.context, account.widgetBot(widgetRequest(account)), lead).settled;
    const { token } = account.receiver.received[0]?.body as { token: string };
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS512'],
      currentDate: new Date((startSeconds + 1) * 1000),
      audience: 'http://127.0.0.1',
      issuer: account.context.url,
    });
    expect(protectedHeader.alg).toBe('HS512');
    expect(payload).toEqual({
      iss: account.context.url,
      aud: 'http://127.0.0.1',
      iat: startSeconds,
      nbf: startSeconds,
      exp: startSeconds + 300,
      account_id: seedIds.account,
      subdomain: 'demo',
      client_uuid: clientUuid,
      entity_type: '2',
      entity_id: seedIds.lead,
      bot_type: 'salesbot',
    });
  });

  it('fails the bot when the answer is not 200, and nobody waits then', async () => {
    const account = await botAccount();
    account.receiver.answer([202]);
    const bot = account.widgetBot(widgetRequest(account));
    const { run, settled } = startBot(account.context, bot, lead);
    await settled;
    expect(run.state).toBe('failed');
    expect(run.failure).toContain('must answer 200 within 2 s, got 202');
    const answer = await account.call('POST', `/api/v4/salesbot/${bot.id}/continue/${run.id}`, {});
    expect(answer.status).toBe(404);
  });

  it('fails the bot when the answer comes too late', async () => {
    const account = await botAccount();
    account.receiver.answer(['silence']);
    const bot = account.widgetBot(widgetRequest(account));
    const { run, settled } = startBot(account.context, bot, lead, { timeoutMs: 50 });
    await settled;
    expect(run.state).toBe('failed');
  });

  it("is refused outside of a widget's step, and for a widget that is switched off", async () => {
    const account = await botAccount();
    const question = [widgetRequest(account)];
    const plain = startBot(
      account.context,
      addBot(account.context, { name: 'Plain', steps: { '0': { question } } }),
      lead,
    );
    await plain.settled;
    expect(plain.run.failure).toContain('only in the step of an installed widget');
    for (const widget of account.context.account.widgets.values()) widget.is_active = false;
    const off = startBot(account.context, account.widgetBot(...question), lead);
    await off.settled;
    expect(off.run.state).toBe('failed');
    expect(account.receiver.received).toEqual([]);
  });
});

describe('a bot', () => {
  it('goes through its steps and fills placeholders in', async () => {
    const account = await botAccount();
    const bot = addBot(account.context, {
      name: 'Steps',
      steps: {
        '0': {
          question: [
            show('{{lead.name}} {{lead.price}}{{lead.unknown}}'),
            { handler: 'goto', params: { type: 'question', step: 2 } },
            show('never'),
          ],
        },
        '2': { question: [show('{{contact.phone}}')], answer: [] },
      },
    });
    const { run, settled } = startBot(account.context, bot, lead);
    await settled;
    const { leads } = account.context.account;
    const { name, price } = leads.get(lead.entity_id) ?? {};
    const phone = mainContact(account)?.custom_fields_values?.find(({ field_code }) => field_code === 'PHONE')
      ?.values[0]?.value;
    expect(run.state).toBe('finished');
    expect(run.shown.map(({ value }) => value)).toEqual([`${name ?? ''} ${price ?? ''}`, phone]);
  });

  it('that goes in a circle, to a step that is not there or to an unknown handler fails with the reason', async () => {
    const account = await botAccount();
    const first = async (...question: BotHandler[]) => {
      const { run, settled } = startBot(
        account.context,
        addBot(account.context, { name: 'B', steps: { '0': { question } } }),
        lead,
      );
      await settled;
      return run.failure;
    };
    expect(await first({ handler: 'goto', params: { type: 'question', step: 0 } })).toContain('circle');
    expect(await first({ handler: 'goto', params: { type: 'question', step: 7 } })).toContain('no step 7');
    expect(await first({ handler: 'conditions', params: {} })).toContain('"conditions"');
  });

  it('ends what another bot waited for on the same entity', async () => {
    const account = await botAccount();
    const first = startBot(account.context, account.widgetBot(widgetRequest(account)), lead);
    await first.settled;
    await startBot(account.context, account.widgetBot(show('Second')), lead).settled;
    expect(first.run.state).toBe('stopped');
  });

  it('is at most 64 KB of JSON', async () => {
    const { context } = await botAccount();
    const steps = { '0': { question: [show('a'.repeat(64 * 1024))] } };
    expect(() => addBot(context, { name: 'Long', steps })).toThrow(/65536 bytes/);
  });

  it('writes into the chat of its lead what it shows', async () => {
    const account = await botAccount();
    const { context, receiver } = account;
    const { channel } = addTalkingChat(context, `${receiver.url}/:scope_id`);
    const buttons = {
      handler: 'show',
      params: { type: 'buttons_url', value: 'Look', buttons: ['https://example.com/'] },
    };
    await startBot(context, account.widgetBot(buttons), lead).settled;
    expect(JSON.parse(receiver.received[0]?.raw ?? '')).toMatchObject({
      message: {
        sender: { id: channel.bot.id },
        message: {
          text: 'Look',
          markup: {
            mode: 'inline',
            buttons: [[{ text: 'https://example.com/', url: 'https://example.com/' }]],
          },
        },
      },
    });
  });
});
