import { linksOf } from './links.js';
import { fixedStatuses } from './state.js';
import type { Account, Company, Contact, EntityType } from './state.js';

export interface CallPlace {
  readonly entity_type: EntityType;
  readonly entity_id: number;
}

/**
 * The card that a call belongs to (`platform/server.md §5.9`), by the last ten digits of the number:
 *
 * | active leads | customers | card |
 * |---|---|---|
 * | 1 | 0 | the lead |
 * | 0 | 1 | the customer |
 * | otherwise | | the contact or company |
 *
 * Of several contacts the oldest is taken, contacts before companies. Undefined for an unknown number.
 */
export function placeOfCall(account: Account, phone: string): CallPlace | undefined {
  const wanted = lastDigits(phone);
  if (wanted === '') return undefined;
  for (const type of ['contacts', 'companies'] as const) {
    const owner = [...account[type].values()]
      .filter((one) => !one.is_deleted && phonesOf(one).includes(wanted))
      .sort((one, other) => one.created_at - other.created_at || one.id - other.id)[0];
    if (owner) return cardOf(account, type, owner.id);
  }
  return undefined;
}

function cardOf(account: Account, type: 'contacts' | 'companies', id: number): CallPlace {
  const leads = linksOf(account, type, id, 'leads')
    .map((link) => account.leads.get(link.to_entity_id))
    .filter((lead) => lead && !lead.is_deleted && !isClosed(lead.status_id));
  const customers = linksOf(account, type, id, 'customers')
    .map((link) => account.customers.get(link.to_entity_id))
    .filter((customer) => customer && !customer.is_deleted);
  const [lead] = leads;
  const [customer] = customers;
  if (lead && leads.length === 1 && !customer) return { entity_type: 'leads', entity_id: lead.id };
  if (customer && customers.length === 1 && !lead) {
    return { entity_type: 'customers', entity_id: customer.id };
  }
  return { entity_type: type, entity_id: id };
}

function isClosed(statusId: number): boolean {
  return statusId === fixedStatuses.won || statusId === fixedStatuses.lost;
}

function phonesOf(owner: Contact | Company): string[] {
  return (owner.custom_fields_values ?? [])
    .filter(({ field_code }) => field_code === 'PHONE')
    .flatMap(({ values }) => values.map(({ value }) => lastDigits(String(value))));
}

function lastDigits(phone: string): string {
  return phone.replaceAll(/\D/g, '').slice(-10);
}
