import type { ChatServiceConfig } from '../config.js';
import type { ServiceOptions } from './ask.js';
import type { ChatService } from './chat-service.js';
import { demoService } from './demo/service.js';
import { twilioService } from './twilio/service.js';

type Make<Name> = (
  config: Extract<ChatServiceConfig, { name: Name }>,
  options: ServiceOptions,
) => ChatService;

/** Every chat service that the backend can send through. */
const services: { readonly [Name in ChatServiceConfig['name']]: Make<Name> } = {
  demo: demoService,
  twilio: twilioService,
};

/**
 * The chat service of the configuration; undefined without one.
 *
 * @param timeout Milliseconds that one call may take, its answer included.
 */
export function chatServiceOf(
  config: ChatServiceConfig | undefined,
  { fetch = globalThis.fetch, timeout = 10_000, now = () => new Date() }: Partial<ServiceOptions> = {},
): ChatService | undefined {
  if (config === undefined) return undefined;
  const make = services[config.name] as Make<ChatServiceConfig['name']>;
  return make(config, { fetch, timeout, now });
}
