import { eq, sql } from 'drizzle-orm';
import { ChatServiceError } from '../chat-services/chat-service.js';
import type { Context } from '../context.js';
import { markTried, type Outcome } from './message-store.js';
import { moveMessage, type SentMove } from './outcomes.js';
import type { Sender, Senders } from './sender.js';
import { messages } from './tables.js';

/** Messages of one event that are on their way at the same time. */
const sentTogether = 5;

export interface SendOptions {
  readonly senders: Pick<Senders, 'of' | 'again'>;
  readonly installationId: string;
  /** Where they were planned by this very attempt, and so count as tried already: what they are to go out through. */
  readonly first?: { readonly sender: Sender | undefined } | undefined;
  /** Called right before each message leaves; what it throws ends the sending. */
  readonly checkLease?: (() => void) | undefined;
}

/** What became of the messages of an attempt. */
export interface Sending {
  readonly failures: readonly ChatServiceError[];
  /** That a lone message was sent: to be written down together with the end of the attempt, and by nobody before. */
  readonly unwritten?: SentMove;
}

/**
 * Sends those of the messages that are queued, and writes down what became of each. A message whose failure may pass
 * stays queued.
 */
export async function sendMessages(
  planned: readonly Outcome[],
  context: Context,
  { senders, installationId, first, checkLease }: SendOptions,
): Promise<Sending> {
  const queued = planned.filter(({ state }) => state === 'queued');
  if (queued.length === 0) return { failures: [] };
  const sender = first === undefined ? await senders.of(installationId) : first.sender;
  const waiting =
    first === undefined
      ? await stillQueued(queued, context, { senders, sender })
      : withSender(queued, sender);
  const [lone, ...others] = waiting;
  if (lone !== undefined && others.length === 0) {
    const sent = await sendOne(lone, context, checkLease);
    return sent instanceof ChatServiceError ? { failures: [sent] } : { failures: [], unwritten: sent };
  }
  const failures: ChatServiceError[] = [];
  const sendNext = async (): Promise<void> => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      const sent = await sendOne(message, context, checkLease);
      if (sent instanceof ChatServiceError) failures.push(sent);
      else await moveMessage(context.store.db, { id: sent.id }, sent.move);
    }
  };
  await Promise.all(Array.from({ length: Math.min(sentTogether, queued.length) }, sendNext));
  return { failures };
}

/** A message and what it goes out through; undefined when nothing is connected. */
interface Dispatch {
  readonly message: Outcome;
  readonly sender: Sender | undefined;
}

function withSender(queued: readonly Outcome[], sender: Sender | undefined): Dispatch[] {
  return queued.map((message) => ({ message, sender }));
}

/**
 * Those that still wait. One that may have gone out before goes through the same again, which alone can tell; all
 * others through what the installation sends through now.
 */
async function stillQueued(
  queued: readonly Outcome[],
  { store }: Context,
  { senders, sender }: { senders: SendOptions['senders']; sender: Sender | undefined },
): Promise<Dispatch[]> {
  const dispatches = await Promise.all(
    queued.map(async (message) => {
      const { triedAt, service, channelId } = message;
      const isTried = triedAt !== null && service !== null;
      return { message, sender: isTried ? await senders.again({ service, channelId }) : sender };
    }),
  );
  const bySender = new Map<string, Dispatch[]>();
  for (const dispatch of dispatches) {
    const { channelId = null, service } = dispatch.sender ?? {};
    const key = JSON.stringify([channelId, service?.name]);
    bySender.set(key, [...(bySender.get(key) ?? []), dispatch]);
  }
  const waiting: Dispatch[] = [];
  for (const group of bySender.values()) {
    const through = group[0]?.sender;
    if (through === undefined) {
      waiting.push(...group);
      continue;
    }
    const ids = await markTried(
      store.db,
      group.map(({ message }) => message.id),
      { service: through.service.name, channelId: through.channelId },
    );
    waiting.push(...group.filter(({ message }) => ids.has(message.id)));
  }
  return waiting;
}

/** Sends a message and writes down a failure; that it was sent is to be written down by the caller. */
async function sendOne(
  { message, sender }: Dispatch,
  context: Context,
  checkLease: SendOptions['checkLease'],
): Promise<ChatServiceError | SentMove> {
  const { metrics } = context;
  if (sender === undefined) {
    const error = new ChatServiceError('not_connected', 'No chat service is connected.', {
      reason: 'not_connected',
    });
    await writeFailure(message, error, context);
    return error;
  }
  const { service } = sender;
  checkLease?.();
  try {
    const { id } = await service.send({
      to: message.phone ?? '',
      text: message.text ?? '',
      idempotencyKey: message.id,
      statusUrl: sender.statusUrl(message.id),
      ...(message.triedAt === null ? {} : { triedSince: message.triedAt }),
    });
    metrics.messages.inc({ state: 'sent', reason: '' });
    return { id: message.id, move: { state: 'sent', service: service.name, serviceMessageId: id } };
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
    if (error.kind === 'not_connected') await sender.onRefused();
    await writeFailure(message, error, context);
    return error;
  }
}

async function writeFailure(
  { id }: Outcome,
  { kind, reason, code, message: detail }: ChatServiceError,
  { store, metrics, log }: Context,
): Promise<void> {
  const { db } = store;
  log.warn({ messageId: id, kind, reason, serviceCode: code }, 'The chat service did not take a message');
  if (kind === 'temporary') {
    await db
      .update(messages)
      .set({ serviceCode: code ?? null, serviceDetail: detail, updatedAt: sql`now()` })
      .where(eq(messages.id, id));
    return;
  }
  const state = reason === 'not_on_service' ? 'skipped' : 'failed';
  await moveMessage(db, { id }, { state, reason, serviceCode: code, serviceDetail: detail });
  metrics.messages.inc({ state, reason });
}
