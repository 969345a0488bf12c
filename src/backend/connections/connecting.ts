import { eq } from 'drizzle-orm';
import { type Attempt, type AttemptRequest, mostChannels } from '../../contract/connections-api.js';
import type { Caller } from '../auth/authenticate.js';
import {
  type ChatServiceDefinition,
  type ConnectedAccount,
  ConnectError,
} from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { Refusal } from '../refusal.js';
import type { Database } from '../store/store.js';
import { askService, detailOf } from './asking.js';
import { attemptOf, claimPoll, endAttempts, keepStep, lockWaiting, makeRoom } from './attempt-rows.js';
import { channelsOf, keepAccount } from './channels.js';
import { lockVersion, refuseUsedToken, useToken } from './changes.js';
import { readFields } from './methods/api-key.js';
import { beginOAuth, completeOAuth, type ConsentAnswer, redirectUriOf } from './methods/oauth.js';
import { drawCode } from './methods/qr.js';
import type { Secrets } from './secrets.js';
import { type Step, toAttempt } from './step.js';
import { type AttemptRow, connectionAttempts } from './tables.js';

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
  /** The person is back from the service's page, whose state was taken from the attempt (`takeState`). */
  complete(attempt: AttemptRow, answer: Omit<ConsentAnswer, 'redirectUri'>): Promise<AttemptRow>;
  /** Ends an attempt that came to nothing. */
  fail(attempt: AttemptRow, why: ConnectError): Promise<AttemptRow>;
}

export interface ConnectingOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  /** Milliseconds that a step of a service may take. */
  readonly patience?: number | undefined;
}

/** Minutes in which an attempt has to be finished: a key may have to be looked for. */
const minutes: Readonly<Record<AttemptRow['method'], number>> = { oauth: 15, qr: 10, api_key: 60 };

/** Seconds between two questions to the service about one attempt. */
const pollPause = 1;

/** Answers in a row that cannot be used until an attempt has failed: one may get lost on the way. */
const mostFailures = 3;

export function createConnecting(
  { store, config, clock, log }: Context,
  { definitions, secrets, patience }: ConnectingOptions,
): Connecting {
  const { db, jobs } = store;
  const ask = <T>(service: string, work: () => Promise<T> | T): Promise<T> =>
    askService(work, { log, service, ...(patience !== undefined && { patience }) });

  const view = (row: AttemptRow): Attempt => toAttempt(row, secrets.openStep(row));

  async function reread(id: string): Promise<AttemptRow> {
    const [row] = await db.select().from(connectionAttempts).where(eq(connectionAttempts.id, id));
    if (row === undefined)
      throw new Refusal(404, 'unknown_attempt', 'The attempt is gone: begin another one');
    return row;
  }

  /** The attempt's end is that of the first who comes. */
  async function finish(
    attempt: AttemptRow,
    outcome: ConnectedAccount | ConnectError,
    before: (tx: Database) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    return db.transaction(async (tx) => {
      await lockVersion(tx, attempt.installationId);
      await before(tx);
      if (!(await lockWaiting(tx, attempt.id))) return false;
      const kept =
        outcome instanceof ConnectError
          ? { problem: outcome.problem, detail: detailOf(outcome) }
          : await keepAccount(tx, attempt, outcome, { jobs: store, secrets });
      const end =
        'problem' in kept
          ? ({ state: 'failed', ...kept } as const)
          : ({ state: 'connected', ...kept } as const);
      await endAttempts({ jobs }, tx, [attempt.id], end);
      log.info(
        {
          installation: attempt.installationId,
          service: attempt.service,
          method: attempt.method,
          ...('problem' in kept ? { problem: kept.problem } : { channel: kept.channelId }),
        },
        'An attempt at connecting a chat service has ended',
      );
      return true;
    });
  }

  /** Adds an attempt that waits. */
  async function add(
    tx: Database,
    caller: Caller,
    { service, method, channel_id: channelId }: AttemptRequest,
  ): Promise<AttemptRow> {
    await makeRoom(store, tx, caller.installation.id);
    const definition = definitions.get(service);
    const [row] = await tx
      .insert(connectionAttempts)
      .values({
        installationId: caller.installation.id,
        userId: caller.userId,
        service,
        method,
        channelId: channelId ?? null,
        state: 'waiting',
        expiresAt: new Date(clock.now().getTime() + minutes[method] * 60_000),
      })
      .returning();
    if (row === undefined) throw new Error('The attempt was added and is not there.');
    if (method !== 'oauth' || definition?.oauth === undefined) return row;
    const { stateHash, step } = beginOAuth(definition.oauth, {
      redirectUri: redirectUriOf(config, service),
      origin: caller.origin,
    });
    const kept = { stateHash, memory: secrets.sealStep(row.id, step) };
    await tx.update(connectionAttempts).set(kept).where(eq(connectionAttempts.id, row.id));
    return { ...row, ...kept };
  }

  async function beginQr(attempt: AttemptRow): Promise<AttemptRow> {
    const { qr } = definitionOf(attempt);
    if (qr === undefined) return attempt;
    try {
      const memory = await ask(attempt.service, () => qr.begin({ id: attempt.id }));
      const step: Step = { method: 'qr', memory, image: null, imageExpiresAt: null, failures: 0 };
      await keepStep(db, attempt.id, { memory: secrets.sealStep(attempt.id, step), seconds: 0 });
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      await finish(attempt, error);
    }
    return reread(attempt.id);
  }

  /** Asks the service how far it is, one caller at a time. */
  async function pollQr(attempt: AttemptRow, step: Extract<Step, { method: 'qr' }>): Promise<void> {
    const { qr } = definitionOf(attempt);
    const { memory } = step;
    // While the service is asked nobody else does; should this process die, the next one may.
    if (qr === undefined || memory === undefined || !(await claimPoll(db, attempt.id, 30))) return;
    const keep = (next: Step): Promise<void> =>
      keepStep(db, attempt.id, { memory: secrets.sealStep(attempt.id, next), seconds: pollPause });
    let isAnswered = false;
    try {
      const answer = await ask(attempt.service, () => qr.poll(memory));
      isAnswered = true;
      if (answer.state === 'connected') {
        await finish(attempt, answer.account);
        return;
      }
      const { code } = answer;
      const image = code === undefined ? null : await drawCode(code);
      const imageExpiresAt =
        code?.expiresAt === undefined ? null : Math.floor(code.expiresAt.getTime() / 1000);
      await keep({ ...step, image, imageExpiresAt, failures: 0 });
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      const failures = step.failures + 1;
      const mayPass = error.problem === 'service_unavailable' && !isAnswered && failures < mostFailures;
      if (mayPass) await keep({ ...step, failures });
      else await finish(attempt, error);
    }
  }

  function definitionOf({ service }: Pick<AttemptRow, 'service'>): ChatServiceDefinition {
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

  async function checkRequest(caller: Caller, request: AttemptRequest): Promise<void> {
    const { service, method, channel_id: channelId } = request;
    const offered = methodsOf(definitionOf(request));
    if (!offered.includes(method)) {
      throw new Refusal(400, 'bad_request', `method: ${service} is connected by ${offered.join(', ')}`);
    }
    const present = await channelsOf(db, caller.installation.id);
    if (channelId === undefined) {
      if (present.length < mostChannels) return;
      throw new Refusal(
        409,
        'limit_reached',
        `The account has ${mostChannels} channels already: disconnect one first`,
      );
    }
    if (!present.some((channel) => channel.id === channelId && channel.service === service)) {
      throw new Refusal(404, 'unknown_channel', `The account has no channel of ${service} with this id`);
    }
  }

  return {
    async begin(caller, request) {
      await checkRequest(caller, request);
      const attempt = await db.transaction(async (tx) => {
        await useToken(tx, caller, config);
        return add(tx, caller, request);
      });
      return view(attempt.method === 'qr' ? await beginQr(attempt) : attempt);
    },

    async renew(caller, { id, service }) {
      if (definitions.get(service)?.oauth === undefined) return undefined;
      const request = { service, method: 'oauth', channel_id: id } as const;
      const attempt = await db.transaction((tx) => add(tx, caller, request));
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
        return view(await reread(id));
      }
      const step = secrets.openStep(attempt);
      if (step?.method !== 'qr') return toAttempt(attempt, step);
      await pollQr(attempt, step);
      return view(await reread(id));
    },

    async fill(caller, id, given) {
      const attempt = await attemptOf(db, caller, id);
      if (attempt.method !== 'api_key') {
        throw new Refusal(400, 'bad_request', `The attempt is one by ${attempt.method}: it takes no fields`);
      }
      const { apiKey } = definitionOf(attempt);
      if (attempt.state !== 'waiting' || attempt.expiresAt <= clock.now() || apiKey === undefined)
        throw ended();
      await refuseUsedToken(db, caller, config);
      let outcome: ConnectedAccount | ConnectError;
      try {
        const values = readFields(given, apiKey.fields);
        outcome = await ask(attempt.service, () => apiKey.complete(values));
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        outcome = error;
      }
      const isOurs = await finish(attempt, outcome, (tx) => useToken(tx, caller, config));
      if (!isOurs) throw ended();
      return view(await reread(id));
    },

    async giveUp(caller, id) {
      await attemptOf(db, caller, id);
      await db.transaction(async (tx) => {
        await useToken(tx, caller, config);
        await endAttempts({ jobs }, tx, [id], { state: 'failed', problem: 'expired' });
      });
    },

    async complete(attempt, { query }) {
      const { oauth } = definitionOf(attempt);
      const step = secrets.openStep(attempt);
      if (oauth === undefined || step?.method !== 'oauth') throw ended();
      let outcome: ConnectedAccount | ConnectError;
      try {
        const redirectUri = redirectUriOf(config, attempt.service);
        outcome = await ask(attempt.service, () => completeOAuth(oauth, step, { query, redirectUri }));
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        outcome = error;
      }
      await finish(attempt, outcome);
      return reread(attempt.id);
    },

    async fail(attempt, why) {
      await finish(attempt, why);
      return reread(attempt.id);
    },
  };
}

/** The ways in which a service is connected, the usual one first. */
export function methodsOf({ oauth, qr, apiKey }: ChatServiceDefinition): AttemptRow['method'][] {
  return [
    ...(oauth === undefined ? [] : (['oauth'] as const)),
    ...(qr === undefined ? [] : (['qr'] as const)),
    ...(apiKey === undefined ? [] : (['api_key'] as const)),
  ];
}

function ended(): Refusal {
  return new Refusal(409, 'attempt_ended', 'The attempt has ended: begin another one');
}
