import { hash } from 'node:crypto';
import { textOf } from './read-values.js';
import type { DpHookEvent, WebhookEvent } from './events.js';

/**
 * Equal for deliveries of the same event of the digital pipeline, which has no id of its own
 * (`platform/server.md §3.5`); in hexadecimal. Neither the order of the settings nor JSON or form makes a difference.
 *
 * A hook without `event.time`, which the platform does not send, has the same key every time that the lead comes to
 * the same place.
 */
export function dpDedupeKey(hook: DpHookEvent): string {
  const { accountId, elementType, elementId, pipelineId, statusId, event, direction, time, settings } = hook;
  return keyOf([
    accountId,
    elementType,
    elementId,
    pipelineId,
    statusId,
    event.code,
    direction,
    time,
    settings,
  ]);
}

/**
 * Equal for deliveries of the same entry of a general webhook (`platform/server.md §4.3`): retried ones have the same
 * bytes. The fields tell apart two entries of one body that have neither an id nor a time of their own.
 *
 * @param bodyHash Of the bytes of the body.
 */
export function webhookDedupeKey(event: WebhookEvent, bodyHash: string): string {
  const { entity, action, id, changedAt, fields } = event;
  return keyOf([bodyHash, entity, action, id, changedAt, fields]);
}

function keyOf(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts.map(canonical)), 'hex');
}

/** Names in one order and every leaf a text, as a form has it; an object is told from a list by its first entry. */
function canonical(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object') return textOf(value);
  const names = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return [{}, ...names.map(([name, inner]) => [name, canonical(inner)])];
}
