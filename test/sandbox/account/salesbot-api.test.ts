import { describe, expect, it } from 'vitest';

import { startBot } from '../../../src/sandbox/account/salesbot/run.js';
import { seedIds } from '../../../src/sandbox/account/seed.js';
import type { BotRun } from '../../../src/sandbox/account/state.js';
import { botAccount, tokens } from './salesbot/bot-account.js';
import type { BotAccount, BotAnswer } from './salesbot/bot-account.js';

const lead = { entity_id: seedIds.lead, entity_type: 'leads' } as const;

function errorsOf(answer: BotAnswer): unknown {
  const problem = answer.json() as { 'validation-errors'?: { errors: { code: string; path: string }[] }[] };
  return problem['validation-errors']?.[0]?.errors.map(({ code, path }) => `${code} ${path}`);
}

function show(value: unknown, rest: object = { type: 'text' }) {
  return { handler: 'show', params: { value, ...rest } };
}

/** A bot that waits for its widget, and the address to continue it at. */
async function waiting(): Promise<BotAccount & { run: BotRun; path: string }> {
  const account = await botAccount();
  const bot = account.widgetBot(
    { handler: 'widget_request', params: { url: account.receiver.url } },
    { handler: 'show', params: { type: 'text', value: 'Status: {{json.status}}' } },
  );
  const { run, settled } = startBot(account.context, bot, lead);
  await settled;
  return { ...account, run, path: `/api/v4/salesbot/${bot.id}/continue/${run.id}` };
}

describe('continuing a bot', () => {
  it('is answered 202 without a body; the handlers run first, then the bot goes on with the data', async () => {
    const { call, run, path } = await waiting();
    const answer = await call('POST', path, { data: { status: 'ok' }, execute_handlers: [show('First')] });
    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(run.state).toBe('finished');
    expect(run.shown.map(({ value }) => value)).toEqual(['First', 'Status: ok']);
  });

  it('works once: then nobody waits', async () => {
    const { call, path } = await waiting();
    expect((await call('POST', path, { data: [] })).status).toBe(202);
    const again = await call('POST', path, {});
    expect(again.status).toBe(404);
    expect(again.json()).toMatchObject({ title: 'Not Found', status: 404 });
  });

  it('is answered 404 for another bot, another number and a marketing bot', async () => {
    const { call, path } = await waiting();
    for (const wrong of [
      path.replace(/\d+\/continue/, '1/continue'),
      `${path}0`,
      path.replace('salesbot', 'marketingbot'),
    ]) {
      expect((await call('POST', wrong, {})).status).toBe(404);
    }
  });

  it('asks for the token of an administrator', async () => {
    const { call, path, run } = await waiting();
    expect((await call('POST', path, {}, 'unknown')).status).toBe(401);
    expect((await call('POST', path, {}, tokens.manager)).status).toBe(403);
    expect(run.state).toBe('waiting');
  });

  it('takes a text of 80 characters, emoji counted as one, 25 buttons and 10 handlers', async () => {
    const { call, path } = await waiting();
    const buttons = Array.from({ length: 25 }, (_, index) => `Button ${index}`);
    const handlers = [
      show('😀'.repeat(80)),
      show('Choose', { type: 'buttons', buttons }),
      ...Array.from({ length: 7 }, () => show('More')),
      { handler: 'goto', params: { type: 'finish' } },
    ];
    expect((await call('POST', path, { execute_handlers: handlers })).status).toBe(202);
  });

  it.each([
    ['a text of 81 characters', [show('a'.repeat(81))], 'TooLong execute_handlers.0.params.value'],
    [
      '26 buttons',
      [show('Choose', { type: 'buttons', buttons: Array.from({ length: 26 }, () => 'B') })],
      'TooMany execute_handlers.0.params.buttons',
    ],
    ['11 handlers', Array.from({ length: 11 }, () => show('More')), 'TooMany execute_handlers'],
    [
      'another handler',
      [{ handler: 'widget_request', params: {} }],
      'NotSupportedChoice execute_handlers.0.handler',
    ],
    [
      'another kind of show',
      [show('A', { type: 'picture' })],
      'NotSupportedChoice execute_handlers.0.params.type',
    ],
    [
      'buttons without buttons',
      [show('A', { type: 'buttons' })],
      'FieldMissing execute_handlers.0.params.buttons',
    ],
    [
      'buttons that are no texts',
      [show('A', { type: 'buttons', buttons: [1] })],
      'InvalidType execute_handlers.0.params.buttons',
    ],
    [
      'a goto without a step',
      [{ handler: 'goto', params: { type: 'question' } }],
      'FieldMissing execute_handlers.0.params.step',
    ],
    ['a handler that is no object', ['show'], 'InvalidType execute_handlers.0'],
    ['handlers that are no list', { handler: 'show' }, 'InvalidType execute_handlers'],
  ])('is refused with 400 for %s, and the bot waits on', async (_what, handlers, error) => {
    const { call, path, run } = await waiting();
    const answer = await call('POST', path, { execute_handlers: handlers });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([error]);
    expect(run.state).toBe('waiting');
  });

  it('is refused with 400 when data is a text', async () => {
    const { call, path } = await waiting();
    expect(errorsOf(await call('POST', path, { data: 'ok' }))).toEqual(['InvalidType data']);
  });
});

describe('starting bots', () => {
  it('is answered 202 by each of the three methods, and the bot runs', async () => {
    const account = await botAccount();
    const bot = account.widgetBot({ handler: 'show', params: { type: 'text', value: 'Hello' } });
    const v2 = [{ bot_id: bot.id, entity_id: seedIds.contact, entity_type: 1 }];
    const v4 = [{ bot_id: bot.id, ...lead }];
    for (const [path, body] of [
      ['/api/v2/salesbot/run', v2],
      ['/api/v4/bots/run', v4],
      [`/api/v4/bots/${bot.id}/run`, lead],
    ] as const) {
      const answer = await account.call('POST', path, body);
      expect([path, answer.status, answer.text]).toEqual([path, 202, '']);
    }
    const runs = [...account.context.account.bot_runs.values()];
    expect(runs.map(({ entity_type, shown }) => [entity_type, shown.length])).toEqual([
      ['contacts', 1],
      ['leads', 1],
      ['leads', 1],
    ]);
  });

  it.each([
    ['/api/v4/bots/run', { entity_type: 2 }, 'InvalidType entity_type'],
    ['/api/v4/bots/run', { entity_type: 'tasks' }, 'NotSupportedChoice entity_type'],
    ['/api/v4/bots/run', { entity_type: undefined }, 'FieldMissing entity_type'],
    ['/api/v4/bots/run', { bot_id: 1 }, 'NotSupportedChoice bot_id'],
    ['/api/v4/bots/run', { entity_id: 1 }, 'NotSupportedChoice entity_id'],
    ['/api/v4/bots/run', { entity_id: String(seedIds.lead) }, 'InvalidType entity_id'],
    ['/api/v2/salesbot/run', { entity_type: 'leads' }, 'InvalidType entity_type'],
    ['/api/v2/salesbot/run', { entity_type: 3 }, 'NotSupportedChoice entity_type'],
  ])('is refused with 400 by %s for %o', async (path, changes, error) => {
    const account = await botAccount();
    const bot = account.widgetBot();
    const entity_type = path.includes('v2') ? 2 : 'leads';
    const order = { bot_id: bot.id, entity_id: seedIds.lead, entity_type, ...changes };
    const answer = await account.call('POST', path, [order]);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([error]);
    expect(account.context.account.bot_runs.size).toBe(0);
  });

  it('is refused with 400 for more than 100 bots, and with 401 without a token', async () => {
    const account = await botAccount();
    const order = { bot_id: account.widgetBot().id, ...lead };
    const many = Array.from({ length: 101 }, () => order);
    expect((await account.call('POST', '/api/v4/bots/run', many)).status).toBe(400);
    expect((await account.call('POST', '/api/v4/bots/run', [order], 'unknown')).status).toBe(401);
  });

  it('has no method at /api/v4/salesbot/run', async () => {
    const account = await botAccount();
    expect((await account.call('POST', '/api/v4/salesbot/run', [])).status).toBe(404);
  });
});

describe('stopping a bot', () => {
  it('is answered 202, and nobody waits then', async () => {
    const { call, run, path } = await waiting();
    const answer = await call('POST', `/api/v4/bots/${run.bot_id}/stop`, lead);
    expect(answer.status).toBe(202);
    expect(run.state).toBe('stopped');
    expect((await call('POST', path, {})).status).toBe(404);
  });

  it('knows leads only', async () => {
    const { call, run } = await waiting();
    const contact = { entity_id: seedIds.contact, entity_type: 'contacts' };
    const answer = await call('POST', `/api/v4/bots/${run.bot_id}/stop`, contact);
    expect(errorsOf(answer)).toEqual(['NotSupportedChoice entity_type']);
  });
});

describe('the list of bots', () => {
  it('is a page with links, and 204 when there are none', async () => {
    const account = await botAccount();
    expect((await account.call('GET', '/api/v4/bots')).status).toBe(204);
    const bot = account.widgetBot();
    account.widgetBot();
    const answer = await account.call('GET', `/api/v4/bots?filter[id][]=${bot.id}`);
    expect(answer.json()).toMatchObject({
      _page: 1,
      _embedded: {
        items: [
          {
            id: bot.id,
            name: 'Example bot',
            _links: { self: { href: `${account.context.url}/api/v4/bots/${bot.id}` } },
          },
        ],
      },
    });
    expect((await account.call('GET', `/api/v4/bots/${bot.id}`)).json()).toMatchObject({ id: bot.id });
    expect((await account.call('GET', '/api/v4/bots/1')).status).toBe(204);
  });
});
