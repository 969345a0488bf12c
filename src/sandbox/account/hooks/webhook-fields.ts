import type { CustomFieldValue, CustomFieldValues, Tag } from '../state.js';
import type { FormValue } from './form.js';

/**
 * Filled custom fields as general webhooks carry them (`platform/server.md §4.2`; the three shapes of values are in
 * the examples of KD:webhooks-general): dates and checkboxes are bare strings, a radio button one object instead of a
 * list, a birthday reads `12.01.1980`, and `code` stands last.
 */
export function customFields(filled: readonly CustomFieldValues[] | null): FormValue {
  return filled?.map(({ field_id, field_name, field_code, field_type, values }) => {
    const all = values.map((value) => fieldValue(field_type, value));
    return {
      id: field_id,
      name: field_name,
      values: field_type === 'radiobutton' ? all[0] : all,
      code: field_code,
    };
  });
}

export function tagList(tags: readonly Tag[]): FormValue {
  return tags.map(({ id, name }) => ({ id, name }));
}

/** `2024-09-17 13:07:29`: dates of tasks are in UTC, those of notes in Moscow's time (examples of KD:webhooks-general). */
export function dateText(seconds: number, { hoursFromUtc = 0 } = {}): string {
  return new Date((seconds + hoursFromUtc * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function fieldValue(type: CustomFieldValues['field_type'], { value, enum_id }: CustomFieldValue): FormValue {
  if (type === 'date' || type === 'checkbox') return value;
  if (type === 'birthday' && typeof value === 'number') {
    return { value: dateText(value).slice(0, 10).split('-').reverse().join('.') };
  }
  return { value, enum: enum_id };
}
