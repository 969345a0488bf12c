import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientUuid, openAccount, users } from './support/open-account.js';
import type { Json, OpenAccount } from './support/open-account.js';

let account: OpenAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

/** The n-th item under `_embedded` of an answer. */
function item(body: Json, name: string, index = 0): Json {
  return body['_embedded']?.[name]?.[index] as Json;
}

describe('notes', () => {
  test('a service message is written, told and read back', async () => {
    const { status, body } = await account.call('POST', '/api/v4/leads/7001/notes', [
      {
        note_type: 'extended_service_message',
        params: { service: 'Messenger', text: 'Sent' },
        request_id: 'n1',
      },
    ]);
    expect(status).toBe(200);
    expect(item(body, 'notes')).toMatchObject({ entity_id: 7001, request_id: 'n1' });
    expect(account.told()).toEqual(['note_added']);
    const list = await account.call('GET', '/api/v4/leads/7001/notes');
    expect(item(list.body, 'notes')).toMatchObject({
      note_type: 'extended_service_message',
      params: { service: 'Messenger', text: 'Sent' },
      created_by: users.admin,
    });
    expect((await account.call('GET', '/api/v4/leads/7002/notes')).status).toBe(204);
  });

  test.each([
    ['no params', { note_type: 'common' }, 'params'],
    [
      'a service message without service',
      { note_type: 'service_message', params: { text: 'x' } },
      'params.service',
    ],
    ['an unknown type', { note_type: 'shout', params: { text: 'x' } }, 'note_type'],
  ])('a note with %s is refused', async (_name, note, path) => {
    const { status, body } = await account.call('POST', '/api/v4/leads/7001/notes', [note]);
    expect(status).toBe(400);
    expect(body['validation-errors']?.[0]?.['errors']?.[0]?.['path']).toBe(path);
  });

  test('the body must be an array', async () => {
    const note = { note_type: 'common', params: { text: 'x' } };
    expect((await account.call('POST', '/api/v4/leads/7001/notes', note)).status).toBe(400);
  });

  test('is_need_to_trigger_digital_pipeline false keeps an incoming call from the digital pipeline', async () => {
    const call = { note_type: 'call_in', params: { duration: 1, source: 'pbx', phone: '+12025550101' } };
    const quiet = { ...call, is_need_to_trigger_digital_pipeline: false };
    await account.call('POST', '/api/v4/leads/7001/notes', [quiet]);
    expect(account.told()).toEqual(['note_added']);
    await account.call('POST', '/api/v4/leads/7001/notes', [call]);
    expect(account.told()).toEqual(['note_added', 'note_added', 'call_in']);
  });

  test('the form of version 2 takes numbers and wants both params of a service message', async () => {
    const note = {
      element_id: 7001,
      element_type: 2,
      note_type: 25,
      params: { text: 'Sent', service: 'Messenger' },
    };
    const { status, body } = await account.call('POST', '/api/v2/notes', { add: [note] });
    expect(status).toBe(200);
    const id = item(body, 'items')['id'] as unknown as number;
    expect(account.context.account.notes.get(id)).toMatchObject({
      note_type: 'service_message',
      entity_id: 7001,
    });
    const halved = { ...note, params: { text: 'Sent' } };
    expect((await account.call('POST', '/api/v2/notes', { add: [halved] })).status).toBe(400);
    expect((await account.call('POST', '/api/v2/notes', [note])).status).toBe(400);
  });
});

describe('history', () => {
  test('tells of a change of stage with both stages, newest first', async () => {
    await account.call('PATCH', '/api/v4/leads/7001', { name: 'Renamed' });
    await account.call('PATCH', '/api/v4/leads/7001', { status_id: 502 });
    const { body } = await account.call('GET', '/api/v4/events?filter[entity]=lead&filter[entity_id][]=7001');
    expect(item(body, 'events')).toMatchObject({
      type: 'lead_status_changed',
      value_before: [{ lead_status: { id: 501, pipeline_id: 50 } }],
      value_after: [{ lead_status: { id: 502, pipeline_id: 50 } }],
    });
    expect(item(body, 'events', 1)['type']).toBe('name_field_changed');
    expect(typeof item(body, 'events')['id']).toBe('string');
  });

  test('takes at most ten entities in a filter', async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `filter[entity_id][]=${index}`).join('&');
    expect((await account.call('GET', `/api/v4/events?${ids}`)).status).toBe(400);
  });
});

describe('tasks', () => {
  test('a task dates its lead until it is completed', async () => {
    const { body } = await account.call('POST', '/api/v4/tasks', [
      { text: 'Call', complete_till: 1_760_003_600, entity_id: 7001, entity_type: 'leads', request_id: 't' },
    ]);
    const id = String(item(body, 'tasks')['id']);
    expect(account.context.account.leads.get(7001)?.closest_task_at).toBe(1_760_003_600);
    await account.call('PATCH', `/api/v4/tasks/${id}`, { is_completed: true, result: { text: 'Done' } });
    expect(account.context.account.leads.get(7001)?.closest_task_at).toBeNull();
    const read = await account.call('GET', `/api/v4/tasks/${id}`);
    expect(read.body).toMatchObject({ is_completed: true, result: { text: 'Done' }, task_type_id: 1 });
    expect(account.told()).toEqual(['task_added', 'task_updated']);
  });

  test('text and complete_till are a must', async () => {
    const { status, body } = await account.call('POST', '/api/v4/tasks', [{}]);
    expect(status).toBe(400);
    const paths = body['validation-errors']?.[0]?.['errors']?.map((error) => error['path']);
    expect(paths).toEqual(['text', 'complete_till']);
  });
});

describe('calls', () => {
  const call = { direction: 'inbound', duration: 37, source: 'pbx', uniq: 'u1', request_id: 'q1' };

  async function place(phone: string): Promise<Json> {
    const { body } = await account.call('POST', '/api/v4/calls', [{ ...call, phone }]);
    return item(body, 'calls');
  }

  test('go to the only active lead of a number without customers, however it is written', async () => {
    expect(await place('8 (305) 555-0104')).toMatchObject({ entity_type: 'lead', entity_id: 7003 });
  });

  test('go to the only customer of a number without active leads', async () => {
    await account.call('PATCH', '/api/v4/leads/7017', { status_id: 142 });
    expect(await place('+16025550122')).toMatchObject({ entity_type: 'customer', entity_id: 6003 });
  });

  test('go to the contact or company when there are several, or leads and customers', async () => {
    expect(await place('+12025550101')).toMatchObject({ entity_type: 'contact', entity_id: 8001 });
    expect(await place('+16465550180')).toMatchObject({ entity_type: 'company', entity_id: 9001 });
    expect(await place('+16025550122')).toMatchObject({ entity_type: 'contact', entity_id: 8018 });
  });

  test('an unknown number is not added, and says so in errors of a 200', async () => {
    const { status, body } = await account.call('POST', '/api/v4/calls', [
      { ...call, phone: '+19995550000' },
      { ...call, phone: '+13055550104', request_id: 'q2' },
    ]);
    expect(status).toBe(200);
    expect(body['errors']).toMatchObject([{ request_id: 'q1' }]);
    expect(item(body, 'calls')).toMatchObject({ request_id: 'q2' });
    expect(body['_total_items']).toBe(1);
  });

  test('a call without an author is the robot’s, and an incoming one of a lead sets off the trigger', async () => {
    await account.call('POST', '/api/v4/calls', [{ ...call, phone: '+13055550104' }]);
    expect(account.events.at(0)?.event).toMatchObject({ note: { created_by: 0, note_type: 'call_in' } });
    expect(account.events.at(1)).toEqual({ name: 'call_in', event: { element_type: 2, id: 7003 } });
  });

  test('direction, duration, source and phone are a must', async () => {
    const { body } = await account.call('POST', '/api/v4/calls', [{}]);
    const paths = body['validation-errors']?.[0]?.['errors']?.map((error) => error['path']);
    expect(paths).toEqual(['direction', 'duration', 'source', 'phone']);
  });
});

describe('incoming leads', () => {
  const sip = {
    request_id: 'u1',
    source_name: 'PBX',
    source_uid: 'pbx-main',
    pipeline_id: 60,
    metadata: {
      is_call_event_needed: true,
      uniq: 'pbx-1',
      duration: 0,
      service_code: 'pbx',
      link: 'https://example.com/1',
      phone: '12025550177',
      called_at: 1_760_000_000,
      from: 'PBX',
    },
    _embedded: {
      leads: [{ name: 'Call +12025550177' }],
      contacts: [
        {
          name: '+12025550177',
          custom_fields_values: [
            { field_code: 'PHONE', values: [{ value: '+12025550177', enum_code: 'WORK' }] },
          ],
        },
      ],
    },
  };

  async function add(): Promise<{ uid: string; lead: number }> {
    const { body } = await account.call('POST', '/api/v4/leads/unsorted/sip', [sip]);
    const one = item(body, 'unsorted');
    const lead = one['_embedded']?.['leads']?.[0]?.['id'] as unknown as number;
    return { uid: String(one['uid']), lead };
  }

  test('wait in the stage for incoming leads and are told as unsorted only', async () => {
    const { uid, lead } = await add();
    expect(account.told()).toEqual(['unsorted_added']);
    expect(account.context.account.leads.get(lead)).toMatchObject({ pipeline_id: 60, status_id: 600 });
    const { body } = await account.call('GET', '/api/v4/leads/unsorted?filter[category][]=sip');
    expect(item(body, 'unsorted')).toMatchObject({ uid, category: 'sip' });
  });

  test('become leads when accepted', async () => {
    const { uid, lead } = await add();
    const answer = await account.call('POST', `/api/v4/leads/unsorted/${uid}/accept`, {
      user_id: users.manager,
      status_id: 602,
    });
    expect(answer.status).toBe(200);
    expect(account.context.account.leads.get(lead)).toMatchObject({
      status_id: 602,
      responsible_user_id: users.manager,
    });
    expect(account.told().slice(1)).toEqual([
      'unsorted_deleted',
      'contact_added',
      'lead_added',
      'lead_updated',
      'lead_responsible_changed',
      'lead_status_changed',
    ]);
    expect((await account.call('POST', `/api/v4/leads/unsorted/${uid}/accept`, {})).status).toBe(404);
  });

  test('disappear with their lead when declined', async () => {
    const { uid, lead } = await add();
    expect((await account.call('DELETE', `/api/v4/leads/unsorted/${uid}/decline`)).status).toBe(200);
    expect(account.events.at(-1)?.event).toMatchObject({ action: 'decline' });
    expect((await account.call('GET', `/api/v4/leads/${lead}`)).status).toBe(204);
    expect((await account.call('GET', '/api/v4/leads/unsorted')).status).toBe(204);
  });

  test('want every mandatory field', async () => {
    const { status, body } = await account.call('POST', '/api/v4/leads/unsorted/sip', [
      { ...sip, metadata: { phone: '1' }, source_uid: undefined },
    ]);
    expect(status).toBe(400);
    const paths = body['validation-errors']?.[0]?.['errors']?.map((error) => error['path']);
    expect(paths).toEqual(expect.arrayContaining(['source_uid', 'metadata.uniq', 'metadata.called_at']));
    expect(account.context.account.leads.size).toBe(20);
  });
});

describe('webhooks', () => {
  const hook = { destination: 'https://example.com/hook?key=1', settings: ['add_lead', 'status_lead'] };

  test('are known by their address: a second POST replaces the events', async () => {
    const first = await account.call('POST', '/api/v4/webhooks', hook);
    expect(first.status).toBe(201);
    await account.call('POST', '/api/v4/webhooks', { ...hook, settings: ['note_lead'] });
    const { body } = await account.call('GET', '/api/v4/webhooks');
    expect(body['_embedded']?.['webhooks']).toMatchObject([
      { id: first.body['id'], settings: ['note_lead'] },
    ]);
    expect((await account.call('DELETE', '/api/v4/webhooks', { destination: hook.destination })).status).toBe(
      204,
    );
    expect((await account.call('DELETE', '/api/v4/webhooks', { destination: hook.destination })).status).toBe(
      404,
    );
    expect((await account.call('GET', '/api/v4/webhooks')).status).toBe(204);
  });

  test.each([
    ['an unknown event', { ...hook, settings: ['lead_sings'] }],
    ['no events', { ...hook, settings: [] }],
    ['no address', { settings: ['add_lead'] }],
    ['an address that is none', { ...hook, destination: 'example' }],
    ['a Cyrillic host', { ...hook, destination: 'https://пример.example.com/' }],
  ])('with %s are refused', async (_name, body) => {
    expect((await account.call('POST', '/api/v4/webhooks', body)).status).toBe(400);
  });
});

describe('sources and widgets', () => {
  beforeEach(() => {
    account.context.account.widgets.set('demo_widget', {
      id: 1,
      code: 'demo_widget',
      version: '1.0.0',
      manifest: {
        locations: ['lead_sources', 'digital_pipeline'],
        settings: { key: { name: 'settings.key', type: 'text', required: true } },
      },
      files: new Map(),
      client_uuid: clientUuid,
      status: 'install',
      is_active: false,
      settings: {},
    });
  });

  test('an integration sees its own sources only', async () => {
    const source = { name: 'Main', external_id: 'main', pipeline_id: 60, request_id: 's' };
    const { body } = await account.call('POST', '/api/v4/sources', [source]);
    const id = String(item(body, 'sources')['id']);
    expect((await account.call('GET', `/api/v4/sources/${id}`)).status).toBe(200);
    const other = await account.call('GET', '/api/v4/sources', undefined, { client: 'another' });
    expect(other.status).toBe(403);
    expect((await account.call('POST', '/api/v4/sources', [source])).status).toBe(400);
    expect((await account.call('DELETE', `/api/v4/sources/${id}`)).status).toBe(204);
    expect((await account.call('GET', '/api/v4/sources')).status).toBe(204);
  });

  test('several sources are deleted in one call, or none when one of them is not there', async () => {
    const drafts = ['one', 'two', 'three'].map((external_id) => ({ name: external_id, external_id }));
    await account.call('POST', '/api/v4/sources', drafts);
    const ids = [...account.context.account.sources.keys()].map((id) => ({ id }));
    expect((await account.call('DELETE', '/api/v4/sources', [...ids, { id: 1 }])).status).toBe(400);
    expect(account.context.account.sources.size).toBe(3);
    expect((await account.call('DELETE', '/api/v4/sources', ids.slice(1))).status).toBe(204);
    expect([...account.context.account.sources.values()].map((one) => one.external_id)).toEqual(['one']);
  });

  test('there are at most 50 sources in a call and 100 in all', async () => {
    const drafts = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: 'x', external_id: `id ${from + index}` }));
    const add = async (from: number, count: number) =>
      (await account.call('POST', '/api/v4/sources', drafts(from, count))).status;
    expect(await add(0, 51)).toBe(400);
    expect(await add(0, 50)).toBe(200);
    expect(await add(50, 50)).toBe(200);
    expect(await add(100, 1)).toBe(400);
    expect(account.context.account.sources.size).toBe(100);
  });

  test('the external_id of a source stays, whatever a change says', async () => {
    await account.call('POST', '/api/v4/sources', [{ name: 'x', external_id: 'main' }]);
    const [id] = account.context.account.sources.keys();
    const { body } = await account.call('PATCH', `/api/v4/sources/${id}`, { name: 'y', external_id: 'new' });
    expect(body).toMatchObject({ name: 'y', external_id: 'main' });
  });

  test.each([
    ['37 characters', 'x'.repeat(37)],
    ['other than printable ASCII', 'é'],
  ])('an external_id of %s is refused', async (_name, external_id) => {
    expect((await account.call('POST', '/api/v4/sources', [{ name: 'x', external_id }])).status).toBe(400);
  });

  test('a lead can name its source when it is made', async () => {
    const { body } = await account.call('POST', '/api/v4/sources', [{ name: 'Main', external_id: 'main' }]);
    const lead = { name: 'x', _embedded: { source: { external_id: 'main' } } };
    const added = await account.call('POST', '/api/v4/leads', [lead]);
    const read = await account.call(
      'GET',
      `/api/v4/leads/${String(item(added.body, 'leads')['id'])}?with=source_id`,
    );
    expect(read.body['source_id']).toBe(item(body, 'sources')['id']);
  });

  test('a widget is installed with its settings, which only its integration reads', async () => {
    const missing = await account.call('POST', '/api/v4/widgets/demo_widget', {});
    expect(missing.status).toBe(400);
    const installed = await account.call('POST', '/api/v4/widgets/demo_widget', { key: 'abc' });
    expect(installed.body).toMatchObject({
      is_active_in_account: true,
      is_work_with_dp: true,
      settings: { key: 'abc' },
      settings_template: [{ key: 'key', type: 'text', is_required: true }],
    });
    const foreign = await account.call('GET', '/api/v4/widgets/demo_widget', undefined, {
      client: 'another',
    });
    expect(foreign.status).toBe(200);
    expect(foreign.body).not.toHaveProperty('settings');
    expect((await account.call('DELETE', '/api/v4/widgets/demo_widget')).status).toBe(204);
    expect(account.context.account.widgets.get('demo_widget')?.is_active).toBe(false);
  });
});

describe('chats and talks', () => {
  beforeEach(() => {
    const { chats, talks } = account.context.account;
    chats.set('chat-1', {
      id: 'chat-1',
      scope_id: 'scope',
      conversation_id: 'c1',
      source_external_id: null,
      contact_id: null,
      user: { id: 'u1', client_id: 'u1', name: 'Guest', phone: '', email: '', avatar: '' },
      typing_hook_at: null,
    });
    talks.set(5, {
      talk_id: 5,
      chat_id: 'chat-1',
      contact_id: null,
      entity_id: null,
      entity_type: null,
      created_at: 0,
      updated_at: 0,
      is_in_work: true,
      is_read: false,
      rate: 0,
      origin: 'demo',
    });
  });

  test('a chat is linked with a contact, and so is its talk', async () => {
    const { status } = await account.call('POST', '/api/v4/contacts/chats', [
      { contact_id: 8001, chat_id: 'chat-1' },
    ]);
    expect(status).toBe(200);
    expect(account.context.account.chats.get('chat-1')?.contact_id).toBe(8001);
    const talk = await account.call('GET', '/api/v4/talks/5');
    expect(talk.body).toMatchObject({ talk_id: 5, contact_id: 8001 });
    const wrong = [{ contact_id: 8001, chat_id: 'chat-2' }];
    expect((await account.call('POST', '/api/v4/contacts/chats', wrong)).status).toBe(400);
  });

  test('a talk is closed', async () => {
    expect((await account.call('POST', '/api/v4/talks/5/close')).status).toBe(202);
    expect(account.context.account.talks.get(5)?.is_in_work).toBe(false);
    expect(account.told()).toEqual(['talk_updated']);
    expect((await account.call('POST', '/api/v4/talks/6/close')).status).toBe(404);
  });
});

describe('the account itself', () => {
  test('tells its extras only when asked', async () => {
    const plain = await account.call('GET', '/api/v4/account');
    expect(plain.body).toMatchObject({ id: 12345678, subdomain: 'demo', current_user_id: users.admin });
    expect(plain.body).not.toHaveProperty('amojo_id');
    const full = await account.call(
      'GET',
      '/api/v4/account?with=amojo_id,task_types,users_groups,is_api_filter_enabled',
    );
    expect(full.body).toMatchObject({
      amojo_id: account.context.account.amojo_id,
      is_api_filter_enabled: true,
      _embedded: { task_types: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    });
  });

  test('pipelines come with their stages', async () => {
    const { body } = await account.call('GET', '/api/v4/leads/pipelines');
    const statuses = item(body, 'pipelines')['_embedded']?.['statuses'] ?? [];
    expect(statuses.map((status) => status['id'])).toEqual([500, 501, 502, 503, 504, 142, 143]);
    expect(statuses[0]?.['type']).toBe(1);
  });

  test('custom fields and users are read', async () => {
    const fields = await account.call('GET', '/api/v4/contacts/custom_fields');
    expect(fields.body['_embedded']?.['custom_fields']?.map((field) => field['code'])).toContain('PHONE');
    const list = await account.call('GET', '/api/v4/users');
    expect(list.body['_embedded']?.['users']?.map((user) => user['rights']?.['is_admin'])).toEqual([
      true,
      false,
      false,
    ]);
  });
});
