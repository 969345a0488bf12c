import { describe, expect, it } from 'vitest';
import { byUser, updateEntity } from '../../../src/sandbox/account/changes.js';
import type { HooksOptions } from '../../../src/sandbox/account/hooks/index.js';
import type { Webhook } from '../../../src/sandbox/account/state.js';
import { addTrigger, hookedAccount, minute } from './hooks/account.js';
import type { HookedAccount } from './hooks/account.js';
import type { Answer } from './hooks/receiver.js';

const hour = 60 * minute;

describe('the delivery of general webhooks', () => {
  // Attempts and the minutes at which they come, by the table of server.md §4.3.
  it.each<[what: string, answers: Answer[], minutes: number[]]>([
    ['200', [200], [0]],
    ['204', [204], [0]],
    ['a redirect, which is not followed', [302, 302, 302, 302], [0, 5, 20]],
    ['404', [404, 404, 404, 404], [0, 5, 20]],
    ['499', [499, 499, 499, 499, 499, 499], [0, 5, 20, 35, 95]],
    ['500', [500, 500, 500, 500, 500, 500], [0, 5, 20, 35, 95]],
    ['599', [599, 599, 599, 599, 599, 599], [0, 5, 20, 35, 95]],
    ['600', [600, 600, 600, 600], [0, 5, 20]],
    ['500 until the third', [500, 500, 200], [0, 5, 20]],
    ['500 and at last 404', [500, 500, 500, 404], [0, 5, 20, 35]],
    ['404 and then 503', [404, 404, 503, 503, 503], [0, 5, 20, 35, 95]],
    ['silence', ['silence', 'silence', 'silence', 'silence'], [0, 5, 20]],
  ])('after %s repeats as the table says', async (_what, answers, minutes) => {
    const account = await hookedAccount({ limitMs: answers.includes('silence') ? 50 : 5000 });
    addWebhook(account);
    account.receiver.answer(answers, 200);
    rename(account);
    await account.time.pass(24 * hour);

    const start = account.context.traffic.entries()[0]?.at ?? 0;
    expect(account.context.traffic.entries().map(({ at }) => (at - start) / minute)).toEqual(minutes);
    expect(account.receiver.received).toHaveLength(minutes.length);
    expect(new Set(account.receiver.received.map(({ raw }) => raw)).size).toBe(1);
  });

  it('knows the sender by its headers, with a new request id for every attempt', async () => {
    const account = await hookedAccount();
    addWebhook(account);
    account.receiver.answer([500]);
    rename(account);
    await account.time.pass(5 * minute);
    const headers = account.receiver.received.map((one) => one.headers);
    expect(headers.map((one) => one['user-agent'])).toEqual(['amoCRM-Webhooks/3.0', 'amoCRM-Webhooks/3.0']);
    const ids = headers.map((one) => one['x-amocrm-requestid']);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(2);
  });

  it('counts a receiver that takes too long as one that did not answer', async () => {
    const account = await hookedAccount({ limitMs: 50 });
    addWebhook(account);
    account.receiver.answer(['silence']);
    rename(account);
    await account.hooks.idle();
    expect(account.context.traffic.entries()).toEqual([
      expect.objectContaining({ kind: 'webhook', status: 0, error: 'No answer within 50 ms.', answer: '' }),
    ]);
  });

  it('bears a receiver that does not exist or is no http address', async () => {
    const account = await hookedAccount();
    addWebhook(account, { destination: 'http://127.0.0.1:1/hooks' });
    addWebhook(account, { destination: 'ftp://example.com' });
    addWebhook(account, { destination: 'nowhere' });
    rename(account);
    await account.hooks.idle();
    expect(account.context.traffic.entries().map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(account.context.traffic.entries().every(({ error }) => error !== undefined)).toBe(true);
  });

  it('disables a webhook with the bad answer after a hundred in two hours, and drops its retries', async () => {
    const account = await hookedAccount();
    const webhook = addWebhook(account);
    account.receiver.answer([], 404);
    await badAnswers(account, 30);
    await account.time.pass(3 * hour);
    const before = account.receiver.received.length;
    expect(before).toBe(90);

    await badAnswers(account, 100);
    expect(webhook.disabled).toBe(false);
    await badAnswers(account, 1);
    expect(webhook.disabled).toBe(true);

    const sent = account.receiver.received.length;
    expect(sent).toBe(before + 101);
    rename(account);
    await account.time.pass(24 * hour);
    expect(account.receiver.received).toHaveLength(sent);
  });
});

describe('the delivery of hooks of the digital pipeline', () => {
  it('happens once, whatever the answer', async () => {
    const account = await failing();
    await account.time.pass(24 * hour);
    expect(account.receiver.received).toHaveLength(1);
  });

  it('is repeated four times within the hour when the account repeats', async () => {
    const account = await failing({ switches: { digitalPipeline: 'repeated' } });
    await account.time.pass(hour);
    expect(account.receiver.received).toHaveLength(5);
    await account.time.pass(24 * hour);
    expect(account.receiver.received).toHaveLength(5);
  });

  it('pauses its retries for five minutes after more than a hundred bad answers in five', async () => {
    const account = await failing({ switches: { digitalPipeline: 'repeated' } });
    await account.time.pass(3 * minute);
    for (let times = 0; times < 100; times++) enter(account);
    await account.hooks.idle();
    expect(account.receiver.received).toHaveLength(101);

    await account.time.pass(5 * minute - 1);
    expect(account.receiver.received).toHaveLength(101);
    await account.time.pass(1);
    expect(account.receiver.received.length).toBeGreaterThan(101);
  });

  it('is neither tried nor repeated while calls to other machines are switched off', async () => {
    const account = await hookedAccount({ switches: { digitalPipeline: 'repeated' } });
    account.context.switches.outside = false;
    addTrigger(account, {}, { webhookUrl: 'https://nowhere.invalid/hook' });
    enter(account);
    await account.time.pass(hour);
    expect(account.context.traffic.entries()).toEqual([
      expect.objectContaining({
        url: 'https://nowhere.invalid/hook',
        status: 0,
        error: 'not sent: calls to other machines are switched off',
      }),
    ]);
  });

  it('is not known by a sender of its own', async () => {
    const account = await failing();
    await account.hooks.idle();
    expect(account.receiver.received[0]?.headers['user-agent']).toBeUndefined();
  });
});

describe('the traffic log', () => {
  it('keeps body, answer and time of every hook', async () => {
    const account = await failing();
    await account.hooks.idle();
    expect(account.context.traffic.entries()).toEqual([
      {
        direction: 'out',
        kind: 'dp_hook',
        method: 'POST',
        url: account.receiver.url,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: account.receiver.received[0]?.raw,
        status: 500,
        answer: 'said 500',
        at: account.time.now(),
        duration_ms: 0,
      },
    ]);
  });

  it('can send a hook once more, byte for byte', async () => {
    const account = await hookedAccount();
    addWebhook(account);
    rename(account);
    await account.hooks.idle();
    const [entry] = account.context.traffic.entries();
    if (entry === undefined) throw new Error('no hook was sent');
    await account.hooks.sendAgain(entry);
    const [first, second] = account.receiver.received;
    expect(second?.raw).toBe(first?.raw);
    expect(second?.headers['x-amocrm-requestid']).toBe(first?.headers['x-amocrm-requestid']);
    expect(account.context.traffic.entries()).toHaveLength(2);
  });

  it('shows both of the two when every hook is sent twice', async () => {
    const account = await hookedAccount({ switches: { sendTwice: true } });
    addTrigger(account);
    enter(account);
    await account.hooks.idle();
    const [first, second] = account.receiver.received;
    expect(second?.raw).toBe(first?.raw);
    account.hooks.switches.sendTwice = false;
    enter(account);
    await account.hooks.idle();
    expect(account.context.traffic.entries()).toHaveLength(3);
  });

  it('grows no more once the hooks are closed', async () => {
    const account = await hookedAccount();
    addWebhook(account);
    account.receiver.answer([500]);
    rename(account);
    await account.hooks.close();
    rename(account);
    await account.time.pass(24 * hour);
    expect(account.context.traffic.entries()).toHaveLength(1);
  });
});

/** An account whose trigger has fired, with a receiver that always answers 500. */
async function failing(options: HooksOptions = {}): Promise<HookedAccount> {
  const account = await hookedAccount(options);
  addTrigger(account);
  account.receiver.answer([], 500);
  enter(account);
  return account;
}

function enter({ context }: HookedAccount): void {
  const lead = context.account.leads.get(7001);
  if (lead === undefined) throw new Error('the demo account has lead 7001');
  updateEntity(context, 'leads', lead, { status_id: 501 }, byUser(11));
  updateEntity(context, 'leads', lead, { status_id: 502 }, byUser(11));
}

let names = 0;

function rename({ context }: HookedAccount): void {
  const lead = context.account.leads.get(7001);
  if (lead === undefined) throw new Error('the demo account has lead 7001');
  updateEntity(context, 'leads', lead, { name: `Name ${++names}` }, byUser(11));
}

/** So many first attempts without letting time pass, so that retries do not count among them. */
async function badAnswers(account: HookedAccount, count: number): Promise<void> {
  for (let times = 0; times < count; times++) rename(account);
  await account.hooks.idle();
}

function addWebhook({ context, receiver }: HookedAccount, changes: Partial<Webhook> = {}): Webhook {
  const { webhooks } = context.account;
  const webhook: Webhook = {
    id: webhooks.size + 1,
    destination: receiver.url,
    created_at: 0,
    updated_at: 0,
    account_id: context.account.id,
    created_by: 11,
    sort: 10,
    disabled: false,
    settings: ['update_lead'],
    ...changes,
  };
  webhooks.set(webhook.id, webhook);
  return webhook;
}
