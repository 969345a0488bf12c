import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../account/context.js';
import { timerScheduler, type Scheduler } from '../account/hooks/scheduler.js';
import type { PhoneSettings } from '../phone-wire.js';
import { createAccesses, type Access, type Accesses } from './accesses.js';
import { demoAccounts, type DemoAccount, type DemoApp } from './accounts.js';
import { createApps, type Apps } from './apps.js';
import { createCodes } from './codes.js';
import type { ChatMessage } from './message.js';
import { createPairings, type Pairing, type Pairings } from './pairings.js';
import { chatServiceRoutes } from './routes.js';
import { createChatService, type ChatService } from './service.js';
import { createWebhookCalls } from './webhook-calls.js';

export type { Access, ChatMessage, DemoAccount, DemoApp, Pairing };

/** How the demo chat service is set up; what is left out has a default. */
export interface DemoChatOptions {
  /** Opens the first account; at random unless given. */
  readonly apiKey?: string;
  /** Businesses, at least one; two unless given. */
  readonly accounts?: readonly DemoAccount[];
  /** Apps that may ask them for access; one unless given, with a secret at random and no redirect address. */
  readonly apps?: readonly DemoApp[];
  /** Milliseconds from a taken message to a delivered one. Default 600. */
  readonly deliveredAfterMs?: number;
  /** Milliseconds before each further attempt of a call to a webhook. Default 500, 2,000 and 8,000. */
  readonly reportPauses?: readonly number[];
  /** How many messages and idempotency keys are kept, the newest of each. Default 10,000 and 200,000. */
  readonly kept?: { readonly messages: number; readonly keys: number };
}

/** A chat service that delivers to the phone in the sandbox's pages. */
export interface DemoChat {
  readonly apiKey: string;
  readonly accounts: readonly DemoAccount[];
  readonly apps: Apps;
  readonly accesses: Accesses;
  readonly pairings: Pairings;
  readonly service: ChatService;
  readonly settings: () => PhoneSettings;
  change(changes: Partial<PhoneSettings>): void;
  /** Its interface, under `/demo-chat`. */
  serve(app: FastifyInstance): void;
  /** Forgets messages, codes and pairings; apps and who is connected stay. */
  clear(): void;
}

/**
 * @param told.onChange A message came, or another status of it.
 * @param told.onSettings Something goes wrong from now on, or no more.
 * @param told.onConnections A code to scan is there, or no more; somebody is connected, or no more.
 */
export function createDemoChat(
  {
    apiKey = `demo_${randomBytes(24).toString('base64url')}`,
    accounts = demoAccounts(),
    apps: initialApps = [someApp()],
    deliveredAfterMs = 600,
    reportPauses = [500, 2_000, 8_000],
    kept = { messages: 10_000, keys: 200_000 },
  }: DemoChatOptions,
  told: {
    readonly onChange: (message: ChatMessage) => void;
    readonly onSettings: (settings: PhoneSettings) => void;
    readonly onConnections: () => void;
  },
  {
    clock = { now: Date.now },
    scheduler = timerScheduler(),
  }: { readonly clock?: Clock; readonly scheduler?: Scheduler } = {},
): DemoChat {
  const [first] = accounts;
  if (first === undefined) throw new RangeError('The demo chat needs at least one account, got none.');
  let settings: PhoneSettings = { reading: 'opened', faults: [] };
  const calls = createWebhookCalls({ scheduler, pauses: reportPauses });
  const accesses = createAccesses({ token: apiKey, account: first });
  const apps = createApps(initialApps);
  const codes = createCodes(clock);
  const pairings = createPairings(accesses, { clock, onChange: told.onConnections });
  const service = createChatService({
    clock,
    scheduler,
    calls,
    accesses,
    reading: () => settings.reading,
    deliveredAfterMs,
    kept,
    onChange: told.onChange,
  });
  return {
    apiKey,
    accounts,
    apps,
    accesses,
    pairings,
    service,
    settings: () => settings,
    change(changes) {
      settings = { ...settings, ...changes };
      told.onSettings(settings);
    },
    serve(app) {
      chatServiceRoutes(app, {
        service,
        accounts,
        apps,
        accesses,
        codes,
        pairings,
        clock,
        faults: () => settings.faults,
        onConnections: told.onConnections,
      });
      app.addHook('onClose', (_app, done) => {
        service.clear();
        calls.close();
        done();
      });
    },
    clear() {
      service.clear();
      codes.clear();
      pairings.clear();
    },
  };
}

function someApp(): DemoApp {
  return {
    clientId: 'demo-app',
    clientSecret: randomBytes(24).toString('base64url'),
    name: 'Demo app',
    redirectUris: [],
  };
}
