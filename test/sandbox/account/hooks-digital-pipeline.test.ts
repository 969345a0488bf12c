import { describe, expect, it } from 'vitest';
import { addEntity, byUser, updateEntity } from '../../../src/sandbox/account/changes.js';
import { timerScheduler } from '../../../src/sandbox/account/hooks/scheduler.js';
import type { Customer, Lead } from '../../../src/sandbox/account/state.js';
import { addTrigger, hookedAccount, minute, startSeconds } from './hooks/account.js';
import type { HookedAccount } from './hooks/account.js';

describe('a trigger of a widget', () => {
  it('sends the documented body once, form-encoded, when a lead enters its stage', async () => {
    const account = await hookedAccount();
    addTrigger(account);
    move(account, 502);
    await account.hooks.idle();

    expect(account.receiver.received).toHaveLength(1);
    const [hook] = account.receiver.received;
    expect(hook?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(hook?.raw.split('&')).toEqual([
      'event[type]=14',
      'event[type_code]=lead_status_changed',
      'event[data][id]=7001',
      'event[data][element_type]=2',
      'event[data][status_id]=502',
      'event[data][pipeline_id]=50',
      'event[data][direction_of_movement]=went_to_trigger',
      `event[time]=${startSeconds}`,
      'action[settings][widget][settings][message]=Hello+%7B%7Bcontact_name%7D%7D',
      'action[settings][widget][settings][only_main]=on',
      'subdomain=demo',
      'account_id=12345678',
    ]);
  });

  it('tells entering, moving inside and leaving apart when it is stretched over stages', async () => {
    const account = await hookedAccount();
    addTrigger(account, { status_ids: [502, 503] }, { isStretched: true });
    for (const stage of [502, 503, 504, 142]) {
      move(account, stage);
      await account.hooks.idle();
    }

    expect(summary(account)).toEqual([
      ['14', 'went_to_trigger', '502'],
      ['15', 'went_in_trigger', '503'],
      ['14', 'went_from_trigger', '504'],
    ]);
  });

  it('says 15 for entering too when it waits for 15, and nothing of leaving', async () => {
    const account = await hookedAccount();
    addTrigger(account, { event_code: 15, status_ids: [502, 503] }, { isStretched: true });
    for (const stage of [502, 503, 504]) {
      move(account, stage);
      await account.hooks.idle();
    }
    expect(summary(account)).toEqual([
      ['15', 'went_to_trigger', '502'],
      ['15', 'went_in_trigger', '503'],
    ]);
  });

  it('takes every stage for an entry of its own when its widget is not for several stages', async () => {
    const account = await hookedAccount();
    addTrigger(account, { status_ids: [502, 503] });
    for (const stage of [502, 503]) {
      move(account, stage);
      await account.hooks.idle();
    }
    expect(summary(account)).toEqual([
      ['14', 'went_to_trigger', '502'],
      ['14', 'went_to_trigger', '503'],
    ]);
  });

  it('never tells of leaving when its widget is not for several stages', async () => {
    const account = await hookedAccount();
    addTrigger(account);
    for (const stage of [502, 503]) {
      move(account, stage);
      await account.hooks.idle();
    }
    expect(summary(account)).toEqual([['14', 'went_to_trigger', '502']]);
  });

  it('keeps the same stage of two pipelines apart', async () => {
    const account = await hookedAccount();
    addTrigger(account, { status_ids: [142] });
    updateEntity(account.context, 'leads', lead(account), { pipeline_id: 60, status_id: 142 }, byUser(11));
    await account.hooks.idle();
    expect(account.receiver.received).toEqual([]);
  });

  it('fires for a new lead when it waits for 1 or 15, and not when it waits for 14', async () => {
    const account = await hookedAccount();
    for (const event_code of [1, 14, 15]) addTrigger(account, { event_code });
    addEntity(account.context, 'leads', { ...lead(account), status_id: 502 }, byUser(11));
    await account.hooks.idle();
    expect(summary(account).sort()).toEqual([
      ['1', undefined, '502'],
      ['15', 'went_to_trigger', '502'],
    ]);
  });

  it.each([
    ['mail_in', '16'],
    ['call_in', '17'],
    ['site_visit', '18'],
    ['chat', '19'],
  ] as const)('fires on %s of a lead that stands in its stage', async (name, code) => {
    const account = await hookedAccount();
    addTrigger(account, { event_code: Number(code), status_ids: [501] });
    addTrigger(account, { event_code: Number(code), status_ids: [502] });
    account.context.bus.emit(name, { element_type: 2, id: 7001 });
    account.context.bus.emit(name, { element_type: 2, id: 999 });
    await account.hooks.idle();

    expect(account.receiver.received.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        event: {
          type: code,
          type_code: name,
          data: { id: '7001', element_type: '2', status_id: '501', pipeline_id: '50' },
          time: String(startSeconds),
        },
      }),
    ]);
  });

  it('sends customers with element_type 12, without pipeline and direction', async () => {
    const account = await hookedAccount();
    const [customer] = account.context.account.customers.values();
    const draft = customer as Customer;
    const codes = { element_type: 12, pipeline_id: null, status_ids: [702] } as const;
    for (const event_code of [20, 21, 22]) addTrigger(account, { ...codes, event_code });

    const added = addEntity(account.context, 'customers', { ...draft, status_id: 701 }, byUser(11));
    updateEntity(account.context, 'customers', added, { status_id: 702 }, byUser(11));
    addEntity(account.context, 'customers', { ...draft, status_id: 702 }, byUser(11));
    await account.hooks.idle();

    const events = account.receiver.received.map(({ body }) => (body as { event: unknown }).event);
    const data = (id: number) => ({ id: String(id), element_type: '12', status_id: '702' });
    const time = String(startSeconds);
    expect(events).toHaveLength(4);
    expect(events).toEqual(
      expect.arrayContaining([
        { type: '21', type_code: 'customer_period_changed', data: data(added.id), time },
        { type: '22', type_code: 'customer_appeared_in_period', data: data(added.id), time },
        expect.objectContaining({ type: '20', type_code: 'customer_added' }),
        expect.objectContaining({ type: '22' }),
      ]),
    );
  });

  it('leaves unchecked boxes and empty containers out of the settings', async () => {
    const account = await hookedAccount();
    addTrigger(account, {
      settings: { only_main: false, urgent: true, users: {}, text: '', deep: { '11': 'a' } },
    });
    move(account, 502);
    await account.hooks.idle();
    const settings = account.receiver.received[0]?.raw.match(/(?<=\[widget\]\[settings\])[^&]+/g);
    expect(settings).toEqual(['[urgent]=on', '[text]=', '[deep][11]=a']);
  });

  it('carries values by user, and logins of users, in brackets', async () => {
    const account = await hookedAccount();
    const logins = { '11': { login: 'a@b', password: '' }, '12': { login: 'c d', password: '&' } };
    addTrigger(account, { settings: { users: { '11': '101' }, logins, custom: '{"a":[1]}' } });
    move(account, 502);
    await account.hooks.idle();
    const settings = account.receiver.received[0]?.raw.match(/(?<=\[widget\]\[settings\])[^&]+/g);
    expect(settings).toEqual([
      '[users][11]=101',
      '[logins][11][login]=a%40b',
      '[logins][11][password]=',
      '[logins][12][login]=c+d',
      '[logins][12][password]=%26',
      '[custom]=%7B%22a%22%3A%5B1%5D%7D',
    ]);
  });

  it('waits out its delay, and is dropped when the lead is gone by then', async () => {
    const account = await hookedAccount();
    addTrigger(account, { delay_seconds: 600 });
    move(account, 502, 7001);
    move(account, 502, 7003);
    lead(account, 7003).is_deleted = true;
    move(account, 503, 7001);

    await account.time.pass(10 * minute - 1);
    expect(account.receiver.received).toHaveLength(0);
    await account.time.pass(1);
    expect(account.receiver.received).toHaveLength(1);
    expect(account.receiver.received[0]?.body).toMatchObject({
      event: { data: { id: '7001', status_id: '502' }, time: String(startSeconds) },
    });
  });

  it('waits by the timers of the process unless it is given others', async () => {
    const account = await hookedAccount({ scheduler: timerScheduler() });
    addTrigger(account, { delay_seconds: 0.02 });
    const logged = new Promise((resolve) => account.context.traffic.on(resolve));
    move(account, 502);
    await expect(logged).resolves.toMatchObject({ kind: 'dp_hook', status: 200 });
  });

  it('stays silent when its widget is switched off, names no address or the change must not trigger', async () => {
    const account = await hookedAccount();
    const trigger = addTrigger(account);
    const quiet = { by: 11, triggersDigitalPipeline: false };
    updateEntity(account.context, 'leads', lead(account), { status_id: 502 }, quiet);

    const widget = account.context.account.widgets.get(trigger.widget_code);
    if (widget === undefined) throw new Error('the widget was just added');
    widget.is_active = false;
    move(account, 502, 7003);
    widget.is_active = true;
    for (const manifest of [{}, { dp: null }, { dp: { webhook_url: 7 } }]) {
      widget.manifest = manifest;
      move(account, 501, 7003);
      move(account, 502, 7003);
    }
    await account.hooks.idle();
    expect(account.receiver.received).toEqual([]);
    expect(account.context.traffic.entries()).toEqual([]);
  });

  it('says in the traffic log that the address is not https', async () => {
    const account = await hookedAccount();
    addTrigger(account, {}, { webhookUrl: 'http://hooks.example.com/dp' });
    move(account, 502);
    await account.hooks.idle();
    expect(account.context.traffic.entries()).toEqual([
      expect.objectContaining({
        kind: 'dp_hook',
        status: 0,
        error: expect.stringContaining('https') as string,
      }),
    ]);
  });

  it('is dropped with the account when that is reset', async () => {
    const account = await hookedAccount();
    addTrigger(account, { delay_seconds: 60 });
    move(account, 502);
    account.context.account = structuredClone(account.context.account);
    await account.time.pass(10 * minute);
    expect(account.receiver.received).toEqual([]);
  });

  it('survives settings that no body can carry', async () => {
    const account = await hookedAccount();
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 100; level++) deep = { deep, leaf: 1 };
    addTrigger(account, { settings: deep });
    move(account, 502);
    await account.hooks.idle();
    expect(account.context.traffic.entries()[0]).toMatchObject({ kind: 'dp_hook', status: 0, body: '' });
  });
});

describe('"API: send webhook"', () => {
  it('tells a lead with its stages before and after', async () => {
    const account = await hookedAccount();
    addWebhookTrigger(account, { event_code: 14, element_type: 2, pipeline_id: 50, status_ids: [502] });
    move(account, 502);
    await account.hooks.idle();
    expect(account.receiver.received.map(({ body }) => body)).toEqual([
      {
        leads: {
          status: [
            { id: '7001', pipeline_id: '50', status_id: '502', old_pipeline_id: '50', old_status_id: '501' },
          ],
        },
        account: { id: '12345678', subdomain: 'demo', _links: { self: 'https://demo.kommo.com' } },
      },
    ]);
  });

  it('tells occurrences under their own names and customers with their periods', async () => {
    const account = await hookedAccount({ address: () => 'http://127.0.0.1:8010' });
    const customer = account.context.account.customers.values().next().value as Customer;
    customer.status_id = 701;
    const ofCustomers = { element_type: 12, pipeline_id: null, status_ids: [701, 702] } as const;
    addWebhookTrigger(account, { event_code: 21, ...ofCustomers });
    addWebhookTrigger(account, { event_code: 17, ...ofCustomers });
    account.context.bus.emit('call_in', { element_type: 12, id: customer.id });
    updateEntity(account.context, 'customers', customer, { status_id: 702 }, byUser(11));
    await account.hooks.idle();
    const id = String(customer.id);
    const block = { id: '12345678', subdomain: 'demo', _links: { self: 'http://127.0.0.1:8010' } };
    expect(account.receiver.received.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { customers: { call_in: [{ id, period_id: '701' }] }, account: block },
        { customers: { period: [{ id, period_id: '702', old_period_id: '701' }] }, account: block },
      ]),
    );
  });
});

function addWebhookTrigger(
  { context, receiver }: HookedAccount,
  condition: {
    event_code: number;
    element_type: 2 | 12;
    pipeline_id: number | null;
    status_ids: readonly number[];
  },
): void {
  const id = context.account.dp_webhook_triggers.size + 1;
  context.account.dp_webhook_triggers.set(id, { id, delay_seconds: 0, url: receiver.url, ...condition });
}

/** Lead 7001 stands in stage 501 of pipeline 50 at first. */
function lead({ context }: HookedAccount, id = 7001): Lead {
  const found = context.account.leads.get(id);
  if (found === undefined) throw new Error(`the demo account has no lead ${id}`);
  return found;
}

function move(account: HookedAccount, status_id: number, id = 7001): void {
  updateEntity(account.context, 'leads', lead(account, id), { status_id }, byUser(11));
}

/** Code, direction and stage of every hook that was sent. */
function summary({ context }: HookedAccount): (string | undefined)[][] {
  return context.traffic.entries().map(({ body }) => {
    const fields = new URLSearchParams(body);
    return ['event[type]', 'event[data][direction_of_movement]', 'event[data][status_id]'].map(
      (key) => fields.get(key) ?? undefined,
    );
  });
}
