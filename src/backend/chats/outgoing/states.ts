import { and, eq, inArray, sql } from 'drizzle-orm';
import type { StatusUpdate } from '../../chat-services/chat-service.js';
import type { Context } from '../../context.js';
import { type Installation, installations } from '../../installations/tables.js';
import { languageOf } from '../../words/language-of.js';
import { fill, noteWords } from '../../words/words.js';
import type { FailureReason, SkipReason } from '../../../contract/message-outcomes.js';
import type { Database } from '../../store/store.js';
import { type ChatMessage, chatMessages } from '../tables.js';

type State = ChatMessage['state'];

/** A message goes to the right alone: reports come in any order, and a delivery outweighs every failure. */
const order = ['waiting', 'sent', 'failed', 'delivered', 'read'] as const satisfies readonly State[];

type OutgoingState = (typeof order)[number];

/** Why a message has failed, in the words of the account and in the chats API's numbers. */
export interface Failure {
  readonly detail: string;
  readonly errorCode: 902 | 904 | 905;
}

export interface Move {
  readonly state: Exclude<OutgoingState, 'waiting'>;
  /** The service's id of it. */
  readonly serviceMessageId?: string;
  readonly failure?: Failure;
}

/** Moves a message of the account on; false when it is there already, or further. */
export async function moveOutgoing(
  { store, metrics }: Pick<Context, 'store' | 'metrics'>,
  id: string,
  { state, serviceMessageId, failure }: Move,
): Promise<boolean> {
  const { db } = store;
  if (serviceMessageId !== undefined) await keepServiceId(db, id, serviceMessageId);
  const moved = await db
    .update(chatMessages)
    .set({
      state,
      detail: failure?.detail ?? null,
      errorCode: failure?.errorCode ?? null,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(chatMessages.id, id),
        eq(chatMessages.direction, 'out'),
        inArray(chatMessages.state, order.slice(0, order.indexOf(state))),
      ),
    )
    .returning({ id: chatMessages.id });
  if (moved.length === 0) return false;
  metrics.chatMessages.inc({ direction: 'out', result: state });
  return true;
}

/** A service that gives two messages the same id has its reports go to the first. */
async function keepServiceId(db: Database, id: string, serviceMessageId: string): Promise<void> {
  await db.execute(sql`
    update chat_messages set service_message_id = ${serviceMessageId}
    where id = ${id} and service_message_id is null and not exists (
      select 1 from chat_messages other
      where other.channel_id = chat_messages.channel_id and other.direction = 'out'
        and other.service_message_id = ${serviceMessageId})`);
}

type Reason = FailureReason | SkipReason;

const codes: Readonly<Partial<Record<Reason, Failure['errorCode']>>> = {
  not_connected: 902,
  not_on_service: 904,
  number_refused: 904,
};

/** The sentence that a user of the account reads below the message. */
export function failureOf(
  reason: Reason,
  { platform, country }: Pick<Installation, 'platform' | 'country'>,
  {
    config,
    service,
    detail,
  }: Pick<Context, 'config'> & { service?: string | undefined; detail?: string | undefined },
): Failure {
  const words = noteWords[languageOf(country, platform, config.noteLanguage)];
  const crm = platform === 'kommo' ? 'Kommo' : 'amoCRM';
  const why = fill(words.reasons[reason].why, { service: service ?? words.service, crm });
  const sentence = why.charAt(0).toLocaleUpperCase() + why.slice(1);
  return {
    detail: detail === undefined || detail === '' ? sentence : `${sentence}: ${detail}`,
    errorCode: codes[reason] ?? 905,
  };
}

/** What the service reports of a message, in the states that there are here. */
export async function moveOfReport(
  context: Pick<Context, 'store' | 'config'>,
  message: Pick<ChatMessage, 'installationId'>,
  { id, state, reason, detail }: StatusUpdate,
): Promise<Move> {
  if (state !== 'failed' && state !== 'skipped') return { state, serviceMessageId: id };
  const [installation] = await context.store.db
    .select({ platform: installations.platform, country: installations.country })
    .from(installations)
    .where(eq(installations.id, message.installationId));
  const whose = installation ?? { platform: 'kommo', country: null };
  return {
    state: 'failed',
    serviceMessageId: id,
    failure: failureOf(reason ?? 'undelivered', whose, { config: context.config, detail }),
  };
}
