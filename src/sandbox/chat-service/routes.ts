import type { FastifyInstance } from 'fastify';
import type { Clock } from '../account/context.js';
import type { PhoneFault } from '../phone-wire.js';
import type { Accesses } from './accesses.js';
import { accountRoutes } from './account-routes.js';
import type { DemoAccount } from './accounts.js';
import { answerRefusals } from './answers.js';
import type { Apps } from './apps.js';
import type { Codes } from './codes.js';
import { consentRoutes } from './consent/routes.js';
import { mediaRoutes } from './media/routes.js';
import { messageRoutes } from './message-routes.js';
import { pairingRoutes } from './pairing-routes.js';
import type { Pairings } from './pairings.js';
import type { ChatService } from './service.js';
import { tokenRoutes } from './token-routes.js';

/** What the routes of the service are made with. */
export interface ChatServiceParts {
  readonly service: ChatService;
  readonly accounts: readonly DemoAccount[];
  readonly apps: Apps;
  readonly accesses: Accesses;
  readonly codes: Codes;
  readonly pairings: Pairings;
  readonly faults: () => readonly PhoneFault[];
  readonly clock: Clock;
  /** Somebody is connected, or no more, or listens elsewhere. */
  readonly onConnections: () => void;
}

/** The service's interface, under `/demo-chat`. */
export function chatServiceRoutes(app: FastifyInstance, parts: ChatServiceParts): void {
  void app.register(
    (room, _options, done) => {
      answerRefusals(room);
      mediaRoutes(room);
      for (const routes of [messageRoutes, accountRoutes, pairingRoutes, tokenRoutes, consentRoutes]) {
        void room.register((inner, _none, ready) => {
          routes(inner, parts);
          ready();
        });
      }
      done();
    },
    { prefix: '/demo-chat' },
  );
}
