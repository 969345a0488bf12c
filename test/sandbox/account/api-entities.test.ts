import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedFieldIds } from '../../../src/sandbox/account/seed-fields.js';
import { openAccount, users } from './support/open-account.js';
import type { OpenAccount } from './support/open-account.js';

let account: OpenAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

describe('reading', () => {
  test('a lead comes as HAL with its contacts, the main one marked', async () => {
    const { status, type, body } = await account.call('GET', '/api/v4/leads/7002?with=contacts');
    expect([status, type]).toEqual([200, 'application/hal+json; charset=utf-8']);
    expect(body).toMatchObject({
      id: 7002,
      status_id: 502,
      pipeline_id: 50,
      _links: { self: { href: `${account.url}/api/v4/leads/7002` } },
      _embedded: {
        contacts: [
          { id: 8002, is_main: false },
          { id: 8001, is_main: true },
        ],
      },
    });
  });

  test('what is not asked for with `with` is not there', async () => {
    const { body } = await account.call('GET', '/api/v4/leads/7002');
    expect(body['_embedded']).not.toHaveProperty('contacts');
    expect(body).not.toHaveProperty('source_id');
  });

  test('a lead that is not there is 204 without a body', async () => {
    const { status, text } = await account.call('GET', '/api/v4/leads/1');
    expect([status, text]).toEqual([204, '']);
  });

  test('pages follow one another by `next` until it is missing', async () => {
    const ids: unknown[] = [];
    let path: string | undefined = '/api/v4/leads?limit=8&with=contacts';
    let pages = 0;
    while (path !== undefined) {
      const { body } = await account.call('GET', path);
      pages++;
      expect(body['_page']).toBe(pages);
      ids.push(...(body['_embedded']?.['leads'] ?? []).map((lead) => lead['id']));
      const next = body['_links']?.['next']?.['href'] as unknown as string | undefined;
      path = next?.replace(account.url, '');
    }
    expect(pages).toBe(3);
    expect(new Set(ids).size).toBe(20);
    expect((await account.call('GET', '/api/v4/leads?limit=8&page=4')).status).toBe(204);
  });

  test.each([
    ['filter[id][]=7001&filter[id][]=7003', [7001, 7003]],
    ['filter[name][]=Loja%20virtual', [7006]],
    ['filter[statuses][0][pipeline_id]=60&filter[statuses][0][status_id]=602', [7014, 7018]],
    ['filter[price][from]=20000', [7003, 7015]],
    ['query=kopi', [7012, 7013]],
    ['filter%5Bid%5D%5B%5D=7001', [7001]],
  ])('leads?%s', async (query, ids) => {
    const { body } = await account.call('GET', `/api/v4/leads?${query}`);
    expect((body['_embedded']?.['leads'] ?? []).map((lead) => lead['id'])).toEqual(ids);
  });

  test('contacts are found by their phone however it is written', async () => {
    const { body } = await account.call('GET', '/api/v4/contacts?query=(202)%20555-0102');
    expect(body['_embedded']?.['contacts']?.[0]?.['id']).toBe(8001);
  });

  test('customers that are off answer 402 or 425', async () => {
    account.context.account.customers_mode = 'unavailable';
    expect((await account.call('GET', '/api/v4/customers')).status).toBe(402);
    account.context.account.customers_mode = 'disabled';
    expect((await account.call('GET', '/api/v4/customers')).status).toBe(425);
  });
});

describe('writing', () => {
  test('new leads get the defaults, echo request_id and do not store it', async () => {
    const { body } = await account.call('POST', '/api/v4/leads', [
      { name: 'One', request_id: 'r1', _embedded: { contacts: [{ id: 8001, is_main: true }] } },
      { name: 'Two' },
    ]);
    const [one, two] = body['_embedded']?.['leads'] ?? [];
    expect([one?.['request_id'], two?.['request_id']]).toEqual(['r1', '1']);
    const id = one?.['id'] as unknown as number;
    expect(account.context.account.leads.get(id)).toMatchObject({
      name: 'One',
      pipeline_id: 50,
      status_id: 501,
      responsible_user_id: users.admin,
    });
    expect(account.context.account.leads.get(id)).not.toHaveProperty('request_id');
    expect(account.told()).toEqual(['lead_added', 'lead_added']);
    const read = await account.call('GET', `/api/v4/leads/${id}?with=contacts`);
    expect(read.body['_embedded']?.['contacts']).toMatchObject([{ id: 8001, is_main: true }]);
  });

  test('who hears of a new lead finds its contacts', async () => {
    let links: unknown;
    account.context.bus.on('lead_added', ({ lead }) => {
      links = account.context.account.links.get(`leads/${lead.id}`);
    });
    await account.call('POST', '/api/v4/leads', [{ _embedded: { contacts: [{ id: 8001 }] } }]);
    expect(links).toMatchObject([{ to_entity_id: 8001, metadata: { main_contact: true } }]);
  });

  test('one wrong item refuses the whole request with its path and request_id', async () => {
    const before = account.context.account.leads.size;
    const { status, body } = await account.call('POST', '/api/v4/leads', [
      { name: 'Sound' },
      { request_id: 'bad', price: 'much', custom_fields_values: [{ field_id: 1, values: [{ value: 'x' }] }] },
    ]);
    expect(status).toBe(400);
    expect(body['validation-errors']).toEqual([
      {
        request_id: 'bad',
        errors: expect.arrayContaining([
          expect.objectContaining({ code: 'InvalidType', path: 'price' }),
          expect.objectContaining({ code: 'NotSupportedChoice', path: 'custom_fields_values.0.field_id' }),
        ]) as unknown,
      },
    ]);
    expect(account.context.account.leads.size).toBe(before);
    expect(account.told()).toEqual([]);
  });

  test('a change of stage is told with the old stage, after the update', async () => {
    const { body } = await account.call('PATCH', '/api/v4/leads', [
      { id: 7001, status_id: 601, pipeline_id: 60 },
    ]);
    expect(body['_embedded']?.['leads']?.[0]).toMatchObject({ id: 7001, updated_at: 1_760_000_000 });
    expect(account.told()).toEqual(['lead_updated', 'lead_status_changed']);
    expect(account.events[1]?.event).toMatchObject({
      old_pipeline_id: 50,
      old_status_id: 501,
      lead: { id: 7001, pipeline_id: 60, status_id: 601 },
      by: users.admin,
    });
  });

  test('closing a lead as lost dates it and takes a reason; reopening takes both away', async () => {
    await account.call('PATCH', '/api/v4/leads/7001', { status_id: 143, loss_reason_id: 401 });
    const lead = account.context.account.leads.get(7001);
    expect(lead).toMatchObject({
      status_id: 143,
      pipeline_id: 50,
      closed_at: 1_760_000_000,
      loss_reason_id: 401,
    });
    const read = await account.call('GET', '/api/v4/leads/7001?with=loss_reason');
    expect(read.body['_embedded']?.['loss_reason']).toMatchObject([{ id: 401 }]);
    await account.call('PATCH', '/api/v4/leads/7001', { status_id: 502 });
    expect(lead).toMatchObject({ closed_at: null, loss_reason_id: null });
  });

  test('a lead cannot go to a stage of another pipeline', async () => {
    const answer = await account.call('PATCH', '/api/v4/leads/7001', { pipeline_id: 60, status_id: 502 });
    expect(answer.status).toBe(400);
    expect(account.context.account.leads.get(7001)?.pipeline_id).toBe(50);
  });

  test('writing what is there already is told to nobody', async () => {
    await account.call('PATCH', '/api/v4/leads/7001', { price: 12400, status_id: 501 });
    expect(account.told()).toEqual([]);
  });

  test('a change of the responsible user and of the stage of a customer are told', async () => {
    await account.call('PATCH', '/api/v4/contacts/8001', { responsible_user_id: users.manager });
    await account.call('PATCH', '/api/v4/customers/6001', { status_id: 702 });
    expect(account.told()).toEqual([
      'contact_updated',
      'contact_responsible_changed',
      'customer_updated',
      'customer_period_changed',
    ]);
  });

  test('is_need_to_trigger_digital_pipeline reaches the bus', async () => {
    await account.call('PATCH', '/api/v4/leads/7001', {
      status_id: 502,
      is_need_to_trigger_digital_pipeline: false,
    });
    expect(account.events[1]?.event).toMatchObject({ triggersDigitalPipeline: false });
  });

  test('phones are written by code and read with field, kind and id', async () => {
    await account.call('PATCH', '/api/v4/contacts/8019', {
      custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+12025550199', enum_code: 'MOB' }] }],
    });
    const { body } = await account.call('GET', '/api/v4/contacts/8019');
    expect(body['custom_fields_values']).toContainEqual({
      field_id: seedFieldIds.contactPhone,
      field_name: 'Phone',
      field_code: 'PHONE',
      field_type: 'multitext',
      values: [{ value: '+12025550199', enum_id: 428003, enum_code: 'MOB' }],
    });
  });

  test('an unknown kind of phone and an unknown choice are refused', async () => {
    const { body } = await account.call('PATCH', '/api/v4/contacts/8001', {
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '1', enum_code: 'CAR' }] },
        { field_id: seedFieldIds.contactLanguage, values: [{ value: 'Latin' }] },
      ],
    });
    const [item] = body['validation-errors'] ?? [];
    expect(item?.['errors']?.map((error) => error['path'])).toEqual([
      'custom_fields_values.0.values.0.enum_code',
      'custom_fields_values.1.values.0.value',
    ]);
  });

  test('a contact sent back as it was read is taken and changes nothing', async () => {
    const { body } = await account.call('GET', '/api/v4/contacts/8001');
    const answer = await account.call('PATCH', '/api/v4/contacts/8001', {
      custom_fields_values: body['custom_fields_values'],
    });
    expect(answer.status).toBe(200);
    expect(account.told()).toEqual([]);
  });

  test('a complex lead is stored with its contact and company and told once, last', async () => {
    const { body } = await account.call('POST', '/api/v4/leads/complex', [
      {
        name: 'Complex',
        request_id: 'c1',
        _embedded: {
          contacts: [
            {
              first_name: 'Nora',
              custom_fields_values: [
                { field_code: 'EMAIL', values: [{ value: 'nora@example.com', enum_code: 'WORK' }] },
              ],
            },
          ],
          companies: [{ name: 'Nora and sons' }],
        },
      },
    ]);
    const [added] = body;
    expect(added).toMatchObject({ request_id: ['c1'], merged: false });
    expect(account.told()).toEqual(['contact_added', 'company_added', 'lead_added']);
    const id = String(added?.['id']);
    const read = await account.call('GET', `/api/v4/leads/${id}?with=contacts`);
    expect(read.body['_embedded']).toMatchObject({
      contacts: [{ id: added?.['contact_id'], is_main: true }],
      companies: [{ id: added?.['company_id'] }],
    });
  });

  test('complex takes at most 50 leads and 40 values in one', async () => {
    const many = Array.from({ length: 51 }, () => ({ name: 'x' }));
    expect((await account.call('POST', '/api/v4/leads/complex', many)).status).toBe(400);
    const values = Array.from({ length: 41 }, (_, index) => ({ value: String(index) }));
    const one = [{ custom_fields_values: [{ field_id: seedFieldIds.leadProduct, values }] }];
    expect((await account.call('POST', '/api/v4/leads/complex', one)).status).toBe(400);
  });

  test('tags are made by name and taken off with null', async () => {
    await account.call('PATCH', '/api/v4/leads/7002', {
      _embedded: { tags: [{ name: 'new tag' }, { id: 301 }] },
    });
    expect(account.context.account.leads.get(7002)?.tags.map(({ name }) => name)).toEqual(['new tag', 'VIP']);
    await account.call('PATCH', '/api/v4/leads/7002', { _embedded: { tags: null } });
    expect(account.context.account.leads.get(7002)?.tags).toEqual([]);
  });
});

describe('links', () => {
  test('the main contact is read as main_contact and written as is_main', async () => {
    const link = [{ to_entity_id: 8001, to_entity_type: 'contacts', metadata: { is_main: true } }];
    expect((await account.call('POST', '/api/v4/leads/7004/link', link)).status).toBe(200);
    const { body } = await account.call('GET', '/api/v4/leads/7004/links');
    expect(body['_embedded']?.['links']).toEqual([
      { to_entity_id: 8014, to_entity_type: 'contacts', metadata: { main_contact: false } },
      { to_entity_id: 8001, to_entity_type: 'contacts', metadata: { main_contact: true } },
    ]);
  });

  test('unlinking the main contact makes the next one main', async () => {
    const unlink = [{ to_entity_id: 8001, to_entity_type: 'contacts' }];
    expect((await account.call('POST', '/api/v4/leads/7001/unlink', unlink)).status).toBe(204);
    const { body } = await account.call('GET', '/api/v4/leads/7001?with=contacts');
    expect(body['_embedded']?.['contacts']).toMatchObject([{ id: 8002, is_main: true }]);
    const back = await account.call('GET', '/api/v4/contacts/8001?with=leads');
    expect(back.body['_embedded']?.['leads']?.map((lead) => lead['id'])).not.toContain(7001);
  });

  test('links of several leads come together', async () => {
    const path = '/api/v4/leads/links?filter[entity_id][]=7001&filter[entity_id][]=7004';
    const { body } = await account.call('GET', path);
    const ids = body['_embedded']?.['links']?.map((link) => link['entity_id']);
    expect(new Set(ids)).toEqual(new Set([7001, 7004]));
  });

  test('a link to what is not there is refused', async () => {
    const link = [{ to_entity_id: 1, to_entity_type: 'contacts' }];
    expect((await account.call('POST', '/api/v4/leads/7004/link', link)).status).toBe(400);
  });
});
