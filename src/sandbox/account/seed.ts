import { uuidOf } from './ids.js';
import { link } from './links.js';
import {
  companyNames,
  contactRows,
  customerRows,
  languages,
  leadRows,
  lossReasons,
  pipelineRows,
  tagNames,
  userRows,
} from './seed-data.js';
import { seedCustomFields, seedFieldIds, phoneEnumId, emailEnumId } from './seed-fields.js';
import { fixedStatuses } from './state.js';
import type {
  Account,
  Contact,
  CustomFieldValues,
  EntityRights,
  Lead,
  Permission,
  Pipeline,
  Tag,
  User,
  UserRights,
} from './state.js';

/** First ids of the demo account's entities; the others follow by one. */
export const seedIds = {
  account: 12345678,
  user: 11,
  group: 21,
  role: 31,
  lead: 7001,
  contact: 8001,
  company: 9001,
  customer: 6001,
  tag: 301,
  lossReason: 401,
  customerStatus: 701,
} as const;

const day = 86_400;

/**
 * The demo account: two pipelines, twenty leads, their contacts and companies, customers, and three users, the
 * admin, a manager (sees all, edits the group's) and one who is restricted to the own leads. The same every time
 * but for its dates, which are counted back from `now` (milliseconds).
 */
export function seedAccount({ now }: { readonly now: number }): Account {
  const at = Math.floor(now / 1000);
  const account = emptyAccount(at);
  addUsers(account);
  addPipelines(account);
  addCompanies(account, at);
  addContacts(account, at);
  addLeads(account, at);
  addCustomers(account, at);
  return account;
}

function emptyAccount(at: number): Account {
  return {
    id: seedIds.account,
    flavour: 'kommo',
    name: 'Demo account',
    subdomain: 'demo',
    uuid: uuidOf('account'),
    amojo_id: uuidOf('amojo'),
    country: 'US',
    currency: 'USD',
    currency_symbol: '$',
    timezone: 'America/New_York',
    created_at: at - 400 * day,
    language: 'en',
    customers_mode: 'segments',
    is_unsorted_on: true,
    access: 'open',
    current_user_id: seedIds.user,
    users: new Map(),
    groups: [
      { id: seedIds.group, name: 'Sales', uuid: uuidOf('group 1') },
      { id: seedIds.group + 1, name: 'Support', uuid: uuidOf('group 2') },
    ],
    roles: [
      { id: seedIds.role, name: 'Manager' },
      { id: seedIds.role + 1, name: 'Assistant' },
    ],
    pipelines: new Map(),
    customer_statuses: ['New', 'Regular', 'Sleeping'].map((name, index) => ({
      id: seedIds.customerStatus + index,
      name,
      sort: (index + 1) * 10,
      color: ['#99ccff', '#ccff66', '#d5d8db'][index] ?? '#99ccff',
      is_default: index === 0,
    })),
    loss_reasons: lossReasons.map((name, index) => ({
      id: seedIds.lossReason + index,
      name,
      sort: (index + 1) * 10,
    })),
    task_types: [
      { id: 1, name: 'Follow-up', code: 'FOLLOW_UP' },
      { id: 2, name: 'Meeting', code: 'MEETING' },
      { id: 3, name: 'Write a letter', code: null },
    ],
    tags: {
      leads: tagNames.map((name, index) => ({ id: seedIds.tag + index, name, color: null })),
      contacts: [],
      companies: [],
      customers: [],
    },
    custom_fields: seedCustomFields(),
    leads: new Map(),
    contacts: new Map(),
    companies: new Map(),
    customers: new Map(),
    links: new Map(),
    notes: new Map(),
    events: [],
    tasks: new Map(),
    unsorted: new Map(),
    settled_unsorted: [],
    sources: new Map(),
    webhooks: new Map(),
    widgets: new Map(),
    integrations: new Map(),
    authorization_codes: new Map(),
    access_tokens: new Map(),
    refresh_tokens: new Map(),
    dp_triggers: new Map(),
    dp_webhook_triggers: new Map(),
    channels: new Map(),
    chats: new Map(),
    talks: new Map(),
    messages: new Map(),
    chat_templates: new Map(),
    bots: new Map(),
    bot_runs: new Map(),
  };
}

function addUsers(account: Account): void {
  const everything = entityRights('A', 'A', 'A');
  const manager = entityRights('A', 'G', 'D');
  const restricted = entityRights('M', 'M', 'D');
  const rights: UserRights[] = [
    userRights(everything, { isAdmin: true, groupId: seedIds.group, roleId: null }),
    userRights(manager, { isAdmin: false, groupId: seedIds.group, roleId: seedIds.role }),
    userRights(restricted, { isAdmin: false, groupId: seedIds.group + 1, roleId: seedIds.role + 1 }),
  ];
  for (const [index, row] of userRows.entries()) {
    const user: User = {
      id: seedIds.user + index,
      ...row,
      uuid: uuidOf(`user ${index}`),
      amojo_id: uuidOf(`amojo user ${index}`),
      rights: rights[index] ?? userRights(restricted, { isAdmin: false, groupId: null, roleId: null }),
    };
    account.users.set(user.id, user);
  }
}

function entityRights(view: Permission, edit: Permission, remove: Permission): EntityRights {
  return { view, edit, add: edit === 'D' ? 'D' : 'A', delete: remove, export: remove };
}

function userRights(
  rights: EntityRights,
  { isAdmin, groupId, roleId }: { isAdmin: boolean; groupId: number | null; roleId: number | null },
): UserRights {
  return {
    leads: rights,
    contacts: rights,
    companies: rights,
    tasks: { edit: rights.edit, delete: rights.delete },
    mail_access: isAdmin,
    catalog_access: isAdmin,
    is_admin: isAdmin,
    is_free: false,
    is_active: true,
    group_id: groupId,
    role_id: roleId,
  };
}

function addPipelines(account: Account): void {
  for (const [index, row] of pipelineRows.entries()) {
    const stages = [
      { id: row.unsortedStage, name: 'Incoming leads', color: '#c1c1c1', type: 1 as const },
      ...row.stages.map((stage) => ({ ...stage, type: 0 as const })),
      { id: fixedStatuses.won, name: 'Closed - won', color: '#ccff66', type: 0 as const },
      { id: fixedStatuses.lost, name: 'Closed - lost', color: '#d5d8db', type: 0 as const },
    ];
    const pipeline: Pipeline = {
      id: row.id,
      name: row.name,
      sort: index + 1,
      is_main: index === 0,
      is_unsorted_on: true,
      is_archive: false,
      statuses: stages.map((stage, position) => ({
        ...stage,
        // The closed stages stand last whatever is added before them.
        sort:
          stage.id === fixedStatuses.won
            ? 10000
            : stage.id === fixedStatuses.lost
              ? 11000
              : (position + 1) * 10,
        is_editable: stage.type === 0 && stage.id !== fixedStatuses.won && stage.id !== fixedStatuses.lost,
        pipeline_id: row.id,
      })),
    };
    account.pipelines.set(pipeline.id, pipeline);
  }
}

function addCompanies(account: Account, at: number): void {
  for (const [index, name] of companyNames.entries()) {
    account.companies.set(seedIds.company + index, {
      ...common(account, seedIds.company + index, name, index % 3, at - (90 - index) * day),
      group_id: seedIds.group,
      custom_fields_values: [
        fieldValue(account, 'companies', seedFieldIds.companyPhone, [
          { value: `+1646555018${index}`, enum_id: phoneEnumId('companies', 'WORK'), enum_code: 'WORK' },
        ]),
        fieldValue(account, 'companies', seedFieldIds.companyWeb, [
          { value: `https://example.com/${index + 1}` },
        ]),
      ],
    });
  }
}

function addContacts(account: Account, at: number): void {
  for (const [index, row] of contactRows.entries()) {
    const id = seedIds.contact + index;
    const values: CustomFieldValues[] = [];
    if (row.phones.length > 0) {
      values.push(
        fieldValue(
          account,
          'contacts',
          seedFieldIds.contactPhone,
          row.phones.map(([value, kind]) => ({
            value,
            enum_id: phoneEnumId('contacts', kind),
            enum_code: kind,
          })),
        ),
      );
    }
    values.push(
      fieldValue(
        account,
        'contacts',
        seedFieldIds.contactEmail,
        row.emails.map(([value, kind]) => ({
          value,
          enum_id: emailEnumId('contacts', kind),
          enum_code: kind,
        })),
      ),
      fieldValue(account, 'contacts', seedFieldIds.contactLanguage, [
        {
          value: languages[row.language] ?? languages[0],
          enum_id: seedFieldIds.firstLanguage + row.language,
          enum_code: null,
        },
      ]),
    );
    if (row.position !== undefined) {
      values.push(fieldValue(account, 'contacts', seedFieldIds.contactPosition, [{ value: row.position }]));
    }
    const contact: Contact = {
      ...common(account, id, `${row.first} ${row.last}`, index % 3, at - (60 - index) * day),
      first_name: row.first,
      last_name: row.last,
      group_id: seedIds.group,
      is_unsorted: false,
      custom_fields_values: values,
    };
    account.contacts.set(id, contact);
    if (row.company !== undefined) {
      link(account, ['companies', seedIds.company + row.company], ['contacts', id]);
    }
  }
}

function addLeads(account: Account, at: number): void {
  for (const [index, row] of leadRows.entries()) {
    const id = seedIds.lead + index;
    const pipeline = pipelineRows[row.stage[0]];
    if (!pipeline) continue;
    const [, stage] = row.stage;
    const statusId = typeof stage === 'number' ? (pipeline.stages[stage]?.id ?? 0) : fixedStatuses[stage];
    const isClosed = typeof stage !== 'number';
    const lead: Lead = {
      ...common(account, id, row.name, row.responsible, at - (30 - index) * day),
      price: row.price,
      group_id: seedIds.group,
      status_id: statusId,
      pipeline_id: pipeline.id,
      loss_reason_id: stage === 'lost' ? seedIds.lossReason : null,
      closed_at: isClosed ? at - day : null,
      score: null,
      source_id: null,
      is_price_modified_by_robot: false,
      custom_fields_values:
        row.product === undefined
          ? null
          : [fieldValue(account, 'leads', seedFieldIds.leadProduct, [{ value: row.product }])],
      tags: (row.tags ?? [])
        .map((tag) => account.tags.leads[tag])
        .filter((tag): tag is Tag => tag !== undefined),
    };
    account.leads.set(id, lead);
    for (const [position, contact] of row.contacts.entries()) {
      link(account, ['leads', id], ['contacts', seedIds.contact + contact], {
        isMain: position === (row.main ?? 0),
      });
    }
    if (row.company !== undefined) link(account, ['leads', id], ['companies', seedIds.company + row.company]);
  }
}

function addCustomers(account: Account, at: number): void {
  for (const [index, row] of customerRows.entries()) {
    const id = seedIds.customer + index;
    account.customers.set(id, {
      ...common(account, id, row.name, index, at - (20 - index) * day),
      next_price: row.nextPrice,
      next_date: at + (index + 7) * day,
      status_id: seedIds.customerStatus + row.stage,
      periodicity: 0,
      ltv: row.nextPrice * 3,
      purchases_count: 3,
      average_check: row.nextPrice,
    });
    link(account, ['customers', id], ['contacts', seedIds.contact + row.contact]);
    if (row.company !== undefined) {
      link(account, ['customers', id], ['companies', seedIds.company + row.company]);
    }
  }
}

function common(account: Account, id: number, name: string, user: number, at: number) {
  const userId = seedIds.user + user;
  return {
    id,
    name,
    responsible_user_id: userId,
    created_by: userId,
    updated_by: userId,
    created_at: at,
    updated_at: at,
    closest_task_at: null,
    is_deleted: false,
    custom_fields_values: null as CustomFieldValues[] | null,
    account_id: account.id,
    tags: [] as Tag[],
  };
}

function fieldValue(
  account: Account,
  type: 'leads' | 'contacts' | 'companies',
  fieldId: number,
  values: CustomFieldValues['values'],
): CustomFieldValues {
  const field = account.custom_fields[type].find(({ id }) => id === fieldId);
  if (!field) throw new Error(`The demo account has no field ${fieldId} of ${type}`);
  return {
    field_id: fieldId,
    field_name: field.name,
    field_code: field.code,
    field_type: field.type,
    values,
  };
}
