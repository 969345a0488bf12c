import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type PgBoss from 'pg-boss';
import type { JobData } from '../jobs/work-queue.js';
import { rowsOf } from '../store/rows.js';
import type { Database, Store } from '../store/store.js';
import { chatQueues, type ConversationQueue } from './queues.js';
import { type ChatMessage, chatMessages } from './tables.js';

/** What a client and an account write to each other through a channel. */
export interface Conversation {
  readonly channelId: string;
  /** E.164 of the client. */
  readonly phone: string;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const idPattern = new RegExp(`^(${uuid}):(\\+[1-9]\\d{1,14})$`);

/** Our id of a conversation in the chats API. */
export function conversationId({ channelId, phone }: Conversation): string {
  return `${channelId}:${phone}`;
}

/** Undefined when it is none of ours. */
export function readConversationId(id: string): Conversation | undefined {
  const [, channelId, phone] = idPattern.exec(id) ?? [];
  return channelId === undefined || phone === undefined ? undefined : { channelId, phone };
}

type Direction = ChatMessage['direction'];

const queueOf = { in: chatQueues.incoming, out: chatQueues.outgoing } as const satisfies Record<
  Direction,
  ConversationQueue
>;

/** A job for a conversation in which there is a new message; to be inserted together with the message. */
export function workOn({ id, channelId, phone, direction }: ChatMessage): PgBoss.JobInsert {
  return { name: queueOf[direction], data: { channelId, phone }, singletonKey: id };
}

export function conversationOf({ channelId, phone }: JobData): Conversation {
  return { channelId: String(channelId), phone: String(phone) };
}

/** What became of a message: nothing more is to be done with it, or it is to be tried again after so many seconds. */
export type Worked = 'done' | { readonly again: number };

export interface WorkOptions {
  readonly direction: Direction;
  /** @param message As it was before this attempt, but for `attempts`, which counts this one. */
  readonly work: (message: ChatMessage) => Promise<Worked>;
  /** Seconds after which somebody else goes on with a message whose process has died. */
  readonly leaseSeconds: number;
  /** Ends the work after the message under way. */
  readonly signal: AbortSignal;
}

/**
 * Works through the messages of a conversation that wait, the oldest first and one at a time, however many processes
 * have a job for it. A message that is to be tried again holds up those after it: their order is kept.
 */
export async function workThrough(
  { db, jobs }: Pick<Store, 'db' | 'jobs'>,
  conversation: Conversation,
  { direction, work, leaseSeconds, signal }: WorkOptions,
): Promise<void> {
  /** A job that waits with the same key is enough, whenever that one is due. */
  const lookAgain = async (seconds: number, singletonKey: string): Promise<void> => {
    await jobs.send(
      queueOf[direction],
      { ...conversation },
      { singletonKey, startAfter: Math.ceil(seconds) },
    );
  };
  const key = conversationId(conversation);
  for (;;) {
    const next = await claimNext(db, conversation, { direction, leaseSeconds });
    if (next === undefined) return;
    // Another job is at it, which may want to try again before its lease ends: that must not wait for this look.
    if ('seconds' in next) return lookAgain(next.seconds, `${key} leased`);
    const worked = signal.aborted
      ? { again: 0 }
      : await whileHolding(
          () => holdOn(db, next.id, leaseSeconds),
          leaseSeconds,
          () => work(next),
        );
    if (worked !== 'done') {
      await db
        .update(chatMessages)
        .set({ dueAt: after(worked.again) })
        .where(and(eq(chatMessages.id, next.id), eq(chatMessages.state, 'waiting')));
      return lookAgain(worked.again, key);
    }
  }
}

/** Does something and meanwhile, three times a lease, holds on to what was leased. */
async function whileHolding<Result>(
  hold: () => Promise<void>,
  leaseSeconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let holding = Promise.resolve();
  const timer = setInterval(
    () => {
      // A store that is away takes the lease away; the message is as safe as after any other lost answer.
      holding = holding.then(hold).catch(() => undefined);
    },
    (leaseSeconds * 1000) / 3,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // It must not come after what is written next.
    await holding;
  }
}

async function holdOn(db: Database, id: string, leaseSeconds: number): Promise<void> {
  await db
    .update(chatMessages)
    .set({ dueAt: after(leaseSeconds) })
    .where(and(eq(chatMessages.id, id), eq(chatMessages.state, 'waiting')));
}

/** The message that waits longest, leased; or in how many seconds there is something to do; or undefined. */
async function claimNext(
  db: Database,
  { channelId, phone }: Conversation,
  { direction, leaseSeconds }: { direction: Direction; leaseSeconds: number },
): Promise<ChatMessage | { seconds: number } | undefined> {
  const [first] = await db
    .select()
    .from(chatMessages)
    .where(
      and(
        eq(chatMessages.channelId, channelId),
        eq(chatMessages.direction, direction),
        eq(chatMessages.phone, phone),
        eq(chatMessages.state, 'waiting'),
      ),
    )
    .orderBy(asc(chatMessages.writtenAt), asc(chatMessages.createdAt), asc(chatMessages.id))
    .limit(1);
  if (first === undefined) return undefined;
  const [claimed] = await db
    .update(chatMessages)
    .set({
      dueAt: after(leaseSeconds),
      triedAt: sql`coalesce(${chatMessages.triedAt}, now())`,
      attempts: sql`${chatMessages.attempts} + 1`,
    })
    .where(
      and(
        eq(chatMessages.id, first.id),
        eq(chatMessages.state, 'waiting'),
        lte(chatMessages.dueAt, sql`now()`),
      ),
    )
    .returning({ attempts: chatMessages.attempts });
  if (claimed !== undefined) return { ...first, attempts: claimed.attempts };
  const [due] = await rowsOf<{ seconds: number }>(
    db,
    sql`select extract(epoch from ${chatMessages.dueAt} - now())::float8 as seconds
        from ${chatMessages} where ${chatMessages.id} = ${first.id}`,
  );
  return { seconds: Math.max(0, due?.seconds ?? 0) };
}

function after(seconds: number) {
  return sql`now() + ${seconds} * interval '1 second'`;
}
