/**
 * The settings of a widget that must be filled before it counts as configured, the same for the settings modal and
 * for `POST /api/v4/widgets/{code}` (`platform/widget.md §1.4`, `§6`). What `required` means when it is not there is
 * not documented: here such a field may stay empty.
 */
export function isRequired(field: Readonly<Record<string, unknown>>): boolean {
  return field['required'] === true || field['required'] === 'Y';
}

/**
 * Names of the required fields that hold nothing, neither in `values` nor, where they are not in those, in what is
 * stored.
 *
 * @param fields The block `settings` of the manifest, whatever its author wrote there.
 */
export function lackingSettings(
  fields: unknown,
  values: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(record(fields))
    .filter(
      ([name, field]) => isRequired(record(field)) && !hasContent(own(values, name) ?? own(stored, name)),
    )
    .map(([name]) => name);
}

function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function hasContent(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasContent);
  return value !== undefined && value !== null && value !== '' && value !== false;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
