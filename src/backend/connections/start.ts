import type { FastifyInstance } from 'fastify';
import type { ChatService } from '../chat-services/chat-service.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import type { Senders } from '../delivery/sender.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { createAdministrators } from './administrators.js';
import { callbackRoute } from './callback-route.js';
import { createConnecting } from './connecting.js';
import type { EventHandlers } from './events.js';
import { hookRoutes } from './hooks.js';
import { startConnectionJobs } from './jobs.js';
import { createOpening, type Opening } from './opening.js';
import { connectionRoutes } from './routes.js';
import { createSenders } from './senders.js';
import { createSecrets } from './secrets.js';

export interface ConnectionsOptions extends EventHandlers {
  readonly apis: KommoApis;
  /** The chat services that accounts may connect, by name. */
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  /** Sends for accounts that have connected nothing themselves. */
  readonly chatService?: ChatService | undefined;
  /** After the settings of an installation were saved, or a channel of it was removed. */
  readonly onSaved?: (installationId: string) => unknown;
  /** Milliseconds that a step of a service may take. */
  readonly patience?: number | undefined;
  /** Milliseconds between looks at a queue that was empty. */
  readonly interval?: number | undefined;
  /** Seconds before what a service did not take is tried again; twice as many each further time. */
  readonly retryDelay?: number | undefined;
}

export interface Connections extends Pick<Opening, 'openSaved'> {
  readonly senders: Senders;
  /** Adds what the widget calls, to the scope of `accountRoutes`. */
  accountRoutes(scope: FastifyInstance): void;
  /** Adds what browsers and chat services call. */
  routes(app: FastifyInstance): void;
  stop(): Promise<void>;
}

/** Connecting chat services: its routes, and its work at the services. */
export async function startConnections(
  context: Context,
  {
    apis,
    definitions,
    chatService,
    onSaved = () => undefined,
    onIncoming,
    onChatStatus,
    patience,
    interval,
    retryDelay,
  }: ConnectionsOptions,
): Promise<Connections> {
  const secrets = createSecrets(context.config);
  const opening = createOpening(context, { definitions, secrets });
  const senders = createSenders(context, { definitions, opening, chatService });
  const changed = async (installationId: string): Promise<void> => {
    senders.forget(installationId);
    await onSaved(installationId);
  };
  const connecting = createConnecting(context, { definitions, secrets, patience });
  const administrators = createAdministrators(apis);
  const jobs = await startConnectionJobs(context, {
    definitions,
    secrets,
    opening,
    patience,
    interval,
    retryDelay,
    onSaved: changed,
    onChatStatus,
  });
  return {
    senders,
    openSaved: (channelId) => opening.openSaved(channelId),
    accountRoutes(scope) {
      connectionRoutes(scope, context, {
        apis,
        definitions,
        administrators,
        connecting,
        opening,
        onSaved: changed,
        patience,
      });
    },
    routes(app) {
      callbackRoute(app, context, { apis, definitions, oauth: connecting.oauth });
      hookRoutes(app, context, { definitions, opening, onIncoming, onChatStatus });
    },
    stop: () => jobs.stop(),
  };
}
