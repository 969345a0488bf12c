import { describe, expect, it } from 'vitest';
import {
  addEntity,
  byUser,
  deleteEntity,
  restoreEntity,
  updateEntity,
} from '../../../src/sandbox/account/changes.js';
import { addNote } from '../../../src/sandbox/account/notes.js';
import type { CustomFieldValues, NoteType, Unsorted } from '../../../src/sandbox/account/state.js';
import { addTask, deleteTask, updateTask } from '../../../src/sandbox/account/tasks.js';
import { hookedAccount, startSeconds } from './hooks/account.js';
import type { HookedAccount } from './hooks/account.js';

const time = String(startSeconds);
const admin = byUser(11);
const accountBlock = { id: '12345678', subdomain: 'demo', _links: { self: 'https://demo.kommo.com' } };

describe('webhooks of leads', () => {
  it('tell a change of stage with the stage before', async () => {
    const account = await subscribed('status_lead');
    const lead = entity(account, 'leads', 7001);
    lead.custom_fields_values = fields;
    lead.tags = [{ id: 301, name: 'VIP', color: null }];
    updateEntity(account.context, 'leads', lead, { status_id: 142, price: 10 }, admin);

    expect(await bodies(account)).toEqual([
      {
        leads: {
          status: [
            {
              id: '7001',
              name: lead.name,
              status_id: '142',
              old_status_id: '501',
              price: '10',
              responsible_user_id: String(lead.responsible_user_id),
              last_modified: time,
              modified_user_id: '11',
              created_user_id: String(lead.created_by),
              date_create: String(lead.created_at),
              pipeline_id: '50',
              tags: [{ id: '301', name: 'VIP' }],
              account_id: '12345678',
              custom_fields: fieldsOnTheWire,
              created_at: String(lead.created_at),
              updated_at: time,
            },
          ],
        },
        account: accountBlock,
      },
    ]);
  });

  it.each([
    ['kommo', 'https://renamed.kommo.com'],
    ['amocrm', 'https://renamed.amocrm.ru'],
  ] as const)('name the account as it is called now, on %s', async (flavour, self) => {
    const account = await subscribed('update_lead');
    Object.assign(account.context.account, { flavour, subdomain: 'renamed' });
    updateEntity(account.context, 'leads', entity(account, 'leads', 7001), { price: 10 }, admin);
    const [body] = await bodies(account);
    expect(body?.['account']).toEqual({ id: '12345678', subdomain: 'renamed', _links: { self } });
  });

  it('tell of adding, changing, a new responsible user, deleting and restoring', async () => {
    const account = await subscribed(
      'add_lead',
      'update_lead',
      'responsible_lead',
      'delete_lead',
      'restore_lead',
    );
    const lead = addEntity(account.context, 'leads', entity(account, 'leads', 7001), admin);
    updateEntity(account.context, 'leads', lead, { responsible_user_id: 12 }, admin);
    deleteEntity(account.context, 'leads', lead, admin);
    restoreEntity(account.context, 'leads', lead, admin);

    const id = String(lead.id);
    const sent = await bodies(account);
    expect(sent).toHaveLength(5);
    expect(sent).toEqual(
      expect.arrayContaining([
        { leads: { add: [expect.objectContaining({ id })] }, account: accountBlock },
        { leads: { update: [expect.objectContaining({ id })] }, account: accountBlock },
        {
          leads: {
            responsible: [
              expect.objectContaining({ id, responsible_user_id: '12', old_responsible_user_id: '11' }),
            ],
          },
          account: accountBlock,
        },
        { leads: { delete: [{ id, status_id: '501', pipeline_id: '50' }] }, account: accountBlock },
        { leads: { restore: [expect.objectContaining({ id })] }, account: accountBlock },
      ]),
    );
  });

  it('come only to webhooks that are subscribed and not disabled', async () => {
    const account = await subscribed('add_lead', 'update_contact');
    updateEntity(account.context, 'leads', entity(account, 'leads', 7001), { price: 1 }, admin);
    for (const webhook of account.context.account.webhooks.values()) webhook.disabled = true;
    updateEntity(account.context, 'contacts', entity(account, 'contacts', 8001), { name: 'New' }, admin);
    expect(await bodies(account)).toEqual([]);
  });
});

describe('webhooks of contacts and companies', () => {
  it('tell both under `contacts`, apart by their type', async () => {
    const account = await subscribed(
      ...['update_contact', 'update_company', 'delete_contact', 'delete_company', 'responsible_company'],
    );
    const contact = entity(account, 'contacts', 8001);
    const company = entity(account, 'companies', 9001);
    updateEntity(account.context, 'contacts', contact, { name: 'Olivia B.' }, admin);
    updateEntity(account.context, 'companies', company, { responsible_user_id: 13 }, admin);
    deleteEntity(account.context, 'contacts', contact, admin);
    deleteEntity(account.context, 'companies', company, admin);

    const leads = { '7001': { ID: '7001' }, '7002': { ID: '7002' } };
    const sent = await bodies(account);
    expect(sent).toHaveLength(5);
    expect(sent.map((body) => body['contacts'])).toEqual(
      expect.arrayContaining([
        {
          update: [
            expect.objectContaining({
              id: '8001',
              name: 'Olivia B.',
              type: 'contact',
              company_name: 'Northgate Bicycles',
              linked_company_id: '9001',
              linked_leads_id: expect.objectContaining(leads) as unknown,
            }),
          ],
        },
        {
          update: [
            expect.objectContaining({
              id: '9001',
              type: 'company',
              old_responsible_user_id: '11',
            }) as unknown,
          ],
        },
        { delete: [{ id: '8001', type: 'contact' }] },
        { delete: [{ id: '9001', type: 'company' }] },
      ]),
    );
  });

  it('carry phones with the id of their kind and the code of the field', async () => {
    const account = await subscribed('update_contact');
    updateEntity(account.context, 'contacts', entity(account, 'contacts', 8001), { name: 'New' }, admin);
    const [body] = await bodies(account);
    expect(JSON.stringify(body)).toMatch(
      /"name":"Phone","values":\[\{"value":"\+12025550101","enum":"\d+"\},.*?"code":"PHONE"/,
    );
  });
});

describe('webhooks of customers', () => {
  it('are told under `customers`', async () => {
    const account = await subscribed('update_customer', 'delete_customer');
    const customer = entity(account, 'customers', 6001);
    updateEntity(account.context, 'customers', customer, { next_price: 90 }, admin);
    deleteEntity(account.context, 'customers', customer, admin);
    expect((await bodies(account)).map((body) => body['customers'])).toEqual(
      expect.arrayContaining([
        { update: [expect.objectContaining({ id: '6001', next_price: '90' })] },
        { delete: [{ id: '6001' }] },
      ]),
    );
  });
});

describe('webhooks of tasks', () => {
  const draft = {
    text: 'Call back',
    complete_till: 1759438740,
    task_type_id: 1,
    entity_id: 7001,
    entity_type: 'leads',
    responsible_user_id: 11,
    duration: 0,
    is_completed: false,
    result: [],
  } as const;

  it('carry their dates as text and in seconds', async () => {
    const account = await subscribed('add_task');
    const task = addTask(account.context, { ...draft, result: [] }, admin);
    expect((await bodies(account)).map((body) => body['task'])).toEqual([
      {
        add: [
          {
            id: String(task.id),
            element_id: '7001',
            element_type: '2',
            task_type: '1',
            date_create: '2025-10-09 08:53:20',
            text: 'Call back',
            status: '0',
            account_id: '12345678',
            created_user_id: '11',
            last_modified: '2025-10-09 08:53:20',
            responsible_user_id: '11',
            complete_till: '2025-10-02 20:59:00',
            created_at: time,
            updated_at: time,
            complete_before: '1759438740',
          },
        ],
      },
    ]);
  });

  it('are two when a task is closed with a result, and one for every later change', async () => {
    const account = await subscribed('update_task', 'delete_task');
    const task = addTask(account.context, { ...draft, result: [] }, admin);
    updateTask(account.context, task, { is_completed: true, result: { text: 'Agreed' } }, admin);
    const closing = await bodies(account);
    expect(closing.map((body) => body['task'])).toEqual(
      expect.arrayContaining([
        { update: [expect.objectContaining({ status: '1', action_close: '1' })] },
        {
          update: [expect.objectContaining({ status: '1', action_close: '0', result: { text: 'Agreed' } })],
        },
      ]),
    );
    expect(JSON.stringify(closing).match(/Agreed/g)).toHaveLength(1);

    updateTask(account.context, task, { text: 'Called back' }, admin);
    expect(await bodies(account)).toHaveLength(3);
    deleteTask(account.context, task, admin);
    expect((await bodies(account)).at(-1)?.['task']).toEqual({ delete: [{ id: String(task.id) }] });
  });
});

describe('webhooks of notes', () => {
  it('wrap the note, misspell the attachment and carry metadata as JSON', async () => {
    const account = await subscribed('note_contact');
    const note = addNote(
      account.context,
      { entity_type: 'contacts', entity_id: 8001, note_type: 'common', params: { text: 'Hi' } },
      admin,
    );
    expect((await bodies(account)).map((body) => body['contacts'])).toEqual([
      {
        note: [
          {
            note: {
              text: 'Hi',
              attachement: '',
              date_create: '2025-10-09 11:53:20',
              note_type: '4',
              element_type: '1',
              element_id: '8001',
              catalog_id: '0',
              group_id: expect.any(String) as string,
              timestamp_x: '2025-10-09 11:53:20',
              account_id: '12345678',
              metadata: '{"event_source":{"id":11,"author_name":"Emma Clarke","type":1}}',
              created_by: '11',
              modified_by: '11',
              main_user_id: '11',
              id: String(note.id),
              created_at: time,
              updated_at: time,
            },
            type: 'contact',
          },
        ],
      },
    ]);
  });

  it.each<[NoteType, Record<string, unknown>, Record<string, unknown>]>([
    ['call_in', { phone: '+15550100' }, { note_type: '10', text: '{"phone":"+15550100"}' }],
    ['service_message', { service: 'Acme', text: 'Sent' }, { note_type: '25', text: 'Sent' }],
    [
      'attachment',
      { file_uuid: 'f1', version_uuid: 'v1', file_name: 'a.png' },
      { note_type: '5', text: 'a.png', attachement: 'drive/f1/v1/a.png' },
    ],
  ])('give %s its number and text', async (note_type, params, expected) => {
    const account = await subscribed('note_lead');
    addNote(account.context, { entity_type: 'leads', entity_id: 7001, note_type, params }, admin);
    expect((await bodies(account))[0]?.['leads']).toMatchObject({ note: [{ note: expected }] });
  });
});

describe('webhooks of incoming leads, messages and talks', () => {
  const unsorted: Unsorted = {
    uid: 'u-1',
    source_uid: 'acme-main',
    source_name: 'Acme VoIP',
    category: 'sip',
    pipeline_id: 50,
    created_at: startSeconds,
    metadata: { phone: '15550100', is_call_event_needed: true },
    account_id: 12345678,
    lead_ids: [7001],
    contact_ids: [8001],
    company_ids: [],
  };

  it('tell an incoming lead with what it would become', async () => {
    const account = await subscribed('add_unsorted');
    account.context.bus.emit('unsorted_added', { unsorted, ...admin });
    expect((await bodies(account)).map((body) => body['unsorted'])).toMatchObject([
      {
        add: [
          {
            uid: 'u-1',
            category: 'sip',
            source: 'Acme VoIP',
            source_data: { phone: '15550100', is_call_event_needed: '1' },
            data: { leads: [{ id: '7001' }], contacts: [{ id: '8001', type: 'contact' }] },
            pipeline_id: '50',
            lead_id: '7001',
          },
        ],
      },
    ]);
  });

  it.each(['accept', 'decline'] as const)('tell of %s as a deletion with its result', async (action) => {
    const account = await subscribed('delete_unsorted');
    account.context.bus.emit('unsorted_deleted', { unsorted, action, ...admin });
    expect((await bodies(account)).map((body) => body['unsorted'])).toEqual([
      {
        delete: [
          {
            action,
            uid: 'u-1',
            [`${action}_result`]: { leads: ['7001'] },
            category: 'sip',
            created_at: time,
            modified_user_id: '11',
          },
        ],
      },
    ]);
  });

  it('tell incoming messages that are not imported, with their talk, entity, author and attachment', async () => {
    const account = await subscribed('add_message', 'add_talk', 'update_talk');
    const { context } = account;
    const talk = {
      talk_id: 191,
      chat_id: 'chat-1',
      contact_id: 8001,
      entity_id: 7001,
      entity_type: 'lead' as const,
      created_at: startSeconds,
      updated_at: startSeconds,
      is_in_work: true,
      is_read: false,
      rate: 0,
      origin: 'telegram',
    };
    const avatar = 'https://example.com/olivia.png';
    const client = { id: 'user-1', client_id: 'c-1', name: 'Olivia', avatar, phone: '', email: '' };
    const message = {
      id: 'message-1',
      msgid: null,
      chat_id: 'chat-1',
      talk_id: 191,
      is_incoming: true,
      sender: client,
      receiver: null,
      msec_timestamp: startSeconds * 1000,
      reactions: new Map<string, string>(),
      content: { type: 'picture', text: 'Look', media: 'https://example.com/a.png' },
      created_at: startSeconds,
      delivery_status: null,
      delivery_error: null,
    };
    context.account.talks.set(191, talk);
    context.account.chats.set('chat-1', {
      ...{ id: 'chat-1', scope_id: 's', conversation_id: null, source_external_id: null, contact_id: 8001 },
      user: client,
      typing_hook_at: null,
    });
    context.bus.emit('message_added', { message, is_silent: false });
    context.bus.emit('message_added', { message: { ...message, id: 'imported' }, is_silent: true });
    const answer = { ...message, id: 'answer', is_incoming: false };
    context.bus.emit('message_added', { message: answer, is_silent: false });
    context.bus.emit('talk_added', { talk });

    expect(await bodies(account)).toEqual(
      expect.arrayContaining([
        {
          message: {
            add: [
              {
                id: 'message-1',
                chat_id: 'chat-1',
                talk_id: '191',
                contact_id: '8001',
                text: 'Look',
                created_at: time,
                attachment: { type: 'picture', link: 'https://example.com/a.png' },
                element_type: '2',
                entity_type: 'lead',
                element_id: '7001',
                entity_id: '7001',
                type: 'incoming',
                author: { id: 'user-1', type: 'external', name: 'Olivia', avatar_url: avatar },
                origin: 'telegram',
              },
            ],
          },
          account: accountBlock,
        },
        {
          talk: {
            add: [
              {
                talk_id: '191',
                created_at: time,
                updated_at: time,
                rate: '0',
                contact_id: '8001',
                chat_id: 'chat-1',
                entity_id: '7001',
                entity_type: 'lead',
                is_in_work: '1',
                is_read: '0',
                origin: 'telegram',
              },
            ],
          },
          account: accountBlock,
        },
      ]),
    );
    expect(account.receiver.received).toHaveLength(2);
  });
});

const fields: CustomFieldValues[] = [
  { field_id: 1, field_name: 'Note', field_code: null, field_type: 'text', values: [{ value: 'X' }] },
  { field_id: 2, field_name: 'Due', field_code: null, field_type: 'date', values: [{ value: 1412380800 }] },
  {
    field_id: 3,
    field_name: 'Size',
    field_code: null,
    field_type: 'radiobutton',
    values: [{ value: 'M', enum_id: 31 }],
  },
  { field_id: 4, field_name: 'Paid', field_code: null, field_type: 'checkbox', values: [{ value: true }] },
  {
    field_id: 5,
    field_name: 'Born',
    field_code: null,
    field_type: 'birthday',
    values: [{ value: 316483200 }],
  },
];

const fieldsOnTheWire = [
  { id: '1', name: 'Note', values: [{ value: 'X' }] },
  { id: '2', name: 'Due', values: ['1412380800'] },
  { id: '3', name: 'Size', values: { value: 'M', enum: '31' } },
  { id: '4', name: 'Paid', values: ['1'] },
  { id: '5', name: 'Born', values: [{ value: '12.01.1980' }] },
];

/** An account with one webhook for these events. */
async function subscribed(...settings: string[]): Promise<HookedAccount> {
  const account = await hookedAccount();
  account.context.account.webhooks.set(1, {
    ...{ id: 1, destination: account.receiver.url, created_at: 0, updated_at: 0, created_by: 11 },
    ...{ account_id: 12345678, sort: 10, disabled: false, settings },
  });
  return account;
}

/** What came so far. */
async function bodies(account: HookedAccount): Promise<Record<string, unknown>[]> {
  await account.hooks.idle();
  return account.receiver.received.map(({ body }) => body as Record<string, unknown>);
}

type Stores = HookedAccount['context']['account'];

function entity<T extends 'leads' | 'contacts' | 'companies' | 'customers'>(
  { context }: HookedAccount,
  type: T,
  id: number,
): NonNullable<ReturnType<Stores[T]['get']>> {
  const found = context.account[type].get(id);
  if (found === undefined) throw new Error(`the demo account has no ${type} ${id}`);
  return found as NonNullable<ReturnType<Stores[T]['get']>>;
}
