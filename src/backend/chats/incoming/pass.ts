import { and, eq, sql } from 'drizzle-orm';
import { channels } from '../../connections/tables.js';
import type { Context } from '../../context.js';
import { longestPause, retryPause } from '../../delivery/backoff.js';
import type { SendHttp } from '../../kommo-api/http.js';
import { ChatsApiError } from '../amojo/chats-api.js';
import { areSaved, connectionOf, installationOf } from '../connection.js';
import type { Worked } from '../conversations.js';
import { begunChats, type ChatMessage, chatMessages } from '../tables.js';
import { newMessageOf } from './payload.js';

/** Milliseconds for which a message waits for a chats API that does not take it: 3 days. */
const patience = 3 * 86_400_000;

export interface PassOptions {
  readonly http: SendHttp;
  /** Where what the message brings can be fetched. */
  readonly linkOf: (message: Pick<ChatMessage, 'id'>) => string;
  /** Called when the chats API does not know the account's connection any more: it is to be made anew after a pause. */
  readonly reconnect: (installationId: string, seconds: number) => Promise<void>;
  /** Seconds before the second attempt. */
  readonly retrySeconds: number;
}

/**
 * Tells the account of what a client wrote.
 *
 * | met                                        | done                                                    |
 * | ------------------------------------------ | ------------------------------------------------------- |
 * | the channel is not saved any more          | dropped                                                 |
 * | the account is not connected yet           | waits; the connection wakes it                          |
 * | no answer, 429, 5xx, no answer of this API | again, with growing pauses                              |
 * | 403, 404                                   | connects anew and tries again: somebody has disconnected us |
 * | 400 and the like                           | `failed`: this one will never be taken                  |
 */
export async function passIncoming(
  message: ChatMessage,
  context: Context,
  { http, linkOf, reconnect, retrySeconds }: PassOptions,
): Promise<Worked> {
  const { store, log, metrics, clock } = context;
  const { db } = store;
  const { installationId, channelId, attempts } = message;
  const end = async (state: 'passed' | 'failed', result: string, detail: string | null): Promise<Worked> => {
    await db
      .update(chatMessages)
      .set({ state, detail, updatedAt: sql`now()` })
      .where(and(eq(chatMessages.id, message.id), eq(chatMessages.state, 'waiting')));
    metrics.chatMessages.inc({ direction: 'in', result });
    return 'done';
  };
  const giveUp = (reason: string): Promise<Worked> => {
    log.error(
      { messageId: message.id, channel: channelId, reason },
      'what a client wrote did not get into the account',
    );
    return end('failed', 'failed', reason);
  };

  const isUsed = (await db.$count(channels, and(areSaved(installationId), eq(channels.id, channelId)))) > 0;
  const installation = await installationOf(db, installationId);
  if (!isUsed || installation === undefined) return end('failed', 'dropped', 'The channel was removed.');
  const isTooOld = clock.now().getTime() - message.createdAt.getTime() > patience;
  const connection = await connectionOf(installation, context, { http });
  if (connection === undefined) {
    return isTooOld ? giveUp('The account is not connected to the chats channel.') : { again: longestPause };
  }
  const [begun] = await db
    .select()
    .from(begunChats)
    .where(and(eq(begunChats.channelId, channelId), eq(begunChats.phone, message.phone)));
  try {
    await connection.api.newMessage(connection.scopeId, newMessageOf(message, { linkOf, begun }));
    return await end('passed', 'passed', null);
  } catch (error) {
    if (!(error instanceof ChatsApiError)) throw error;
    const { kind, status, retryAfter } = error;
    const isDisconnected = status === 403 || status === 404;
    if (isTooOld || (kind === 'refused' && !isDisconnected)) return giveUp(error.message);
    const again = retryPause({ attempt: attempts, baseSeconds: retrySeconds, retryAfter });
    if (isDisconnected) await reconnect(installationId, again);
    log.warn(
      { messageId: message.id, status, attempt: attempts },
      'the chats API did not take a message; it is tried again',
    );
    return { again };
  }
}
