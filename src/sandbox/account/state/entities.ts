/** Entities with cards, by their names in API addresses. */
export const entityTypes = ['leads', 'contacts', 'companies', 'customers'] as const;
export type EntityType = (typeof entityTypes)[number];

export interface EntityMap {
  leads: Lead;
  contacts: Contact;
  companies: Company;
  customers: Customer;
}
export type Entity = EntityMap[EntityType];

/** Every entity by its id. */
export type EntityStores = { readonly [T in EntityType]: Map<number, EntityMap[T]> };

/** Names of the entity types in events and in answers about one entity. */
export const singularNames = {
  leads: 'lead',
  contacts: 'contact',
  companies: 'company',
  customers: 'customer',
} as const satisfies Record<EntityType, string>;

export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly color: string | null;
}

export const customFieldTypes = [
  'text',
  'numeric',
  'checkbox',
  'select',
  'multiselect',
  'date',
  'url',
  'textarea',
  'radiobutton',
  'birthday',
  'multitext',
] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

export interface CustomFieldEnum {
  readonly id: number;
  readonly value: string;
  readonly sort: number;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly code: string | null;
  readonly type: CustomFieldType;
  readonly sort: number;
  readonly entity_type: EntityType;
  readonly is_api_only: boolean;
  readonly is_predefined: boolean;
  /** Choices of select, multiselect and radiobutton; kinds of a multitext (WORK, MOB…), whose value is the code. */
  readonly enums: readonly CustomFieldEnum[] | null;
}

export interface CustomFieldValue {
  readonly value: string | number | boolean;
  readonly enum_id?: number;
  readonly enum_code?: string | null;
}

/** A filled field as the API prints it (`platform/server.md §5.4`). */
export interface CustomFieldValues {
  readonly field_id: number;
  readonly field_name: string;
  readonly field_code: string | null;
  readonly field_type: CustomFieldType;
  readonly values: readonly CustomFieldValue[];
}

interface EntityBase {
  readonly id: number;
  name: string;
  responsible_user_id: number;
  /** A user id, or 0 for the robot. */
  readonly created_by: number;
  updated_by: number;
  readonly created_at: number;
  updated_at: number;
  closest_task_at: number | null;
  is_deleted: boolean;
  custom_fields_values: CustomFieldValues[] | null;
  readonly account_id: number;
  tags: Tag[];
}

export interface Lead extends EntityBase {
  price: number;
  group_id: number;
  status_id: number;
  pipeline_id: number;
  loss_reason_id: number | null;
  closed_at: number | null;
  score: number | null;
  source_id: number | null;
  is_price_modified_by_robot: boolean;
}

export interface Contact extends EntityBase {
  first_name: string;
  last_name: string;
  group_id: number;
  is_unsorted: boolean;
}

export interface Company extends EntityBase {
  group_id: number;
}

export interface Customer extends EntityBase {
  next_price: number | null;
  next_date: number | null;
  status_id: number;
  periodicity: number;
  ltv: number;
  purchases_count: number;
  average_check: number | null;
}

export interface EntityLink {
  readonly to_entity_id: number;
  readonly to_entity_type: EntityType;
  /** Read as `main_contact`, written as `is_main` (`platform/server.md §5.5`). Null unless a contact is linked. */
  readonly metadata: { readonly main_contact: boolean } | null;
}
