import { languages } from './seed-data.js';
import type { CustomField, CustomFieldEnum, CustomFieldType, EntityType } from './state.js';

/** Ids of the demo account's custom fields. */
export const seedFieldIds = {
  contactPosition: 427001,
  contactPhone: 427002,
  contactEmail: 427003,
  contactLanguage: 427004,
  contactBirthday: 427005,
  contactNewsletter: 427006,
  leadProduct: 427101,
  leadDelivery: 427102,
  leadNeeded: 427103,
  leadExtras: 427104,
  leadInvoice: 427105,
  leadUrgent: 427106,
  companyPhone: 427201,
  companyEmail: 427202,
  companyWeb: 427203,
  companyAddress: 427204,
  customerNumber: 427301,
  firstLanguage: 428401,
} as const;

/** What a phone or an e-mail address is for (`platform/server.md §5.4`). */
const phoneKinds = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'] as const;
const emailKinds = ['WORK', 'PRIV', 'OTHER'] as const;

const firstPhoneEnum = { contacts: 428001, companies: 428101 } as const;
const firstEmailEnum = { contacts: 428201, companies: 428301 } as const;

/** Id of a kind of phone number. */
export function phoneEnumId(type: keyof typeof firstPhoneEnum, kind: (typeof phoneKinds)[number]): number {
  return firstPhoneEnum[type] + phoneKinds.indexOf(kind);
}

/** Id of a kind of e-mail address. */
export function emailEnumId(type: keyof typeof firstEmailEnum, kind: (typeof emailKinds)[number]): number {
  return firstEmailEnum[type] + emailKinds.indexOf(kind);
}

/** The custom fields of the demo account, one at least of every type. */
export function seedCustomFields(): Record<EntityType, CustomField[]> {
  const ids = seedFieldIds;
  return {
    contacts: [
      field('contacts', ids.contactPosition, 'Position', 'text', { code: 'POSITION' }),
      field('contacts', ids.contactPhone, 'Phone', 'multitext', {
        code: 'PHONE',
        enums: choices(firstPhoneEnum.contacts, phoneKinds),
      }),
      field('contacts', ids.contactEmail, 'Email', 'multitext', {
        code: 'EMAIL',
        enums: choices(firstEmailEnum.contacts, emailKinds),
      }),
      field('contacts', ids.contactLanguage, 'Language', 'select', {
        enums: choices(ids.firstLanguage, languages),
      }),
      field('contacts', ids.contactBirthday, 'Birthday', 'birthday'),
      field('contacts', ids.contactNewsletter, 'Newsletter', 'checkbox'),
    ],
    leads: [
      field('leads', ids.leadProduct, 'Product', 'text'),
      field('leads', ids.leadDelivery, 'Delivery', 'radiobutton', {
        enums: choices(428501, ['Courier', 'Post', 'Pick-up']),
      }),
      field('leads', ids.leadNeeded, 'Needed by', 'date'),
      field('leads', ids.leadExtras, 'Extras', 'multiselect', {
        enums: choices(428601, ['Gift wrap', 'Assembly', 'Insurance']),
      }),
      field('leads', ids.leadInvoice, 'Invoice number', 'numeric'),
      field('leads', ids.leadUrgent, 'Urgent', 'checkbox'),
    ],
    companies: [
      field('companies', ids.companyPhone, 'Phone', 'multitext', {
        code: 'PHONE',
        enums: choices(firstPhoneEnum.companies, phoneKinds),
      }),
      field('companies', ids.companyEmail, 'Email', 'multitext', {
        code: 'EMAIL',
        enums: choices(firstEmailEnum.companies, emailKinds),
      }),
      field('companies', ids.companyWeb, 'Web', 'url', { code: 'WEB' }),
      field('companies', ids.companyAddress, 'Address', 'textarea', { code: 'ADDRESS' }),
    ],
    customers: [field('customers', ids.customerNumber, 'Customer number', 'text')],
  };
}

function field(
  entityType: EntityType,
  id: number,
  name: string,
  type: CustomFieldType,
  { code = null, enums = null }: { code?: string | null; enums?: CustomFieldEnum[] | null } = {},
): CustomField {
  return {
    id,
    name,
    code,
    type,
    sort: (id % 100) * 10,
    entity_type: entityType,
    is_api_only: false,
    is_predefined: code !== null,
    enums,
  };
}

function choices(first: number, values: readonly string[]): CustomFieldEnum[] {
  return values.map((value, index) => ({ id: first + index, value, sort: (index + 1) * 10 }));
}
