import type { AccountContext } from '../context.js';
import type { Fields } from './fields.js';

/**
 * Reads `_embedded.source.external_id` of a new lead (`platform/server.md §5.2`) into the id of that source;
 * undefined when the item names none.
 */
export function adoptSource({ account }: AccountContext, fields: Fields): number | undefined {
  const embedded = fields.isNull('_embedded') ? undefined : fields.object('_embedded');
  const source = embedded?.object('source');
  const externalId = source?.text('external_id');
  if (source === undefined || externalId === undefined) return undefined;
  const found = [...account.sources.values()].find((one) => one.external_id === externalId);
  if (!found) source.fail('external_id', 'NotSupportedChoice', 'There is no such source.');
  return found?.id;
}
