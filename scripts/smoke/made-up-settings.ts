/** A value for every field of the manifest's settings in the form that its type is stored in. */
export function madeUpSettings(
  manifest: Readonly<Record<string, unknown>>,
  userId: number,
): Record<string, unknown> {
  const fields = manifest['settings'];
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, madeUp(field, userId)]));
}

function madeUp(field: unknown, userId: number): unknown {
  const type = typeof field === 'object' && field !== null && 'type' in field ? field.type : undefined;
  switch (type) {
    case 'users':
      return { [userId]: 'smoke' };
    case 'users_lp':
      return { [userId]: { login: 'smoke', password: 'smoke' } };
    case 'custom':
      // Only JSON is stored of it (`platform/widget.md §1.4`).
      return '{"smoke":true}';
    default:
      return 'smoke';
  }
}
