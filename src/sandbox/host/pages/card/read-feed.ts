import type { HistoryEvent, Note } from '../../../account/state.js';
import type { ChatMessageView, ChatView } from '../../../wire.js';
import type { AccountApi } from '../../account-api.js';
import type { CardKind } from './kinds.js';
import { readAll, type CardEntity } from './read-card.js';

/** An entry of a card's feed, as the account gives it; `at` in Unix seconds. */
export type FeedEntry =
  | { readonly kind: 'note'; readonly at: number; readonly note: Note }
  | {
      readonly kind: 'chat';
      readonly at: number;
      readonly chat: Pick<ChatView, 'channel' | 'source'>;
      readonly message: ChatMessageView;
    }
  | {
      readonly kind: 'event';
      readonly at: number;
      readonly event: Pick<HistoryEvent, 'type' | 'created_by'> & Partial<HistoryEvent>;
    };

/** Entries of the history that tell of a note, which stands in the feed itself. */
const ofNotes = new Set([
  'common_note_added',
  'service_note_added',
  'attachment_note_added',
  'geo_note_added',
  'incoming_call',
  'outgoing_call',
  'incoming_sms',
  'outgoing_sms',
]);

/**
 * The newest notes, events and chat messages of an entity, newest last. A feed of the platform also has what happened
 * to linked contacts, and mail; this one has the card's own. An entity that is older than the history begins with its
 * creation all the same.
 */
export async function readFeed(
  api: Pick<AccountApi, 'get'>,
  { type, singular }: CardKind,
  { id, created_at, created_by }: Pick<CardEntity, 'id' | 'created_at' | 'created_by'>,
  chats: readonly ChatView[],
): Promise<readonly FeedEntry[]> {
  const [notes, events] = await Promise.all([
    readAll<Note>(api, `/${type}/${id}/notes?limit=250`, 'notes'),
    readAll<HistoryEvent>(
      api,
      `/events?limit=100&filter[entity]=${singular}&filter[entity_id][]=${id}`,
      'events',
    ),
  ]);
  const entries: FeedEntry[] = [
    ...notes.map((note): FeedEntry => ({ kind: 'note', at: note.created_at, note })),
    ...events
      .filter(({ type: name }) => !ofNotes.has(name))
      .reverse()
      .map((event): FeedEntry => ({ kind: 'event', at: event.created_at, event })),
    ...chats.flatMap((chat) =>
      chat.messages.map((message): FeedEntry => ({
        kind: 'chat',
        at: Math.floor(message.at / 1000),
        chat,
        message,
      })),
    ),
  ];
  const created = `${singular}_added`;
  if (!events.some((event) => event.type === created)) {
    entries.unshift({ kind: 'event', at: created_at, event: { type: created, created_by } });
  }
  return entries.sort((one, other) => one.at - other.at);
}

/** The chats of an entity; none of a company, which has no talks of its own. */
export async function readChats(
  api: Pick<AccountApi, 'chats'>,
  { singular }: CardKind,
  id: number,
): Promise<readonly ChatView[]> {
  return singular === 'company' ? [] : api.chats(singular, id);
}
