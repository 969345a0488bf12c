import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHookBody } from '../../../src/kommo/hook/body.js';
import { webhookDedupeKey } from '../../../src/kommo/hook/dedupe-key.js';
import type { WebhookBody, WebhookEvent } from '../../../src/kommo/hook/events.js';
import { readWebhookBody } from '../../../src/kommo/hook/webhooks.js';
import { contactFields, leadFields } from '../../../src/sandbox/account/hooks/webhook-entities.js';
import { encodeForm } from '../../../src/sandbox/account/hooks/form.js';
import type { FormValue } from '../../../src/sandbox/account/hooks/form.js';
import { seedAccount } from '../../../src/sandbox/account/seed.js';
import type { CustomFieldValues } from '../../../src/sandbox/account/state.js';

const account = { id: '12345678', subdomain: 'demo', _links: { self: 'https://demo.kommo.com' } };

function bodyOf(body: Record<string, unknown>): WebhookBody {
  const result = readWebhookBody(body);
  if (!result.ok) throw new Error(result.fault);
  return result.body;
}

/** Reads it as it is on the wire. */
function received(form: string): WebhookBody {
  const body = readHookBody(Buffer.from(form), undefined);
  if (!body.ok) throw new Error(body.reason);
  return bodyOf(body.value);
}

function sent(fields: { readonly [key: string]: FormValue }): WebhookBody {
  return received(encodeForm({ ...fields, account }));
}

describe('a general webhook', () => {
  it('is read as it is on the wire', () => {
    const form =
      'leads[status][0][id]=7001&leads[status][0][name]=Deal&leads[status][0][status_id]=142' +
      '&leads[status][0][old_status_id]=501&leads[status][0][last_modified]=1760000000' +
      '&leads[status][0][custom_fields][0][id]=427183&leads[status][0][custom_fields][0][values][0][value]=X' +
      '&account[id]=12345678&account[subdomain]=demo&account[_links][self]=https%3A%2F%2Fdemo.kommo.com';

    expect(received(form)).toEqual({
      accountId: 12_345_678,
      subdomain: 'demo',
      events: [
        {
          entity: 'leads',
          action: 'status',
          id: '7001',
          fields: {
            id: '7001',
            name: 'Deal',
            status_id: '142',
            old_status_id: '501',
            last_modified: '1760000000',
          },
          customFields: [
            { id: 427_183, name: undefined, code: undefined, values: [{ value: 'X', enumId: undefined }] },
          ],
          changedAt: 1_760_000_000,
        },
      ],
    });
  });

  it.each([
    ['leads', 'add', { id: 7001, date_create: 1_760_000_000 }, '7001', 1_760_000_000],
    ['leads', 'update', { id: 7001, updated_at: 1_760_000_009, last_modified: 1 }, '7001', 1_760_000_009],
    ['leads', 'delete', { id: 7001, status_id: 142, pipeline_id: 50 }, '7001', undefined],
    ['leads', 'restore', { id: 7001, date_create: 5, last_modified: 9 }, '7001', 9],
    ['leads', 'responsible', { id: 7001, old_responsible_user_id: 12 }, '7001', undefined],
    ['contacts', 'update', { id: 8, type: 'contact', last_modified: 9 }, '8', 9],
    ['customers', 'update', { id: 31, updated_at: 9 }, '31', 9],
    ['catalogs', 'add', { id: 77, catalog_id: 6, created_at: 9 }, '77', 9],
    ['task', 'update', { id: 3, last_modified: '2026-09-17 13:07:29', updated_at: 9 }, '3', 9],
    ['unsorted', 'add', { uid: 'a1b2', category: 'forms', created_at: 9 }, 'a1b2', 9],
    ['unsorted', 'delete', { uid: 'a1b2', action: 'accept', created_at: 9 }, 'a1b2', undefined],
    ['message', 'add', { id: '0371a0ff-b78a', chat_id: 'c', text: 'Hi', created_at: 9 }, '0371a0ff-b78a', 9],
    ['talk', 'update', { talk_id: 173, contact_id: 8, created_at: 5, updated_at: 9 }, '173', 9],
  ] as const)('tells of %s what %s tells', (entity, action, fields, id, changedAt) => {
    const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

    expect(sent({ [entity]: { [action]: [fields] } }).events).toEqual([
      { entity, action, id, changedAt, fields: texts, customFields: [] },
    ]);
  });

  it('tells companies from contacts by their type, by that of a note too', () => {
    const note = {
      note: { id: 5, element_id: 9, note_type: 4, text: 'Hi', updated_at: 7, metadata: '{"a":1}' },
    };
    const { events } = sent({
      contacts: {
        add: [{ id: 8, type: 'contact' }, { id: 9, type: 'company' }, { id: 10 }],
        note: [{ ...note, type: 'company' }],
      },
      companies: { update: [{ id: 11 }] },
    });

    expect(events.map(({ entity, action, id }) => [entity, action, id])).toEqual([
      ['contacts', 'add', '8'],
      ['companies', 'add', '9'],
      ['contacts', 'add', '10'],
      ['companies', 'note', '9'],
      ['companies', 'update', '11'],
    ]);
    expect(events[3]).toMatchObject({ changedAt: 7, fields: { note: { id: '5', metadata: '{"a":1}' } } });
  });

  it('brings the three shapes of custom fields to one', () => {
    const form = [
      '[id]=1&[name]=Phone&[code]=PHONE&[values][0][value]=%2B15550100&[values][0][enum]=11&[values][1][value]=2',
      '[id]=2&[name]=Date&[values][0]=1412380800',
      '[id]=3&[name]=Radio&[values][value]=Yes&[values][enum]=31',
      '[id]=4&[values]=bare',
      '[id]=5&[values][0][value][city]=Riga&[values][0][value][zip]=1',
      '[name]=nameless&[values][0][value]=x',
      '[id]=7',
    ]
      .map((field, at) => field.replaceAll(/(^|&)\[/g, `$1contacts[update][0][custom_fields][${at * 3}][`))
      .join('&');

    expect(received(`contacts[update][0][id]=8&${form}`).events[0]?.customFields).toEqual([
      {
        id: 1,
        name: 'Phone',
        code: 'PHONE',
        values: [
          { value: '+15550100', enumId: 11 },
          { value: '2', enumId: undefined },
        ],
      },
      { id: 2, name: 'Date', code: undefined, values: [{ value: '1412380800', enumId: undefined }] },
      { id: 3, name: 'Radio', code: undefined, values: [{ value: 'Yes', enumId: 31 }] },
      { id: 4, name: undefined, code: undefined, values: [{ value: 'bare', enumId: undefined }] },
      {
        id: 5,
        name: undefined,
        code: undefined,
        values: [{ value: '{"city":"Riga","zip":"1"}', enumId: undefined }],
      },
      { id: 7, name: undefined, code: undefined, values: [] },
    ]);
  });

  it('reads every entry of every action and entity, with gaps in the numbers or without numbers', () => {
    const form =
      'leads[add][0][id]=1&leads[add][7][id]=2&leads[update][id]=3&task[delete][0][id]=4&contacts[add]=&leads[add][9]=x';

    expect(received(form).events.map(({ entity, action, id }) => [entity, action, id])).toEqual([
      ['leads', 'add', '1'],
      ['leads', 'add', '2'],
      ['leads', 'update', '3'],
      ['task', 'delete', '4'],
    ]);
  });

  it('passes over what the platform may add', () => {
    expect(sent({ chat_template_review: { add: [{ id: 1 }] }, leads: { 'no action': [{ id: 1 }] } })).toEqual(
      {
        accountId: 12_345_678,
        subdomain: 'demo',
        events: [],
      },
    );
  });

  it('finds the account of old hooks in their entries', () => {
    expect(
      received('leads[add][0][id]=1&leads[add][0][account_id]=12345678&account[subdomain]=demo'),
    ).toMatchObject({
      accountId: 12_345_678,
      subdomain: 'demo',
    });
  });

  it.each([{}, { account: 'demo' }, { leads: [] }, { leads: 'x', account: ['x'] }, { event: { type: 14 } }])(
    'is a fault as %j',
    (body) => {
      expect(readWebhookBody(body)).toEqual({
        ok: false,
        fault: expect.stringMatching(/^A webhook was expected/) as string,
      });
    },
  );

  it('comes out as the sandbox sent it', () => {
    const demo = seedAccount({ now: 1_760_000_000_000 });
    const text = fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\0', ''));
    const types = fc.constantFrom<CustomFieldValues['field_type'][]>(
      'text',
      'checkbox',
      'date',
      'radiobutton',
    );
    const field = fc.record({ type: types, id: fc.integer({ min: 1, max: 1e9 }), name: text, value: text });
    fc.assert(
      fc.property(text, fc.array(field, { maxLength: 4 }), (name, fields) => {
        const filled = fields.map((one) => ({
          field_id: one.id,
          field_name: one.name,
          field_code: null,
          field_type: one.type,
          values: [{ value: one.value }],
        }));
        const lead = { ...must(demo.leads.get(7001)), name, custom_fields_values: filled };
        const contact = { ...must([...demo.contacts.values()][0]), name, custom_fields_values: filled };
        const { events } = sent({
          leads: { update: [leadFields(lead)] },
          contacts: { update: [contactFields(demo, 'contact', contact)] },
        });
        const customFields = fields.map((one) => ({
          id: one.id,
          name: one.name,
          code: undefined,
          values: [{ value: one.value, enumId: undefined }],
        }));

        expect(events).toMatchObject([
          { entity: 'leads', id: '7001', changedAt: lead.updated_at, fields: { name } },
          { entity: 'contacts', id: String(contact.id), changedAt: contact.updated_at, fields: { name } },
        ]);
        for (const event of events) expect(event.customFields).toEqual(customFields);
      }),
    );
  });

  it('never makes the reader throw, however it is broken', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('', '1', 'x', 0, -1, 2, 1.5, true, null, undefined),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'id',
            'note',
            'type',
            'custom_fields',
            'values',
            'value',
            'enum',
            '0',
            '3',
            'add',
            'updated_at',
          ),
          tie('value'),
        ),
      ),
    }));
    const body = fc.record({
      account: value,
      leads: value,
      contacts: value,
      message: value,
      unsorted: value,
      talk: value,
    });
    fc.assert(
      fc.property(body, (fields) => {
        const result = readWebhookBody(fields);

        expect(Object.keys(result)).toHaveLength(2);
        for (const event of result.ok ? result.body.events : []) expect(event.id).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('the key by which deliveries of one entry are known', () => {
  const [event] = sent({ leads: { update: [{ id: 7001, name: 'Deal', updated_at: 1_760_000_000 }] } })
    .events as [WebhookEvent];

  it('differs with the body and with everything that tells two entries of it apart', () => {
    const keys = [
      webhookDedupeKey(event, 'a'),
      webhookDedupeKey(event, 'b'),
      webhookDedupeKey({ ...event, entity: 'contacts' }, 'a'),
      webhookDedupeKey({ ...event, action: 'add' }, 'a'),
      webhookDedupeKey({ ...event, id: '7002' }, 'a'),
      webhookDedupeKey({ ...event, changedAt: undefined }, 'a'),
      webhookDedupeKey({ ...event, fields: { ...event.fields, name: 'Other' } }, 'a'),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same when the same bytes come again', () => {
    expect(webhookDedupeKey(structuredClone(event), 'a')).toBe(webhookDedupeKey(event, 'a'));
  });
});

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The demo account lacks what the test needs.');
  return value;
}
