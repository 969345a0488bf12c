import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dpDirections, dpEvents } from '../../../src/kommo/digital-pipeline.js';
import type { DpDirection } from '../../../src/kommo/digital-pipeline.js';
import { readHookBody } from '../../../src/kommo/hook/body.js';
import { dpDedupeKey } from '../../../src/kommo/hook/dedupe-key.js';
import { readDpHook } from '../../../src/kommo/hook/digital-pipeline.js';
import type { DpHookEvent } from '../../../src/kommo/hook/events.js';
import { dpBody } from '../../../src/sandbox/account/hooks/dp-body.js';
import { dpWebhookBody } from '../../../src/sandbox/account/hooks/dp-webhook-body.js';
import { encodeForm } from '../../../src/sandbox/account/hooks/form.js';
import { seedAccount } from '../../../src/sandbox/account/seed.js';

function documented() {
  return {
    event: {
      type: 15 as unknown,
      type_code: 'lead_appeared_in_status' as unknown,
      data: {
        id: 7001,
        element_type: 2,
        status_id: 501,
        pipeline_id: 50,
        direction_of_movement: 'went_to_trigger',
      } as unknown,
      time: 1_760_000_000 as unknown,
    },
    action: {
      settings: { widget: { settings: { message: 'Hello {{contact_name}}', only_main: 'on' } as unknown } },
    } as unknown,
    subdomain: 'demo' as unknown,
    account_id: 12_345_678 as unknown,
  };
}

const asMeant = {
  event: dpEvents[2],
  elementType: 2,
  elementId: 7001,
  pipelineId: 50,
  statusId: 501,
  direction: 'went_to_trigger',
  time: 1_760_000_000,
  settings: { message: 'Hello {{contact_name}}', only_main: 'on' },
  accountId: 12_345_678,
  subdomain: 'demo',
};

/** Reads it as it is on the wire. */
function readForm(form: string) {
  const body = readHookBody(Buffer.from(form), undefined);
  if (!body.ok) throw new Error(body.reason);
  return readDpHook(body.value);
}

function hookOf(body: Record<string, unknown>): DpHookEvent {
  const result = readDpHook(body);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.hook;
}

describe('a hook of the digital pipeline', () => {
  it('is read from JSON as documented', () => {
    expect(readDpHook(documented())).toEqual({ ok: true, hook: asMeant });
  });

  it('is read from a form as it is on the wire', () => {
    const form =
      'event[type]=15&event[type_code]=lead_appeared_in_status&event[data][id]=7001&event[data][element_type]=2' +
      '&event[data][status_id]=501&event[data][pipeline_id]=50' +
      '&event[data][direction_of_movement]=went_to_trigger&event[time]=1760000000' +
      '&action[settings][widget][settings][message]=Hello+%7B%7Bcontact_name%7D%7D' +
      '&action[settings][widget][settings][only_main]=on&subdomain=demo&account_id=12345678';

    expect(readForm(form)).toEqual({ ok: true, hook: asMeant });
  });

  it('is read with its lead in a list, as was seen on the wire', () => {
    const form =
      'event[type]=14&event[data][leads][status][0][id]=7001&event[data][leads][status][0][status_id]=142' +
      '&event[data][pipeline_id]=50&event[time]=1760000000&action[settings][widget][settings][message]=Hi' +
      '&account[id]=12345678&account[subdomain]=demo';

    expect(readForm(form)).toEqual({
      ok: true,
      hook: {
        ...asMeant,
        event: dpEvents[1],
        statusId: 142,
        direction: undefined,
        settings: { message: 'Hi' },
      },
    });
  });

  it('is read with its customer in a list that is numbered otherwise', () => {
    const body = documented();
    body.event.data = { customers: { period: { 7: { id: '31' } } } };

    expect(hookOf(body)).toMatchObject({ elementType: 12, elementId: 31, pipelineId: undefined });
  });

  it.each(dpEvents.map((event) => [event.name, event] as const))(
    'is read about %s by code or name',
    (_, event) => {
      for (const named of [
        { type: event.code, type_code: event.name },
        { type: String(event.code) },
        { type: '', type_code: event.name },
        { type: 99, type_code: event.name },
        { type: event.code, type_code: 'renamed' },
      ]) {
        const [elementType] = event.elementTypes;
        const body = {
          ...documented(),
          event: { ...named, data: { id: '5', element_type: String(elementType) } },
        };

        expect(hookOf(body)).toMatchObject({ event, elementType, elementId: 5, time: undefined });
      }
    },
  );

  it('takes the element type of an event that happens to nothing else, and guesses none', () => {
    const without = (type: number) => readDpHook({ ...documented(), event: { type, data: { id: 5 } } });

    expect(without(1)).toMatchObject({ ok: true, hook: { elementType: 2 } });
    expect(without(20)).toMatchObject({ ok: true, hook: { elementType: 12 } });
    expect(without(17)).toEqual({ ok: false, refusal: 'unknown_element_type' });
  });

  it('passes on no access data of old hooks', () => {
    const hook = hookOf({
      ...documented(),
      kommohash: 'hash',
      amohash: 'hash',
      kommouser: 'user',
      amouser: 'user',
    });

    expect(JSON.stringify(hook)).not.toMatch(/hash|user/);
  });

  it('keeps settings by user, and settings within settings', () => {
    const settings = { users: { 11: 'Anna' }, logins: { 11: { login: 'anna', password: 'x' } } };
    const body = documented();
    body.action = { settings: { widget: { settings } } };

    expect(readForm(encodeForm(body as never))).toMatchObject({ ok: true, hook: { settings } });
  });

  it.each([
    ['unknown_event', { event: { ...documented().event, type: 2, type_code: 'lead_deleted' } }],
    ['unknown_event', { event: { type_code: 'toString', data: { id: 1 } } }],
    ['no_element', { event: { type: 14 } }],
    ['no_element', { event: { type: 14, data: {} } }],
    ...[0, -1, 1.5, '', '0x10', '1e3', '9007199254740993', '7001; drop', ['7001'], { a: 1 }, true, null].map(
      (id) => ['no_element', { event: { type: 14, data: { id, element_type: 2 } } }] as const,
    ),
    ['no_element', { event: { type: 14, data: { leads: { status: [] } } } }],
    ['no_element', { event: { type: 14, data: { leads: { status: ['7001'] } } } }],
    ...[1, 3, '0', 'lead', [2]].map(
      (element_type) =>
        ['unknown_element_type', { event: { type: 14, data: { id: 1, element_type } } }] as const,
    ),
    ...[
      undefined,
      null,
      'on',
      ['x'],
      { settings: {} },
      { settings: { widget: [] } },
      { settings: { widget: { settings: {} } } },
      { settings: { widget: { settings: '' } } },
      { settings: { widget: { settings: ['x'] } } },
    ].map((action) => ['no_settings', { action }] as const),
  ] as const)('is refused as %s: %j', (refusal, changes) => {
    expect(readDpHook({ ...documented(), ...changes })).toEqual({ ok: false, refusal });
  });

  it('is refused for want of settings when it is one of "API: send webhook"', () => {
    const account = seedAccount({ now: 1_760_000_000_000 });
    const place = { pipeline_id: 50, status_id: 501 };
    for (const element_type of [2, 12] as const) {
      const subject = { element_type, id: 7001, place };
      const fields = dpWebhookBody(14, { subject, from: place, fires: () => undefined });

      expect(readForm(encodeForm({ ...fields, account: { id: account.id } }))).toEqual({
        ok: false,
        refusal: 'no_settings',
      });
    }
  });

  it.each([
    ['nothing', {}],
    ['a text', { event: 'lead_added' }],
    ['a list', { event: [{ type: 14 }] }],
    ['no code', { event: { data: { id: 1 } } }],
    ['data that is a list', { event: { type: 14, data: [{ id: 1 }] } }],
    ['data that is a text', { event: { type: 14, data: '7001' } }],
    ['a general webhook without entries', { leads: { add: [] }, account: { id: 1 } }],
  ])('is a fault with %s in it', (_, body) => {
    expect(readDpHook(body)).toEqual({ ok: false, fault: expect.stringMatching(/expected.*\.$/) as string });
  });

  it('has no value that cannot be stored', () => {
    const body = documented();
    body.event.time = 99_999_999_999_999;
    body.event.data = {
      id: '7001',
      element_type: 2,
      status_id: 'x',
      pipeline_id: -1,
      direction_of_movement: 'toString',
    };
    body.subdomain = 'evil.example/';
    body.account_id = '12345678901234567890';

    expect(hookOf(body)).toMatchObject({
      time: undefined,
      statusId: undefined,
      pipelineId: undefined,
      direction: undefined,
      subdomain: undefined,
      accountId: undefined,
    });
  });

  it('comes out as the sandbox sent it', () => {
    const account = seedAccount({ now: 1_760_000_000_000 });
    const id = fc.integer({ min: 1, max: 2 ** 40 });
    // What every object has as a member does not come through a form, see above.
    const fieldName = fc.stringMatching(/^[a-z_]{1,12}$/).filter((name) => !(name in {}));
    const hooks = fc.record({
      event: fc.constantFrom(...dpEvents),
      element_type: fc.constantFrom(2 as const, 12 as const),
      id,
      place: fc.record({ pipeline_id: id, status_id: id }),
      direction: fc.option(fc.constantFrom(...(Object.keys(dpDirections) as DpDirection[])), {
        nil: undefined,
      }),
      settings: fc.dictionary(fieldName, fc.string({ unit: 'grapheme' }), {
        minKeys: 1,
        maxKeys: 5,
        noNullPrototype: true,
      }),
      time: fc.integer({ min: 1, max: 2 ** 32 }),
    });
    fc.assert(
      fc.property(hooks, ({ event, element_type, id: elementId, place, direction, settings, time }) => {
        const firing = direction === undefined ? { code: event.code } : { code: event.code, direction };
        const body = dpBody(account, { element_type, id: elementId, place }, firing, settings, time);

        expect(readForm(encodeForm(body))).toEqual({
          ok: true,
          hook: {
            event,
            elementType: element_type,
            elementId,
            pipelineId: element_type === 2 ? place.pipeline_id : undefined,
            statusId: place.status_id,
            direction,
            time,
            settings: Object.fromEntries(
              Object.entries(settings).map(([name, text]) => [name, text.replaceAll('\0', '')]),
            ),
            accountId: account.id,
            subdomain: account.subdomain,
          },
        });
      }),
    );
  });

  it('never makes the reader throw, however it is broken', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('', '1', '14', 'lead_added', 0, -1, 2, 1.5, true, null, undefined),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(
          fc.constantFrom(
            'event',
            'type',
            'type_code',
            'data',
            'id',
            'leads',
            'status',
            '0',
            'action',
            'settings',
            'widget',
          ),
          tie('value'),
        ),
      ),
    }));
    const changes = fc.record({
      event: value,
      action: value,
      account_id: value,
      account: value,
      leads: value,
    });
    fc.assert(
      fc.property(
        changes,
        fc.record({ event: value, action: value }, { requiredKeys: [] }),
        (some, others) => {
          for (const body of [
            some,
            { ...documented(), ...others },
            { ...documented(), event: { type: 14, data: some } },
          ]) {
            const result = readDpHook(body);

            expect(Object.keys(result)).toHaveLength(2);
            if (result.ok) expect(result.hook.elementId).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the key by which deliveries of one event are known', () => {
  it('is the same for a form and for JSON, and for settings in any order', () => {
    const json = documented();
    const turned = documented();
    turned.action = {
      settings: { widget: { settings: { only_main: 'on', message: 'Hello {{contact_name}}' } } },
    };
    const sent = readForm(encodeForm(turned as never));

    expect(sent.ok && dpDedupeKey(sent.hook)).toBe(dpDedupeKey(hookOf(json)));
    expect(dpDedupeKey(hookOf(json))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs with everything that tells two events apart', () => {
    const hook = hookOf(documented());
    const others: DpHookEvent[] = [
      hook,
      { ...hook, accountId: 1 },
      { ...hook, accountId: undefined },
      { ...hook, elementType: 12 },
      { ...hook, elementId: 7002 },
      { ...hook, pipelineId: 51 },
      { ...hook, pipelineId: 501, statusId: 50 },
      { ...hook, statusId: undefined },
      { ...hook, event: dpEvents[1] },
      { ...hook, direction: 'went_in_trigger' },
      { ...hook, direction: undefined },
      { ...hook, time: 1_760_000_001 },
      { ...hook, settings: { ...hook.settings, message: 'Hello' } },
      { ...hook, settings: { message: 'Hello {{contact_name}}' } },
      { ...hook, settings: { ...hook.settings, more: { a: ['1', '2'] } } },
      { ...hook, settings: { ...hook.settings, more: { a: ['2', '1'] } } },
      { ...hook, settings: { ...hook.settings, more: [['a', ['1', '2']]] } },
    ];

    expect(new Set(others.map(dpDedupeKey)).size).toBe(others.length);
  });

  it('does not change with the subdomain, which may', () => {
    const hook = hookOf(documented());

    expect(dpDedupeKey({ ...hook, subdomain: 'renamed' })).toBe(dpDedupeKey(hook));
  });
});
