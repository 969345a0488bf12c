import type { MessageReason } from '../../contract/message-outcomes.js';
import type { Context } from '../context.js';
import { hasAccess } from '../installations/reader.js';
import type { Installation } from '../installations/tables.js';
import type { Directory } from '../kommo-api/directory.js';
import { KommoApiError, type KommoApiErrorKind, type KommoApis } from '../kommo-api/kommo-api.js';
import type { Event } from '../receiving/tables.js';
import { nameOf } from '../receiving/webhooks/names.js';
import { elementTypes } from '../../kommo/elements.js';
import { isStoreFault } from '../store/faults.js';
import { languageOf } from '../words/language-of.js';
import { retryPause } from './backoff.js';
import type { DueEvent, DueEvents } from './queue/lanes.js';
import { LeaseLostError } from './queue/leases.js';
import {
  endAttempt,
  type EventEnd,
  keepPlan,
  type KeepOptions,
  messagesOf,
  type Outcome,
} from './message-store.js';
import type { SentMove } from './outcomes.js';
import { nobody, type PlannedMessage, planMessages } from './planning/plan.js';
import { sendMessages } from './send.js';
import type { Sender, Senders } from './sender.js';

export interface DeliverOptions {
  readonly apis: KommoApis;
  readonly directory: Directory;
  readonly senders: Senders;
  readonly installationOf: (id: string) => Promise<Installation | undefined>;
  readonly random?: () => number;
}

/** The worker's turn at a lane. */
export interface Turn {
  /** Called right before a message leaves; throws {@link LeaseLostError} when another process may be at it by now. */
  readonly checkLease?: (() => void) | undefined;
  /** Gives the lane back with the end of the attempt, this being all that was due in it. */
  readonly release?: DueEvents | undefined;
}

/** How an attempt ended, and whether the event's lane was given back with it. */
export interface Delivered extends Pick<EventEnd, 'end'> {
  readonly isReleased: boolean;
}

/**
 * One attempt at an event: plans its messages unless an earlier attempt has, sends those that wait, and writes down
 * how it ended, giving the event's lane back where `release` is given. Rejects only when the store does not answer, or
 * the lease is lost.
 *
 * | what happens                                  | the event                    | its messages      |
 * | --------------------------------------------- | ---------------------------- | ----------------- |
 * | all have their outcome                        | done                         |                   |
 * | something that may pass (429, 5xx, time-outs) | waits for a retry            | stay queued       |
 * | the same, at the last attempt                 | dead                         | failed            |
 * | no connection, no access, no subscription     | dead, for somebody to mend   | failed            |
 * | the service refuses a message                 | done                         | failed or skipped |
 * | a bug of ours                                 | as what may pass             | as there          |
 */
export async function deliver(
  event: DueEvent,
  context: Context,
  options: DeliverOptions,
  { checkLease, release }: Turn = {},
): Promise<Delivered> {
  const { db } = context.store;
  try {
    const { end, reason, sent } = await attempt(event, context, { ...options, checkLease });
    const isReleased = await endAttempt(db, event, end, { reason, sent, release });
    if (end.end !== 'done') await tellTrouble(event, end, context);
    return { end: end.end, isReleased };
  } catch (error) {
    if (isStoreFault(error) || error instanceof LeaseLostError) throw error;
    const end = await endBroken(event, error, context, options);
    const isReleased = await endAttempt(db, event, end, { reason: 'internal', release });
    context.log.error(
      { err: error, eventId: event.id, end: end.end },
      'A bug of ours: please report it with this stack',
    );
    return { end: end.end, isReleased };
  }
}

/** Something that nobody expected counts as an attempt as well: an event that breaks the worker must not do so for ever. */
async function endBroken(
  event: Event,
  error: unknown,
  context: Context,
  options: DeliverOptions,
): Promise<EventEnd> {
  const { db } = context.store;
  const name = error instanceof Error ? error.name : 'unknown';
  const end = retryOrGiveUp(event, `A bug of ours (${name}); its stack is in the log.`, 0, context, options);
  if (end.end === 'dead' && (await messagesOf(db, [event.id])).length === 0) {
    await keep(event, [nobody('internal', 'failed')], context, { repeatMinutes: 0 });
  }
  return end;
}

/** With the lead's name, by which whoever looks after the backend finds it in the account. */
async function tellTrouble(event: Event, { end }: EventEnd, { store, log }: Context): Promise<void> {
  const { id: eventId, installationId, elementType, elementId, attempts } = event;
  const name =
    elementType === elementTypes.lead ? await nameOf(store, installationId, 'leads', elementId) : undefined;
  log.warn(
    { eventId, installationId, elementType, elementId, name, attempt: attempts + 1, end },
    end === 'dead' ? 'An event was given up' : 'An event waits for another attempt',
  );
}

interface Attempt {
  readonly end: EventEnd;
  /** Why messages that still wait have failed if this was the last attempt. */
  readonly reason: MessageReason;
  /** A message that was sent, to be written down with the end. */
  readonly sent?: SentMove | undefined;
}

/** Whoever has taken the access back wants no messages any more, those that were planned before included. */
const withoutAccess: Attempt = {
  end: { end: 'dead', error: 'The installation has no access.' },
  reason: 'access_revoked',
};

async function attempt(
  event: DueEvent,
  context: Context,
  options: DeliverOptions & Pick<Turn, 'checkLease'>,
): Promise<Attempt> {
  const { db } = context.store;
  let planned: readonly Outcome[] = event.isPlanned ? await messagesOf(db, [event.id]) : [];
  let planning: { readonly sender: Sender | undefined } | undefined;
  if (!event.isPlanned) {
    try {
      const sender = await options.senders.of(event.installationId);
      planned = await plan(event, context, options, sender);
      planning = { sender };
    } catch (error) {
      if (!(error instanceof KommoApiError)) throw error;
      return endUnplanned(event, error, context, options);
    }
    if (planned.some(({ reason }) => reason === 'access_revoked')) return withoutAccess;
  } else if (!(await hasAccess(context.store, event.installationId))) {
    const queued = planned.filter(({ state }) => state === 'queued');
    context.metrics.messages.inc({ state: 'failed', reason: withoutAccess.reason }, queued.length);
    return withoutAccess;
  }
  const { failures, unwritten } = await sendMessages(planned, context, {
    senders: options.senders,
    installationId: event.installationId,
    first: planning,
    checkLease: options.checkLease,
  });
  const temporary = failures.filter(({ kind }) => kind === 'temporary');
  const [first] = temporary;
  if (first !== undefined) {
    const retryAfter = Math.max(0, ...temporary.map((failure) => failure.retryAfter ?? 0));
    const end = retryOrGiveUp(event, first.message, retryAfter, context, options);
    const reason = 'service_unavailable';
    if (end.end === 'dead') context.metrics.messages.inc({ state: 'failed', reason }, temporary.length);
    return { end, reason };
  }
  // One that an earlier attempt could not send for want of a connection is to be brought back with the event.
  const unconnected =
    failures.find(({ kind }) => kind === 'not_connected')?.message ??
    planned.find(({ state, reason }) => state === 'failed' && reason === 'not_connected')?.serviceDetail;
  const end: EventEnd = unconnected == null ? { end: 'done' } : { end: 'dead', error: unconnected };
  return { end, reason: 'not_connected', sent: unwritten };
}

/** Keeps the plan and counts the outcomes that stand already. */
async function keep(
  event: Event,
  planned: readonly PlannedMessage[],
  { store, metrics }: Context,
  options: KeepOptions,
): Promise<readonly Outcome[]> {
  const kept = await keepPlan(store.db, event, planned, options);
  for (const { state, reason } of kept) {
    if (state === 'skipped' || state === 'failed') metrics.messages.inc({ state, reason: reason ?? '' });
  }
  return kept;
}

async function plan(
  event: Event,
  context: Context,
  { apis, directory, installationOf }: DeliverOptions,
  sender: Sender | undefined,
): Promise<readonly Outcome[]> {
  const { repeatMinutes, noteLanguage } = context.config;
  const installation = await installationOf(event.installationId);
  const planned =
    installation?.state === 'active'
      ? await planMessages(event, {
          api: apis.of(installation.id),
          directory,
          installation,
          language: languageOf(installation.country ?? undefined, installation.platform, noteLanguage),
        })
      : [nobody('access_revoked', 'failed')];
  return keep(event, planned, context, {
    repeatMinutes,
    service: sender?.service.name,
    channelId: sender?.channelId,
  });
}

/** Why the account could not be asked, in the words of the outcome. */
const kommoReasons: Readonly<Record<KommoApiErrorKind, MessageReason>> = {
  temporary: 'kommo_unavailable',
  access_revoked: 'access_revoked',
  subscription_lapsed: 'subscription_lapsed',
  forbidden: 'kommo_refused',
  not_found: 'kommo_refused',
  refused: 'kommo_refused',
};

/** The account could not be asked who the recipients are. */
async function endUnplanned(
  event: Event,
  error: KommoApiError,
  context: Context,
  options: DeliverOptions,
): Promise<Attempt> {
  const reason = kommoReasons[error.kind];
  const end: EventEnd =
    error.kind === 'temporary'
      ? retryOrGiveUp(event, error.message, error.retryAfter, context, options)
      : { end: 'dead', error: error.message };
  if (end.end === 'dead') {
    await keep(event, [nobody(reason, 'failed')], context, { repeatMinutes: 0 });
  }
  return { end, reason };
}

function retryOrGiveUp(
  { attempts }: Event,
  error: string,
  retryAfter: number | undefined,
  { config }: Context,
  { random }: DeliverOptions,
): EventEnd {
  const attemptNumber = attempts + 1;
  if (attemptNumber >= config.attempts) return { end: 'dead', error };
  const pauseSeconds = retryPause({
    attempt: attemptNumber,
    baseSeconds: config.retrySeconds,
    retryAfter,
    ...(random === undefined ? {} : { random }),
  });
  return { end: 'retry', pauseSeconds, error };
}
