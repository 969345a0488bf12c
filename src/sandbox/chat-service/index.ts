import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../account/context.js';
import { timerScheduler, type Scheduler } from '../account/hooks/scheduler.js';
import type { PhoneSettings } from '../phone-wire.js';
import type { ChatMessage } from './message.js';
import { chatServiceRoutes } from './routes.js';
import { createChatService, type ChatService } from './service.js';
import { createStatusReports } from './status-reports.js';

export type { ChatMessage };

/** How the demo chat service is set up; what is left out has a default. */
export interface DemoChatOptions {
  /** At random unless given. */
  readonly apiKey?: string;
  /** Milliseconds from a taken message to a delivered one. Default 600. */
  readonly deliveredAfterMs?: number;
  /** Milliseconds before each further attempt of a status report. Default 500, 2,000 and 8,000. */
  readonly reportPauses?: readonly number[];
  /** How many messages and idempotency keys are kept, the newest of each. Default 10,000 and 200,000. */
  readonly kept?: { readonly messages: number; readonly keys: number };
}

/** A chat service that delivers to the phone in the sandbox's pages. */
export interface DemoChat {
  readonly apiKey: string;
  readonly service: ChatService;
  readonly settings: () => PhoneSettings;
  change(changes: Partial<PhoneSettings>): void;
  /** Its interface, under `/demo-chat`. */
  serve(app: FastifyInstance): void;
}

/**
 * @param told.onChange A message came, or another status of it.
 * @param told.onSettings Something goes wrong from now on, or no more.
 */
export function createDemoChat(
  {
    apiKey = `demo_${randomBytes(24).toString('base64url')}`,
    deliveredAfterMs = 600,
    reportPauses = [500, 2_000, 8_000],
    kept = { messages: 10_000, keys: 200_000 },
  }: DemoChatOptions,
  told: {
    readonly onChange: (message: ChatMessage) => void;
    readonly onSettings: (settings: PhoneSettings) => void;
  },
  {
    clock = { now: Date.now },
    scheduler = timerScheduler(),
  }: { readonly clock?: Clock; readonly scheduler?: Scheduler } = {},
): DemoChat {
  let settings: PhoneSettings = { reading: 'opened', faults: [] };
  const reports = createStatusReports({ apiKey, scheduler, pauses: reportPauses });
  const service = createChatService({
    clock,
    scheduler,
    reports,
    reading: () => settings.reading,
    deliveredAfterMs,
    kept,
    onChange: told.onChange,
  });
  return {
    apiKey,
    service,
    settings: () => settings,
    change(changes) {
      settings = { ...settings, ...changes };
      told.onSettings(settings);
    },
    serve(app) {
      chatServiceRoutes(app, { service, apiKey, faults: () => settings.faults });
      app.addHook('onClose', (_app, done) => {
        service.clear();
        reports.close();
        done();
      });
    },
  };
}
