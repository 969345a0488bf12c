import { ChatServiceError } from '../chat-service.js';
import type { TwilioAnswer } from './calls.js';

interface Wanted {
  /** Of the account's messages. */
  readonly path: string;
  readonly to: string;
  readonly text: string;
  /** The list does not tell which: Twilio keeps files at addresses of its own. */
  readonly hasMedia: boolean;
  readonly since: Date;
  readonly now: () => Date;
}

type List = (path: string) => Promise<TwilioAnswer>;

/** Twilio gives times in whole seconds; one more for the way to it. */
const slack = 2000;
const longestList = 50;

/**
 * SID of the message with this text that Twilio took for this number since then. The list is asked by number alone:
 * its filter and its order go by the time of sending, which a message that still waits does not have.
 *
 * @throws ChatServiceError as the list does; `temporary` when it has no end.
 */
export async function findTaken(list: List, wanted: Wanted): Promise<string | undefined> {
  const query = new URLSearchParams({ To: wanted.to, PageSize: '100' });
  let next: unknown = `${wanted.path}?${query.toString()}`;
  for (let page = 0; page < longestList; page += 1) {
    if (typeof next !== 'string' || next === '') return undefined;
    const { json, headers } = await list(next);
    const since = wanted.since.getTime() + clockAhead(headers, wanted.now()) - slack;
    const entries = readEntries(json['messages']);
    const found = entries.find(
      (entry) =>
        entry.created >= since && entry.hasMedia === wanted.hasMedia && isSameText(entry.body, wanted.text),
    );
    if (found !== undefined) return found.sid;
    if (entries.length > 0 && entries.every((entry) => entry.created < since)) return undefined;
    next = json['next_page_uri'];
  }
  throw new ChatServiceError('temporary', 'The list of messages to this number has no end', {
    reason: 'service_unavailable',
  });
}

interface Entry {
  readonly sid: string;
  readonly body: string;
  readonly hasMedia: boolean;
  /** Milliseconds. */
  readonly created: number;
}

function readEntries(messages: unknown): readonly Entry[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message: unknown): Entry[] => {
    if (typeof message !== 'object' || message === null) return [];
    const {
      sid,
      body,
      date_created: created,
      direction,
      num_media: media,
    } = message as Record<string, unknown>;
    if (typeof sid !== 'string' || typeof body !== 'string' || typeof created !== 'string') return [];
    if (direction === 'inbound') return [];
    // A number as a text.
    const hasMedia = media !== undefined && media !== null && Number(media) > 0;
    return [{ sid, body, hasMedia, created: Date.parse(created) }];
  });
}

/** Trial accounts put a sentence before every text. */
function isSameText(body: string, text: string): boolean {
  return body === text || body === `Sent from your Twilio trial account - ${text}`;
}

/** Milliseconds that Twilio's clock is ahead of ours, so that a clock that is wrong sends nothing twice. */
function clockAhead(headers: Headers, now: Date): number {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - now.getTime();
}
