import type { ConnectionField } from '../../../contract/connections-api.js';
import { ConnectError } from '../../chat-services/definition.js';
import { Refusal } from '../../refusal.js';

/** Characters of a value. */
const longestValue = 500;

/**
 * The values of a service's fields, trimmed, without empty ones.
 *
 * @throws Refusal 400 `bad_request` for names that the service has not, and where a required one is missing;
 * ConnectError `wrong_credentials` for a value that no service gives out: too long, or with line ends, other control
 * characters or halves of emoji in it.
 */
export function readFields(
  given: Readonly<Record<string, string>>,
  fields: readonly ConnectionField[],
): Readonly<Record<string, string>> {
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    const names = fields.map(({ name }) => name).join(', ');
    throw new Refusal(400, 'bad_request', `fields: expected ${names}; got ${JSON.stringify(unknown)}`);
  }
  const values = fields
    .map(({ name }) => [name, (Object.hasOwn(given, name) ? given[name] : undefined)?.trim() ?? ''] as const)
    .filter(([, value]) => value !== '');
  const missing = fields.find((field) => field.is_required && !values.some(([name]) => name === field.name));
  if (missing !== undefined) {
    throw new Refusal(400, 'bad_request', `fields: expected a value of ${missing.name}; it is empty`);
  }
  if (values.some(([, value]) => value.length > longestValue || /[\p{Cc}\p{Cs}]/u.test(value))) {
    throw new ConnectError('wrong_credentials');
  }
  return Object.fromEntries(values);
}
