import { fieldsOf, textOf } from '../json.js';

/**
 * WhatsApp's own id of a message. WAHA's begins with whose it is and in which chat (`true_15550100@c.us_3EB0…`), and
 * the same chat is called by its number here and by a hidden one there, so that only the end is the same everywhere.
 *
 * An answer to a sending has it, depending on the engine, as `id`, as `id._serialized` (WEBJS) or in `key` (NOWEB).
 */
export function messageId(message: unknown): string | undefined {
  const { id, key } = fieldsOf(message);
  const told = textOf(id) ?? textOf(fieldsOf(id)['_serialized']) ?? textOf(fieldsOf(key)['id']);
  return told === undefined ? undefined : (/^(?:true|false)_[^_]+_([^_]+)/.exec(told)?.[1] ?? told);
}
