import type { ChatServiceDefinition } from '../chat-services/definition.js';
import { Refusal } from '../refusal.js';
import type { AttemptRow } from './tables.js';

/** The ways in which a service is connected, the usual one first. */
export function methodsOf({ oauth, qr, apiKey }: ChatServiceDefinition): AttemptRow['method'][] {
  return [
    ...(oauth === undefined ? [] : (['oauth'] as const)),
    ...(qr === undefined ? [] : (['qr'] as const)),
    ...(apiKey === undefined ? [] : (['api_key'] as const)),
  ];
}

/** @throws Refusal 404 `unknown_service`. */
export function definitionOf(
  definitions: ReadonlyMap<string, ChatServiceDefinition>,
  { service }: Pick<AttemptRow, 'service'>,
): ChatServiceDefinition {
  const definition = definitions.get(service);
  if (definition === undefined) {
    throw new Refusal(
      404,
      'unknown_service',
      `Expected one of ${[...definitions.keys()].join(', ') || 'no chat service at all'}`,
    );
  }
  return definition;
}
