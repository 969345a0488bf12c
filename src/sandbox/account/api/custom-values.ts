import type { CustomField, CustomFieldValue, CustomFieldValues, Entity, EntityType } from '../state.js';
import type { AccountContext } from '../context.js';
import type { Fields } from './fields.js';

/**
 * Reads `custom_fields_values`: fields by `field_id` or `field_code`, choices by `enum_id`, `enum_code` or value
 * (`platform/server.md §5.4`). A field with `values: null` or an empty list is emptied. Returns what the entity
 * holds afterwards; undefined when the item does not speak of it.
 */
export function readCustomValues(
  { account }: AccountContext,
  type: EntityType,
  fields: Fields,
  before: Entity['custom_fields_values'] = null,
): CustomFieldValues[] | null | undefined {
  if (!fields.has('custom_fields_values')) return undefined;
  // Null empties nothing: it is how the API prints "no values", and clients send entities back as read.
  if (fields.isNull('custom_fields_values')) return before;
  const result = new Map((before ?? []).map((one) => [one.field_id, one]));
  for (const one of fields.list('custom_fields_values') ?? []) {
    const field = findField(account.custom_fields[type], one);
    if (!field) continue;
    const values = one.isNull('values') ? [] : readValues(field, one);
    if (values.length === 0) {
      result.delete(field.id);
    } else {
      result.set(field.id, {
        field_id: field.id,
        field_name: field.name,
        field_code: field.code,
        field_type: field.type,
        values,
      });
    }
  }
  return result.size === 0 ? null : [...result.values()];
}

function findField(known: readonly CustomField[], one: Fields): CustomField | undefined {
  const id = one.whole('field_id');
  const code = id === undefined ? one.text('field_code') : undefined;
  const field = known.find((each) =>
    id === undefined ? each.code !== null && each.code === code : each.id === id,
  );
  if (!field) {
    const name = id === undefined && code !== undefined ? 'field_code' : 'field_id';
    one.fail(name, 'NotSupportedChoice', 'There is no such field.');
  }
  return field;
}

function readValues(field: CustomField, one: Fields): CustomFieldValue[] {
  one.require('values');
  return (one.list('values') ?? []).map((value): CustomFieldValue => {
    if (field.type === 'multitext') return multitextValue(field, value);
    if (field.enums) return choiceValue(field, value);
    return { value: plainValue(field, value) };
  });
}

function multitextValue(field: CustomField, fields: Fields): CustomFieldValue {
  fields.require('value');
  const kinds = field.enums ?? [];
  const id = fields.whole('enum_id');
  const code = fields.text('enum_code') ?? fields.text('enum');
  const kind =
    id === undefined && code === undefined
      ? kinds[0]
      : kinds.find((one) => (id === undefined ? one.value === code : one.id === id));
  if (!kind) {
    fields.fail(id === undefined ? 'enum_code' : 'enum_id', 'NotSupportedChoice', 'There is no such kind.');
    return { value: '' };
  }
  return { value: asText(fields), enum_id: kind.id, enum_code: kind.value };
}

function choiceValue(field: CustomField, fields: Fields): CustomFieldValue {
  const id = fields.whole('enum_id');
  const value = fields.raw('value');
  const choice = field.enums?.find((one) => (id === undefined ? one.value === value : one.id === id));
  if (!choice) {
    fields.fail(id === undefined ? 'value' : 'enum_id', 'NotSupportedChoice', 'There is no such choice.');
    return { value: '' };
  }
  return { value: choice.value, enum_id: choice.id, enum_code: null };
}

function plainValue(field: CustomField, fields: Fields): CustomFieldValue['value'] {
  fields.require('value');
  if (field.type === 'checkbox') return fields.flag('value') ?? false;
  if (field.type === 'date' || field.type === 'birthday') return fields.whole('value') ?? 0;
  return asText(fields);
}

// Numbers are taken for texts, as clients send phones and invoice numbers both ways; they are stored as text.
function asText(fields: Fields): string {
  const value = fields.raw('value');
  return typeof value === 'number' ? String(value) : (fields.text('value') ?? '');
}
