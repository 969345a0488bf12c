import { eq } from 'drizzle-orm';
import type { FailureReason, SkipReason } from '../../../contract/message-outcomes.js';
import type { Context } from '../../context.js';
import type { JobData } from '../../jobs/work-queue.js';
import type { SendHttp } from '../../kommo-api/http.js';
import { ChatsApiError, type DeliveryStatus } from '../amojo/chats-api.js';
import { connectionOf, installationOf } from '../connection.js';
import { type ChatMessage, chatMessages } from '../tables.js';
import { failureOf } from './states.js';

/** A job for a message of the account that could not even be stored for a channel. */
export interface Undeliverable {
  readonly installationId: string;
  readonly kommoMessageId: string;
  readonly reason: FailureReason | SkipReason;
}

/**
 * Tells the account what became of a message that a user of it wrote (`platform/server.md §6.3`), by the id that the
 * chats API itself has given it. That it was sent needs no telling: the account takes that for granted.
 *
 * Rejects with a {@link ChatsApiError} that is worth a repetition.
 */
export async function tellStatus(
  data: JobData,
  context: Context,
  { http }: { http: SendHttp },
): Promise<void> {
  if (typeof data.kommoMessageId === 'string') {
    const { installationId, kommoMessageId, reason } = data as unknown as Undeliverable;
    const installation = await installationOf(context.store.db, installationId);
    if (installation === undefined) return;
    const failure = failureOf(reason, installation, context);
    await tell({ installationId, kommoMessageId }, failed(failure), context, { http });
    context.metrics.chatMessages.inc({ direction: 'out', result: 'failed' });
    return;
  }
  let told: ChatMessage['state'] | undefined;
  for (;;) {
    const [message] = await context.store.db
      .select()
      .from(chatMessages)
      .where(eq(chatMessages.id, String(data.messageId)));
    // What was told while it moved on may have overtaken what another process has told of it since.
    if (message === undefined || message.state === told) return;
    const status = statusOf(message);
    if (status !== undefined) await tell(message, status, context, { http });
    told = message.state;
  }
}

function statusOf({ state, errorCode, detail }: ChatMessage): DeliveryStatus | undefined {
  switch (state) {
    case 'delivered':
      return { status_code: 1 };
    case 'read':
      return { status_code: 2 };
    case 'failed':
      return failed({ errorCode: errorCode === 902 || errorCode === 904 ? errorCode : 905, detail });
    default:
      return undefined;
  }
}

function failed({
  errorCode,
  detail,
}: {
  errorCode: 902 | 904 | 905;
  detail: string | null;
}): DeliveryStatus {
  return { status_code: -1, error_code: errorCode, error: detail ?? 'The message was not delivered' };
}

async function tell(
  { installationId, kommoMessageId }: Pick<ChatMessage, 'installationId' | 'kommoMessageId'>,
  status: DeliveryStatus,
  context: Context,
  { http }: { http: SendHttp },
): Promise<void> {
  if (kommoMessageId === null) return;
  const installation = await installationOf(context.store.db, installationId);
  const connection = installation && (await connectionOf(installation, context, { http }));
  // An account that has disconnected us shows the message no more.
  if (connection === undefined) return;
  try {
    await connection.api.deliveryStatus(connection.scopeId, kommoMessageId, status);
  } catch (error) {
    if (!(error instanceof ChatsApiError) || error.kind === 'temporary') throw error;
    context.log.warn(
      { installation: installationId, status: error.status },
      'the chats API does not take what became of a message',
    );
  }
}
