import { and, eq } from 'drizzle-orm';
import { ChatServiceError, type OutgoingMedia } from '../../chat-services/chat-service.js';
import type { ConnectedService } from '../../chat-services/definition.js';
import { markDisconnected } from '../../connections/channels.js';
import { hookUrl } from '../../connections/hook-url.js';
import { channels } from '../../connections/tables.js';
import type { Context } from '../../context.js';
import { retryPause } from '../../delivery/backoff.js';
import { areSaved, installationOf } from '../connection.js';
import type { Worked } from '../conversations.js';
import { readMedia } from '../incoming/payload.js';
import type { ChatMessage } from '../tables.js';
import { failureOf, moveOutgoing } from './states.js';

/** Milliseconds for which a message waits for a service that does not take it: 1 hour. Later answers help nobody. */
const patience = 3_600_000;

export interface DeliverOptions {
  /** Undefined for a channel that is not saved or whose access data does not open. */
  readonly openChannel: (channelId: string) => Promise<ConnectedService | undefined>;
  /** Called after a message has failed. */
  readonly onMoved: (messageId: string) => Promise<void>;
  /** Seconds before the second attempt. */
  readonly retrySeconds: number;
}

/**
 * Sends what a user of the account has written to the client, through the channel of the conversation.
 *
 * | met                                              | the account is told                    |
 * | ------------------------------------------------ | -------------------------------------- |
 * | the channel is not saved, or not connected       | -1, 902                                |
 * | the number has no account at the service         | -1, 904                                |
 * | the service refuses it for another reason        | -1, 905 with the reason                |
 * | the service does not answer                      | nothing yet; after an hour -1, 905     |
 * | the service takes it                             | nothing: it is sent                    |
 */
export async function deliverWritten(
  message: ChatMessage,
  context: Context,
  { openChannel, onMoved, retrySeconds }: DeliverOptions,
): Promise<Worked> {
  const { config, store, clock, log } = context;
  const { id, installationId, channelId } = message;
  const installation = await installationOf(store.db, installationId);
  if (installation === undefined) {
    await moveOutgoing(context, id, { state: 'failed' });
    return 'done';
  }
  const fail = async (
    reason: Parameters<typeof failureOf>[0],
    told: { service?: string; detail?: string } = {},
  ): Promise<Worked> => {
    const failure = failureOf(reason, installation, { config, ...told });
    if (await moveOutgoing(context, id, { state: 'failed', failure })) await onMoved(id);
    return 'done';
  };
  const [channel] = await store.db
    .select({ id: channels.id, service: channels.service })
    .from(channels)
    .where(and(areSaved(installationId), eq(channels.id, channelId)));
  const service = channel && (await openChannel(channelId));
  if (channel === undefined || service === undefined) return fail('not_connected');
  const media = mediaOf(message);
  if (media === undefined && (message.text ?? '').trim() === '') return fail('empty_text');
  try {
    const sent = await service.send({
      to: message.phone,
      text: message.text ?? '',
      idempotencyKey: id,
      statusUrl: hookUrl(config, channel, id),
      ...(media !== undefined && { media }),
      ...(message.triedAt !== null && { triedSince: message.triedAt }),
    });
    await moveOutgoing(context, id, { state: 'sent', serviceMessageId: sent.id });
    return 'done';
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
    const { kind, reason, code, retryAfter, message: detail } = error;
    log.warn(
      { messageId: id, channel: channelId, kind, reason, serviceCode: code },
      'a chat service did not take what a user of the account wrote',
    );
    if (kind === 'not_connected') await markDisconnected(store.db, channelId);
    const isTooOld = clock.now().getTime() - message.createdAt.getTime() > patience;
    if (kind !== 'temporary' || isTooOld) return fail(reason, { service: service.title, detail });
    return { again: retryPause({ attempt: message.attempts, baseSeconds: retrySeconds, retryAfter }) };
  }
}

function mediaOf(message: ChatMessage): OutgoingMedia | undefined {
  const { kind, url, fileName } = readMedia(message) ?? {};
  return kind === undefined || url === undefined
    ? undefined
    : { kind, url, ...(fileName !== undefined && { fileName }) };
}
