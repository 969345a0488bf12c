import { linksOf } from '../links.js';
import type { Account, Company, Contact, Customer, Lead } from '../state.js';
import type { FormValue } from './form.js';
import { customFields, tagList } from './webhook-fields.js';

/** What a change adds to the entity's fields. */
export interface OldValues {
  readonly old_status_id?: number;
  readonly old_responsible_user_id?: number;
}

/** A lead in a general webhook (`platform/server.md §4.2`). */
export function leadFields(
  lead: Lead,
  { old_status_id, old_responsible_user_id }: OldValues = {},
): FormValue {
  return {
    id: lead.id,
    name: lead.name,
    status_id: lead.status_id,
    old_status_id,
    price: lead.price,
    responsible_user_id: lead.responsible_user_id,
    last_modified: lead.updated_at,
    modified_user_id: lead.updated_by,
    created_user_id: lead.created_by,
    date_create: lead.created_at,
    pipeline_id: lead.pipeline_id,
    tags: tagList(lead.tags),
    account_id: lead.account_id,
    custom_fields: customFields(lead.custom_fields_values),
    old_responsible_user_id,
    created_at: lead.created_at,
    updated_at: lead.updated_at,
  };
}

/** All that is left of a deleted lead in a webhook. */
export function deletedLeadFields({ id, status_id, pipeline_id }: Lead): FormValue {
  return { id, status_id, pipeline_id };
}

/** A contact or a company: they differ by `type`, and only contacts have a company (`platform/server.md §4.2`). */
export function contactFields(
  account: Account,
  type: 'contact' | 'company',
  entity: Contact | Company,
  { old_responsible_user_id }: OldValues = {},
): FormValue {
  const ofType = type === 'contact' ? 'contacts' : 'companies';
  const leads = linksOf(account, ofType, entity.id, 'leads').map((link) => link.to_entity_id);
  const companyId = linksOf(account, ofType, entity.id, 'companies')[0]?.to_entity_id;
  const company = companyId === undefined ? undefined : account.companies.get(companyId);
  return {
    id: entity.id,
    name: entity.name,
    responsible_user_id: entity.responsible_user_id,
    date_create: entity.created_at,
    last_modified: entity.updated_at,
    created_user_id: entity.created_by,
    modified_user_id: entity.updated_by,
    company_name: company?.name,
    linked_company_id: company?.id,
    account_id: entity.account_id,
    custom_fields: customFields(entity.custom_fields_values),
    tags: tagList(entity.tags),
    linked_leads_id: Object.fromEntries(leads.map((id) => [id, { ID: id }])),
    old_responsible_user_id,
    created_at: entity.created_at,
    updated_at: entity.updated_at,
    type,
  };
}

/** A customer; its shape is documented only as being like the others' (`platform/server.md §4.2`). */
export function customerFields(customer: Customer, { old_responsible_user_id }: OldValues = {}): FormValue {
  return {
    id: customer.id,
    name: customer.name,
    status_id: customer.status_id,
    next_price: customer.next_price,
    next_date: customer.next_date,
    periodicity: customer.periodicity,
    responsible_user_id: customer.responsible_user_id,
    date_create: customer.created_at,
    last_modified: customer.updated_at,
    created_user_id: customer.created_by,
    modified_user_id: customer.updated_by,
    account_id: customer.account_id,
    custom_fields: customFields(customer.custom_fields_values),
    tags: tagList(customer.tags),
    old_responsible_user_id,
    created_at: customer.created_at,
    updated_at: customer.updated_at,
  };
}
