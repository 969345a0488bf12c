import { eq, sql } from 'drizzle-orm';
import { type ChatService, ChatServiceError } from '../chat-services/chat-service.js';
import { statusUrl } from '../chat-services/status-url.js';
import type { Context } from '../context.js';
import { markTried, type Outcome } from './message-store.js';
import { moveMessage, type SentMove } from './outcomes.js';
import { messages } from './tables.js';

/** Messages of one event that are on their way at the same time. */
const sentTogether = 5;

export interface SendOptions {
  /** Undefined while none is connected. */
  readonly service: ChatService | undefined;
  /** Whether they were planned by this very attempt, and so count as tried already. */
  readonly isFirst: boolean;
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
  { service, isFirst, checkLease }: SendOptions,
): Promise<Sending> {
  const queued = planned.filter(({ state }) => state === 'queued');
  if (queued.length === 0) return { failures: [] };
  if (service === undefined) {
    const error = new ChatServiceError('not_connected', 'No chat service is connected.', {
      reason: 'not_connected',
    });
    for (const message of queued) await writeFailure(message, error, context);
    return { failures: [error] };
  }
  const waiting = isFirst ? queued : await stillQueued(queued, service, context);
  const [lone, ...others] = waiting;
  if (lone !== undefined && others.length === 0) {
    const sent = await sendOne(lone, context, { service, checkLease });
    return sent instanceof ChatServiceError ? { failures: [sent] } : { failures: [], unwritten: sent };
  }
  const failures: ChatServiceError[] = [];
  const sendNext = async (): Promise<void> => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      const sent = await sendOne(message, context, { service, checkLease });
      if (sent instanceof ChatServiceError) failures.push(sent);
      else await moveMessage(context.store.db, { id: sent.id }, sent.move);
    }
  };
  await Promise.all(Array.from({ length: Math.min(sentTogether, queued.length) }, sendNext));
  return { failures };
}

async function stillQueued(
  queued: readonly Outcome[],
  { name }: ChatService,
  { store }: Context,
): Promise<Outcome[]> {
  const ids = await markTried(
    store.db,
    queued.map(({ id }) => id),
    name,
  );
  return queued.filter(({ id }) => ids.has(id));
}

/** Sends a message and writes down a failure; that it was sent is to be written down by the caller. */
async function sendOne(
  message: Outcome,
  context: Context,
  { service, checkLease }: { service: ChatService; checkLease?: (() => void) | undefined },
): Promise<ChatServiceError | SentMove> {
  const { config, metrics } = context;
  checkLease?.();
  try {
    const { id } = await service.send({
      to: message.phone ?? '',
      text: message.text ?? '',
      idempotencyKey: message.id,
      statusUrl: statusUrl(config, { service: service.name, messageId: message.id }),
      ...(message.triedAt === null ? {} : { triedSince: message.triedAt }),
    });
    metrics.messages.inc({ state: 'sent', reason: '' });
    return { id: message.id, move: { state: 'sent', service: service.name, serviceMessageId: id } };
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
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
