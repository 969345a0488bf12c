import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccount, users } from './support/open-account.js';
import type { Json, OpenAccount } from './support/open-account.js';

let account: OpenAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

function first(body: Json, name: string): Json {
  const [one] = body['_embedded']?.[name] ?? [];
  if (one === undefined) throw new Error(`The answer embeds no ${name}.`);
  return one;
}

describe('custom fields', () => {
  const size = { name: 'Size', type: 'select', code: 'SIZE', enums: [{ value: 'S' }, { value: 'L' }] };

  test('are made with 201, filled by their code, and take their values with them when they are deleted', async () => {
    const made = await account.call('POST', '/api/v4/leads/custom_fields', [{ ...size, request_id: 'f1' }]);
    expect(made.status).toBe(201);
    const field = first(made.body, 'custom_fields');
    expect(field).toMatchObject({ name: 'Size', type: 'select', code: 'SIZE', request_id: 'f1' });
    const filled = [{ field_code: 'SIZE', values: [{ value: 'L' }] }];
    await account.call('PATCH', '/api/v4/leads/7001', { custom_fields_values: filled });
    const lead = await account.call('GET', '/api/v4/leads/7001');
    const values = lead.body['custom_fields_values']?.filter((one) => String(one['field_code']) === 'SIZE');
    expect(values).toMatchObject([
      { field_id: field['id'], values: [{ value: 'L', enum_id: field['enums']?.[1]?.['id'] }] },
    ]);

    const path = `/api/v4/leads/custom_fields/${String(field['id'])}`;
    expect((await account.call('DELETE', path)).status).toBe(204);
    expect((await account.call('GET', path)).status).toBe(204);
    expect((await account.call('GET', '/api/v4/leads/7001')).text).not.toContain('SIZE');
  });

  test('change their name and choices, also where they are filled', async () => {
    const { body } = await account.call('POST', '/api/v4/leads/custom_fields', [size]);
    const { id, enums } = first(body, 'custom_fields');
    await account.call('PATCH', '/api/v4/leads/7001', {
      custom_fields_values: [{ field_id: id, values: [{ value: 'S' }] }],
    });
    const changed = await account.call('PATCH', `/api/v4/leads/custom_fields/${String(id)}`, {
      name: 'Clothes',
      enums: [enums?.[0], { value: 'XL' }],
    });
    expect(changed.body).toMatchObject({ name: 'Clothes', enums: [enums?.[0], { value: 'XL' }] });
    const lead = await account.call('GET', '/api/v4/leads/7001');
    expect(lead.text).toContain('"field_name":"Clothes"');
    const several = await account.call('PATCH', '/api/v4/leads/custom_fields', [{ id, sort: 7 }]);
    expect(first(several.body, 'custom_fields')).toMatchObject({ id, name: 'Clothes', sort: 7 });
  });

  test.each([
    ['without a name', { type: 'text' }, 'name'],
    ['of a type that the sandbox does not hold', { name: 'x', type: 'legal_entity' }, 'type'],
    ['that chooses from nothing', { name: 'x', type: 'select' }, 'enums'],
    ['with the code of another one', { name: 'x', type: 'text', code: 'PHONE' }, 'code'],
  ])('%s are refused', async (_name, field, path) => {
    const answer = await account.call('POST', '/api/v4/contacts/custom_fields', [field]);
    expect(answer.status).toBe(400);
    expect(answer.body['validation-errors']?.[0]?.['errors']?.[0]?.['path']).toBe(path);
  });

  test('are for administrators to change, and those that the account came with stay', async () => {
    const foreign = await account.call('POST', '/api/v4/leads/custom_fields', [size], {
      user: users.manager,
    });
    expect(foreign.status).toBe(403);
    expect((await account.call('DELETE', '/api/v4/contacts/custom_fields/427002')).status).toBe(400);
  });
});

describe('templates of chat messages', () => {
  const template = { name: 'Hello', content: 'Hello {{contact.name}}', external_id: 'h', request_id: 't' };
  const path = '/api/v4/chats/templates';

  test('are made, read, changed and deleted by the integration whose they are', async () => {
    const made = await account.call('POST', path, [
      { ...template, buttons: [{ type: 'url', text: 'Site', url: 'https://example.com' }] },
    ]);
    const { id } = first(made.body, 'chat_templates');
    expect(first(made.body, 'chat_templates')).toMatchObject({
      ...template,
      type: 'amocrm',
      is_editable: false,
      attachment: null,
      buttons: [{ type: 'url', text: 'Site', url: 'https://example.com' }],
    });
    expect(made.text).not.toContain('client_uuid');
    const found = await account.call('GET', `${path}?filter[external_id]=h`);
    expect(found.body['_embedded']?.['chat_templates']).toHaveLength(1);
    expect((await account.call('GET', path, undefined, { client: 'another' })).status).toBe(204);
    expect(
      (await account.call('GET', `${path}/${String(id)}`, undefined, { client: 'another' })).status,
    ).toBe(404);

    const changed = await account.call('PATCH', `${path}/${String(id)}`, { content: 'Good day' });
    expect(changed.body).toMatchObject({ id, name: 'Hello', content: 'Good day' });
    expect((await account.call('DELETE', path, [{ id }])).status).toBe(204);
    expect((await account.call('GET', path)).status).toBe(204);
  });

  test('of WhatsApp are reviewed for each source, and are drafts no longer', async () => {
    account.context.account.sources.set(1, {
      ...{ id: 1, name: 'WhatsApp', pipeline_id: 50, external_id: 'wa', default: true, origin_code: null },
      ...{ services: [], client_uuid: '0a1b2c3d-1111-4222-8333-444455556666' },
    });
    const made = await account.call('POST', path, [{ ...template, type: 'waba', waba_category: 'UTILITY' }]);
    const own = `${path}/${String(first(made.body, 'chat_templates')['id'])}`;
    const draft = await account.call('GET', `${own}?with=reviews`);
    expect(draft.body).toMatchObject({ review_status: null, is_on_review: null });
    const sent = await account.call('POST', `${own}/review`, {});
    const review = first(sent.body, 'reviews');
    expect(review).toMatchObject({ source_id: 1, status: 'review', reject_reason: '' });
    const rejected = { status: 'rejected', reject_reason: 'Too short' };
    expect((await account.call('POST', `${own}/review/${String(review['id'])}`, rejected)).body).toEqual({
      ...{ id: review['id'], source_id: 1 },
      ...rejected,
    });
    const read = await account.call('GET', `${own}?with=reviews`);
    expect(read.body).toMatchObject({ review_status: 'rejected', is_on_review: false });
    expect((await account.call('PATCH', own, { content: 'x' })).status).toBe(400);
  });

  test('are at most fifty in a call, with a name and a content', async () => {
    const many = Array.from({ length: 51 }, () => template);
    expect((await account.call('POST', path, many)).status).toBe(400);
    expect((await account.call('POST', path, [{ name: 'x' }])).status).toBe(400);
  });
});

describe('notices of calls', () => {
  const notice = (changes: object = {}) => ({
    add: [{ type: 'phone_call', phone_number: '+1 555 0199', ...changes }],
  });

  test('tell users of a number that nobody has, without a card', async () => {
    const { status, body } = await account.call('POST', '/api/v2/events', notice({ users: ['12', 11] }));
    expect(status).toBe(200);
    const item = first(body, 'items');
    expect(item).toMatchObject({ element_id: null, element_type: null, phone_number: '+1 555 0199' });
    expect(account.events).toMatchObject([
      { name: 'phone_call', event: { uid: item['uid'], users: [12, 11], place: null } },
    ]);
  });

  test('name the card that a call of the number would go to', async () => {
    const phone = [{ field_code: 'PHONE', values: [{ value: '+1 555 0199' }] }];
    const contact = [{ name: 'Ann', custom_fields_values: phone }];
    const { body } = await account.call('POST', '/api/v4/contacts', contact);
    const told = await account.call('POST', '/api/v2/events', notice());
    expect(first(told.body, 'items')).toMatchObject({
      element_id: first(body, 'contacts')['id'],
      element_type: 1,
    });
    expect(account.events.at(-1)).toMatchObject({ name: 'phone_call', event: { users: null } });
  });

  test.each([
    ['another type', notice({ type: 'mail' })],
    ['a user who is not there', notice({ users: [99] })],
    ['no number', { add: [{ type: 'phone_call' }] }],
    ['no list', {}],
  ])('with %s are refused', async (_name, body) => {
    expect((await account.call('POST', '/api/v2/events', body)).status).toBe(400);
  });
});

test('the summary of incoming leads counts those that wait and those that were settled', async () => {
  const metadata = {
    ...{ uniq: 'c', duration: 0, service_code: 'a', link: '', phone: '15550100', from: 'A' },
    called_at: 1_760_000_000,
  };
  const lead = { source_name: 'A', source_uid: 'a', metadata, _embedded: { leads: [{ name: 'x' }] } };
  const { body } = await account.call('POST', '/api/v4/leads/unsorted/sip', [lead, lead, lead]);
  const uids = (body['_embedded']?.['unsorted'] ?? []).map((one) => String(one['uid']));
  account.moveClock(60_000);
  await account.call('POST', `/api/v4/leads/unsorted/${uids[0] ?? ''}/accept`, {});
  account.moveClock(60_000);
  await account.call('DELETE', `/api/v4/leads/unsorted/${uids[1] ?? ''}/decline`);
  const summary = await account.call('GET', '/api/v4/leads/unsorted/summary');
  expect(summary.body).toEqual({
    ...{ total: 1, accepted: 1, declined: 1, average_sort_time: 90 },
    categories: { sip: { total: 1 }, mail: { total: 0 }, forms: { total: 0 }, chats: { total: 0 } },
  });
  const later = await account.call('GET', '/api/v4/leads/unsorted/summary?filter[created_at]=1760000001');
  expect(later.body).toMatchObject({ total: 0, accepted: 0, declined: 0 });
});
