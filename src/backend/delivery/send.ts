import { eq, sql } from 'drizzle-orm';
import { type ChatService, ChatServiceError } from '../chat-services/chat-service.js';
import { statusUrl } from '../chat-services/status-url.js';
import type { Context } from '../context.js';
import { markTried, type Outcome } from './message-store.js';
import { moveMessage } from './outcomes.js';
import { messages } from './tables.js';

/** Messages of one event that are on their way at the same time. */
const sentTogether = 5;

export interface SendOptions {
  /** Undefined while none is connected. */
  readonly service: ChatService | undefined;
  /** Whether they were planned by this very attempt, and so count as tried already. */
  readonly isFirst: boolean;
}

/**
 * Sends those of the messages that are queued, and writes down what became of each. Gives the failures; a message
 * whose failure may pass stays queued.
 */
export async function sendMessages(
  planned: readonly Outcome[],
  context: Context,
  { service, isFirst }: SendOptions,
): Promise<ChatServiceError[]> {
  const queued = planned.filter(({ state }) => state === 'queued');
  if (queued.length === 0) return [];
  if (service === undefined) {
    const error = new ChatServiceError('not_connected', 'No chat service is connected.', {
      reason: 'not_connected',
    });
    for (const message of queued) await writeFailure(message, error, context);
    return [error];
  }
  const waiting = isFirst ? queued : await stillQueued(queued, service, context);
  const failures: ChatServiceError[] = [];
  const sendNext = async (): Promise<void> => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      const failure = await sendOne(message, context, service);
      if (failure !== undefined) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: Math.min(sentTogether, queued.length) }, sendNext));
  return failures;
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

async function sendOne(
  message: Outcome,
  context: Context,
  service: ChatService,
): Promise<ChatServiceError | undefined> {
  const { config, store, metrics } = context;
  try {
    const { id } = await service.send({
      to: message.phone ?? '',
      text: message.text ?? '',
      idempotencyKey: message.id,
      statusUrl: statusUrl(config, { service: service.name, messageId: message.id }),
      ...(message.triedAt === null ? {} : { triedSince: message.triedAt }),
    });
    await moveMessage(
      store.db,
      { id: message.id },
      { state: 'sent', service: service.name, serviceMessageId: id },
    );
    metrics.messages.inc({ state: 'sent', reason: '' });
    return undefined;
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
