import type { CustomField, CustomFieldValue } from '../../../account/state.js';
import type { CardEntity } from './read-card.js';

/** A number or address of a field with several, and what it is for: `WORK`. */
export interface MultiValue {
  readonly value: string;
  readonly enum_code: string;
}

/**
 * What a control of the form holds, as JSON: a date is `2026-01-31`, a choice the id of its enum as text, several
 * choices a list of such ids.
 */
export type FieldValue = string | boolean | readonly string[] | readonly MultiValue[];

/** What an entity holds in a custom field. */
export function fieldValueOf(
  field: CustomField,
  entity: Pick<CardEntity, 'custom_fields_values'>,
): FieldValue {
  const values = entity.custom_fields_values?.find(({ field_id }) => field_id === field.id)?.values ?? [];
  const [first] = values;
  switch (field.type) {
    case 'checkbox':
      return first?.value === true;
    case 'select':
    case 'radiobutton':
      return String(first?.enum_id ?? '');
    case 'multiselect':
      return values.map(({ enum_id }) => String(enum_id ?? '')).sort();
    case 'multitext':
      return values.map(({ value, enum_code }) => ({ value: String(value), enum_code: enum_code ?? '' }));
    case 'date':
    case 'birthday':
      return typeof first?.value === 'number' ? new Date(first.value * 1000).toISOString().slice(0, 10) : '';
    default:
      return String(first?.value ?? '');
  }
}

/** The item of `custom_fields_values` that stores it (`platform/server.md §5.4`); null values empty the field. */
export function fieldPatch(
  field: CustomField,
  value: FieldValue,
): { field_id: number; values: readonly Partial<CustomFieldValue>[] | null } {
  const values = patchValues(field, value);
  return { field_id: field.id, values: values.length === 0 ? null : values };
}

function patchValues(field: CustomField, value: FieldValue): readonly Partial<CustomFieldValue>[] {
  if (typeof value === 'boolean') return [{ value }];
  if (typeof value !== 'string') {
    return value.flatMap((one): Partial<CustomFieldValue>[] => {
      if (typeof one === 'string') return [{ enum_id: Number(one) }];
      return one.value.trim() === '' ? [] : [{ value: one.value.trim(), enum_code: one.enum_code }];
    });
  }
  if (value.trim() === '') return [];
  if (field.type === 'select' || field.type === 'radiobutton') return [{ enum_id: Number(value) }];
  if (field.type === 'date' || field.type === 'birthday') return [{ value: Date.parse(value) / 1000 }];
  return [{ value: value.trim() }];
}
