import type { Attempt, AttemptRequest } from '../../contract/connections-api.js';
import type { Caller } from '../auth/authenticate.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { askService, type AskService } from './asking.js';
import { attemptOf, endAttempts } from './attempt-rows.js';
import { createBeginning } from './beginning.js';
import { useToken } from './changes.js';
import { createEnding } from './ending.js';
import { fillAttempt } from './key-attempts.js';
import { createOAuthAttempts, type OAuthAttempts } from './oauth-attempts.js';
import { createQrAttempts } from './qr-attempts.js';
import type { Secrets } from './secrets.js';
import { toAttempt } from './step.js';
import type { AttemptRow } from './tables.js';

/** Attempts at connecting accounts of chat services, from the first call to the channel. */
export interface Connecting {
  /** @throws Refusal */
  begin(caller: Caller, request: AttemptRequest): Promise<Attempt>;
  /** The consent page of a fresh attempt at a channel whose session has expired. Uses no token up. */
  renew(
    caller: Caller,
    channel: { readonly id: string; readonly service: string },
  ): Promise<string | undefined>;
  /** How far an attempt is; asks the service where that is due. @throws Refusal */
  look(caller: Caller, id: string): Promise<Attempt>;
  /** @throws Refusal */
  fill(caller: Caller, id: string, fields: Readonly<Record<string, string>>): Promise<Attempt>;
  /** What is over already stays as it is. @throws Refusal */
  giveUp(caller: Caller, id: string): Promise<void>;
  /** What goes on in the service's window. */
  readonly oauth: OAuthAttempts;
}

export interface ConnectingOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  /** Milliseconds that a step of a service may take. */
  readonly patience?: number | undefined;
}

export function createConnecting(
  context: Context,
  { definitions, secrets, patience }: ConnectingOptions,
): Connecting {
  const { store, config, clock, log } = context;
  const { db, jobs } = store;
  const ask: AskService = (service, work) =>
    askService(work, { log, service, ...(patience !== undefined && { patience }) });
  const beginning = createBeginning(context, { definitions, secrets });
  const ending = createEnding(context, { secrets });
  const qr = createQrAttempts(context, { definitions, secrets, ending, ask });

  const view = (row: AttemptRow): Attempt => toAttempt(row, secrets.openStep(row));

  return {
    oauth: createOAuthAttempts(context, { definitions, secrets, ending, ask }),

    async begin(caller, request) {
      await beginning.check(caller, request);
      const attempt = await db.transaction(async (tx) => {
        await useToken(tx, caller, config);
        return beginning.add(tx, caller, request);
      });
      return view(attempt.method === 'qr' ? await qr.begin(attempt) : attempt);
    },

    async renew(caller, { id, service }) {
      if (definitions.get(service)?.oauth === undefined) return undefined;
      const request = { service, method: 'oauth', channel_id: id } as const;
      const attempt = await db.transaction((tx) => beginning.add(tx, caller, request));
      const step = secrets.openStep(attempt);
      return step?.method === 'oauth' ? step.url : undefined;
    },

    async look(caller, id) {
      const attempt = await attemptOf(db, caller, id);
      if (attempt.state !== 'waiting') return toAttempt(attempt, undefined);
      if (attempt.expiresAt <= clock.now()) {
        await db.transaction((tx) =>
          endAttempts({ jobs }, tx, [id], { state: 'failed', problem: 'expired' }),
        );
        return view(await ending.reread(id));
      }
      const step = secrets.openStep(attempt);
      if (step?.method !== 'qr') return toAttempt(attempt, step);
      await qr.poll(attempt, step);
      return view(await ending.reread(id));
    },

    async fill(caller, id, given) {
      const attempt = await attemptOf(db, caller, id);
      await fillAttempt(context, { caller, attempt, given }, { definitions, ending, ask });
      return view(await ending.reread(id));
    },

    async giveUp(caller, id) {
      await attemptOf(db, caller, id);
      await db.transaction(async (tx) => {
        await useToken(tx, caller, config);
        await endAttempts({ jobs }, tx, [id], { state: 'failed', problem: 'expired' });
      });
    },
  };
}
