import type { Fields } from '../api/fields.js';
import type { AccountContext } from '../context.js';
import type { Salesbot } from '../state.js';
import type { BotTarget } from './run.js';

/** A bot to start or stop, and where. */
export interface BotOrder {
  readonly bot: Salesbot;
  readonly target: BotTarget;
}

/** Bots that one call may start. */
export const mostOrders = 100;

/** How calls name entity types: by number in v2, by word in v4 (`platform/server.md §9`). */
export type EntityTypeNames = ReadonlyMap<unknown, BotTarget['entity_type']>;

export const v2EntityTypes: EntityTypeNames = new Map<unknown, BotTarget['entity_type']>([
  [1, 'contacts'],
  [2, 'leads'],
]);

/** Starting was seen with contacts too. */
export const v4EntityTypes: EntityTypeNames = new Map<unknown, BotTarget['entity_type']>([
  ['leads', 'leads'],
  ['contacts', 'contacts'],
]);

/** Stopping is documented for leads only. */
export const stopEntityTypes: EntityTypeNames = new Map<unknown, BotTarget['entity_type']>([
  ['leads', 'leads'],
]);

/**
 * Reads one order; undefined when something is wrong with it, which `fields` then knows. The bot is `botId`, or
 * `bot_id` of the body. Whether the platform minds an entity or a bot that does not exist is not known: here it
 * does.
 */
export function readOrder(
  { account }: AccountContext,
  fields: Fields,
  types: EntityTypeNames,
  botId?: number,
): BotOrder | undefined {
  if (botId === undefined) fields.require('bot_id');
  const bot = account.bots.get(botId ?? fields.whole('bot_id') ?? 0);
  if (bot === undefined && typeof (botId ?? fields.raw('bot_id')) === 'number') {
    fields.fail('bot_id', 'NotSupportedChoice', 'There is no such bot.');
  }
  const type = readType(fields, types);
  fields.require('entity_id');
  const entityId = fields.whole('entity_id');
  if (bot === undefined || type === undefined || entityId === undefined) return undefined;
  const entity = account[type].get(entityId);
  if (entity === undefined || entity.is_deleted) {
    fields.fail('entity_id', 'NotSupportedChoice', 'There is no such entity.');
    return undefined;
  }
  return { bot, target: { entity_id: entityId, entity_type: type } };
}

function readType(fields: Fields, types: EntityTypeNames): BotTarget['entity_type'] | undefined {
  fields.require('entity_type');
  const name = fields.raw('entity_type');
  if (name === undefined || name === null) return undefined;
  const [example] = types.keys();
  if (typeof name !== typeof example) {
    fields.fail('entity_type', 'InvalidType', `A value of type ${typeof example} was expected.`);
    return undefined;
  }
  fields.choice('entity_type', [...types.keys()]);
  return types.get(name);
}
