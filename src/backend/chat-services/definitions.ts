import type { ConnectableConfig } from '../config.js';
import type { ServiceOptions } from './ask.js';
import type { ChatServiceDefinition } from './definition.js';
import { demoDefinition } from './demo/definition.js';
import { twilioDefinition } from './twilio/definition.js';
import { wahaDefinition } from './waha/definition.js';
import { whatsAppDefinition } from './whatsapp-cloud/definition.js';

type Make<Name> = (
  config: Extract<ConnectableConfig, { name: Name }>,
  options: ServiceOptions,
) => ChatServiceDefinition;

/** Every chat service that accounts can connect: one line for each, and a folder beside this file. */
const definitions: { readonly [Name in ConnectableConfig['name']]: Make<Name> } = {
  demo: demoDefinition,
  twilio: twilioDefinition,
  waha: wahaDefinition,
  'whatsapp-cloud': whatsAppDefinition,
};

/**
 * The chat services of the configuration, by name.
 *
 * @param timeout Milliseconds that one call may take, its answer included.
 */
export function definitionsOf(
  configs: readonly ConnectableConfig[],
  { fetch = globalThis.fetch, timeout = 10_000, now = () => new Date() }: Partial<ServiceOptions> = {},
): ReadonlyMap<string, ChatServiceDefinition> {
  return new Map(
    configs.map((config) => {
      const make = definitions[config.name] as Make<ConnectableConfig['name']>;
      return [config.name, make(config, { fetch, timeout, now })];
    }),
  );
}
