import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { Context } from '../context.js';
import type { Installation } from '../installations/tables.js';
import { collectionOf } from '../kommo-api/entities.js';
import { type KommoApi, KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import type { ElementType } from '../../kommo/elements.js';
import { isStoreFault } from '../store/faults.js';
import type { Database } from '../store/store.js';
import { languageOf } from '../words/language-of.js';
import { noteText } from '../words/note-text.js';
import { retryPause } from './backoff.js';
import { type DueTable, fairShare } from './queue/fair-share.js';
import { LeaseLostError } from './queue/leases.js';
import { messagesOf } from './message-store.js';
import { notePause } from './outcomes.js';
import type { Senders } from './sender.js';
import { eventNotes, type Message } from './tables.js';

type NoteRow = typeof eventNotes.$inferSelect;

/** A note that is due; this process has it for the length of a lease. */
export interface DueNote extends NoteRow {
  /** What it is to say; undefined when there is nothing to say, or nobody to whom. */
  readonly newText: string | undefined;
}

export interface NotesOptions {
  readonly apis: KommoApis;
  readonly installationOf: (id: string) => Promise<Installation | undefined>;
  readonly senders: Pick<Senders, 'titleOf'>;
}

const bugMessage = 'A bug of ours: please report it with this stack';

/** As the feed shows it over the note's text. */
const noteService = 'Pipeline Messenger';

const dueNotes: DueTable = { table: sql`event_notes`, key: sql`event_id` };

/** How many notes to take, how many one installation may have, and which this process is busy with. */
export interface NoteShare {
  /** Who takes them. */
  readonly worker: string;
  readonly limit: number;
  readonly most?: number | undefined;
  readonly busy: readonly DueNote[];
}

/**
 * Takes up to `limit` notes that are due, but none of those that this process is busy with; no other process gets them
 * until the lease has run out. Those that are about to be written for the first time count as tried from here on.
 */
export async function takeNotes(
  context: Context,
  options: NotesOptions,
  share: NoteShare,
): Promise<DueNote[]> {
  const { db } = context.store;
  const leased = await leaseNotes(context, share);
  if (leased.length === 0) return [];
  const outcomes = await messagesOf(
    db,
    leased.map(({ eventId }) => eventId),
  );
  const due: DueNote[] = [];
  for (const note of leased) {
    const ofEvent = outcomes.filter(({ eventId }) => eventId === note.eventId);
    due.push({ ...note, newText: await textOf(note, ofEvent, context, options) });
  }
  await markTried(
    db,
    due.filter(({ noteId, triedAt }) => noteId === null && triedAt === null),
  );
  return due;
}

async function leaseNotes(
  { store, config }: Context,
  { worker, limit, most, busy }: NoteShare,
): Promise<NoteRow[]> {
  const taken = busy.map(({ eventId: id, installationId }) => ({ id, installationId }));
  return store.db
    .update(eventNotes)
    .set({ leasedBy: worker, dueAt: sql`now() + make_interval(secs => ${config.leaseSeconds})` })
    .where(sql`${eventNotes.eventId} = any(${fairShare(dueNotes, { limit, most, busy: taken })})`)
    .returning();
}

async function textOf(
  note: NoteRow,
  outcomes: readonly Message[],
  { config, log }: Context,
  { installationOf, senders }: NotesOptions,
): Promise<string | undefined> {
  const installation = await installationOf(note.installationId);
  if (installation?.state !== 'active' || outcomes.length === 0) return undefined;
  try {
    return noteText(outcomes, {
      language: languageOf(installation.country ?? undefined, installation.platform, config.noteLanguage),
      service: senders.titleOf(outcomes.find(({ service }) => service !== null)?.service ?? null),
      platform: installation.platform,
      willRetry: true,
    });
  } catch (error) {
    // It must not keep the others from theirs.
    log.error({ err: error, eventId: note.eventId }, bugMessage);
    return undefined;
  }
}

/** Writes down that these are on their way, and with which text, so that they can be found in the feed. */
async function markTried(
  db: Database,
  notes: readonly Pick<DueNote, 'eventId' | 'newText'>[],
): Promise<void> {
  const tried = notes.flatMap(({ eventId, newText }) =>
    newText === undefined ? [] : [{ event_id: eventId, text: newText }],
  );
  if (tried.length === 0) return;
  await db.execute(sql`
    update event_notes set text = tried.text, tried_at = coalesce(tried_at, now())
    from jsonb_to_recordset(${JSON.stringify(tried)}::jsonb) as tried(event_id bigint, text text)
    where event_notes.event_id = tried.event_id
  `);
}

/** Holds on to these for another lease, and gives those whose lease was not lost. */
export async function extendNotes(
  { store, config }: Context,
  worker: string,
  notes: readonly DueNote[],
): Promise<readonly DueNote[]> {
  const ids = notes.map(({ eventId }) => eventId);
  const kept = await store.db
    .update(eventNotes)
    .set({ dueAt: sql`now() + make_interval(secs => ${config.leaseSeconds})` })
    .where(
      and(inArray(eventNotes.eventId, ids), eq(eventNotes.leasedBy, worker), isNotNull(eventNotes.dueAt)),
    )
    .returning({ eventId: eventNotes.eventId });
  const keptIds = new Set(kept.map(({ eventId }) => eventId));
  return notes.filter(({ eventId }) => keptIds.has(eventId));
}

/**
 * Brings the note of one event in the feed up to date: writes it, or writes it anew where the outcomes have moved on
 * since. A failure that may pass is tried again later; another one is logged, since the outcomes can be read through
 * the backend's API all the same. Rejects only when the store does not answer.
 */
export async function writeNote(note: DueNote, context: Context, options: WriteNoteOptions): Promise<void> {
  const { newText: text } = note;
  if (text === undefined || (text === note.text && note.noteId !== null)) {
    await settle(context, note, { attempts: note.attempts });
    return;
  }
  try {
    const noteId = await putNote(note, text, context, options);
    await settle(context, note, { noteId, attempts: 0 });
  } catch (error) {
    if (isStoreFault(error) || error instanceof LeaseLostError) throw error;
    await putOff(note, error, context);
  }
}

export interface WriteNoteOptions extends Pick<NotesOptions, 'apis'> {
  /** Called right before a note leaves; throws {@link LeaseLostError} when another process may have it by now. */
  readonly checkLease: () => void;
}

/** Tries again later what may pass; a bug of ours may as well, and must not be tried for ever. */
async function putOff(note: DueNote, error: unknown, context: Context): Promise<void> {
  const { log, config, store } = context;
  const { eventId } = note;
  const attempt = note.attempts + 1;
  const refusal = error instanceof KommoApiError ? error : undefined;
  if (refusal === undefined) {
    log.error({ err: error, eventId, attempt }, bugMessage);
  } else {
    const { kind, status } = refusal;
    log.warn({ eventId, kind, status, attempt }, 'A note could not be written into the feed');
  }
  const mayPass = refusal === undefined || refusal.kind === 'temporary';
  if (!mayPass || attempt >= config.attempts) {
    await settle(context, note, { attempts: attempt });
    return;
  }
  const pause = retryPause({
    attempt,
    baseSeconds: config.retrySeconds,
    retryAfter: refusal?.retryAfter,
  });
  await store.db
    .update(eventNotes)
    .set({
      attempts: attempt,
      dueAt: sql`now() + make_interval(secs => ${pause})`,
      ...(refusal === undefined || refusal.mayBeDone ? {} : { triedAt: null }),
    })
    .where(eq(eventNotes.eventId, eventId));
}

/** Writes or changes the note and gives its id. */
async function putNote(
  note: DueNote,
  text: string,
  { store }: Context,
  { apis, checkLease }: WriteNoteOptions,
): Promise<number> {
  const api = apis.of(note.installationId);
  const collection = collectionOf(note.elementType as ElementType);
  const path = `/${collection}/${note.elementId}/notes`;
  const body = {
    note_type: 'extended_service_message',
    params: { service: noteService, text },
    // Or the note would be an event of the digital pipeline itself (`platform/server.md §5.6`).
    is_need_to_trigger_digital_pipeline: false,
  };
  if (note.noteId !== null) {
    const known = note.noteId;
    try {
      await api.patch(`/${collection}/notes`, [{ id: known, ...body }]);
      return known;
    } catch (error) {
      // Somebody has deleted it; the outcome is told all the same.
      const isGone =
        error instanceof KommoApiError && (error.kind === 'not_found' || error.kind === 'refused');
      if (!isGone) throw error;
    }
  }
  if (note.triedAt !== null) {
    // What was on its way then; the outcomes may have moved on since.
    const tried = note.text ?? text;
    const found = await findNote(api, path, { ...note, text: tried, triedAt: note.triedAt }, store.db);
    if (found !== undefined) {
      if (tried !== text) await api.patch(`/${collection}/notes`, [{ id: found, ...body }]);
      return found;
    }
    await markTried(store.db, [note]);
  }
  const answer = await api.post<NotesAnswer>(path, [body], { before: checkLease });
  const id = answer?._embedded?.notes?.[0]?.id;
  if (id === undefined) {
    throw new KommoApiError('temporary', `POST ${path} did not tell the note's id.`, { mayBeDone: true });
  }
  return id;
}

interface NotesAnswer {
  readonly _embedded?: {
    readonly notes?: readonly {
      readonly id: number;
      readonly created_at?: number;
      readonly params?: { readonly text?: string; readonly service?: string };
    }[];
  };
}

/** Seconds by which the account's clock and the store's may differ. */
const clockDifference = 120;

/** As many as the API gives at a time (`platform/server.md §5.1`). In which order, no document says. */
const pageSize = 250;

/** For an account that does not heed the time: a feed with more notes is not read any further. */
const mostPages = 40;

/**
 * The note that an earlier attempt may have written without hearing of it: the API has no idempotency keys. One with
 * the same text that belongs to another event is not it.
 */
async function findNote(
  api: KommoApi,
  path: string,
  { eventId, text, triedAt }: { eventId: number; text: string; triedAt: Date },
  db: Context['store']['db'],
): Promise<number | undefined> {
  const earliest = Math.floor(triedAt.getTime() / 1000) - clockDifference;
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await api.get<NotesAnswer>(path, {
      'filter[note_type]': 'extended_service_message',
      'filter[updated_at][from]': earliest,
      limit: pageSize,
      page,
    });
    const found = answer?._embedded?.notes ?? [];
    for (const { id, params, created_at: createdAt } of found) {
      const isSame = params?.service === noteService && params.text === text;
      if (!isSame || (createdAt ?? earliest) < earliest) continue;
      const ofAnother = and(eq(eventNotes.noteId, id), ne(eventNotes.eventId, eventId));
      const taken = await db.$count(eventNotes, ofAnother);
      if (taken === 0) return id;
    }
    if (found.length < pageSize) return undefined;
  }
  return undefined;
}

/** What there is to keep of a note when it has been written, or never will be. */
interface Settled {
  /** It stands in the feed, with the text that was kept before. */
  readonly noteId?: number;
  readonly attempts: number;
}

/**
 * The feed is up to date, or never will be; outcomes that have moved on while the note was being written are told by
 * another text, a little later.
 */
async function settle(
  { store }: Context,
  { eventId, version, newText }: DueNote,
  { noteId, attempts }: Settled,
): Promise<void> {
  const written =
    noteId === undefined ? sql`` : sql`note_id = ${noteId}::bigint, text = ${newText}, tried_at = null,`;
  await store.db.execute(sql`
    update event_notes set ${written} attempts = ${attempts}::int,
      due_at = case when version <> ${version}::int then now() + make_interval(secs => ${notePause}) end
    where event_id = ${eventId}::bigint
  `);
}
