import type { WebhookCustomField } from './events.js';
import { entriesOf, fieldsOf, idOf, textOf } from './read-values.js';

/**
 * Custom fields of a general webhook, whose values come in three shapes (`platform/server.md §4.2`): a list of
 * `{value, enum}`, a list of bare texts (dates, checkboxes), one object in place of a list (radio buttons). A value
 * that is an object itself becomes its JSON. Fields without an id are left out.
 */
export function customFieldsOf(value: unknown): WebhookCustomField[] {
  return entriesOf(value).flatMap((entry) => {
    const field = fieldsOf(entry);
    const id = idOf(field?.['id']);
    if (field === undefined || id === undefined) return [];
    const values = textOf(field['values']) === undefined ? entriesOf(field['values']) : [field['values']];
    return [
      { id, name: textOf(field['name']), code: textOf(field['code']), values: values.flatMap(valueOf) },
    ];
  });
}

function valueOf(entry: unknown): WebhookCustomField['values'] {
  const wrapped = fieldsOf(entry);
  const isWrapped = wrapped !== undefined && 'value' in wrapped;
  const value = isWrapped ? wrapped['value'] : entry;
  if (value === undefined || value === null) return [];
  return [
    {
      value: textOf(value) ?? JSON.stringify(value),
      enumId: isWrapped ? (idOf(wrapped['enum']) ?? idOf(wrapped['enum_id'])) : undefined,
    },
  ];
}
