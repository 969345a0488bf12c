import { formValues } from '../../dom.js';
import type { SettingsField } from './manifest.js';

/**
 * What the form holds by field: text, or by user id for `users` and `users_lp` (`platform/widget.md §1.4`). A
 * field whose inputs the widget took away is left out, and keeps what is stored.
 */
export function collectFields(
  $body: JQuery,
  fields: readonly SettingsField[],
  userIds: readonly number[],
): Record<string, unknown> {
  // A widget may have inputs of its own with the same names beside those of the platform.
  const entered = new Map([
    ...formValues($body),
    ...formValues($body.find('.widget_settings_block__fields')),
  ]);
  const users = (value: (user: string) => unknown): Record<string, unknown> | undefined => {
    const values = userIds.map((id) => [id, value(String(id))]).filter(([, one]) => one !== undefined);
    return values.length === 0 ? undefined : (Object.fromEntries(values) as Record<string, unknown>);
  };
  const valueOf = ({ name, type }: SettingsField): unknown => {
    if (type === 'users') return users((id) => entered.get(`${name}[${id}]`));
    if (type !== 'users_lp') return entered.get(name);
    return users((id) => {
      const login = entered.get(`${name}[${id}][login]`);
      const password = entered.get(`${name}[${id}][password]`);
      return login === undefined && password === undefined ? undefined : { login, password };
    });
  };
  return Object.fromEntries(
    fields.map((field) => [field.name, valueOf(field)]).filter(([, value]) => value !== undefined),
  ) as Record<string, unknown>;
}
