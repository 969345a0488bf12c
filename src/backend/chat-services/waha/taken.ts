import type { Answer } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { entriesOf, fieldsOf, parseBody } from '../json.js';
import { messageId } from './message-id.js';

interface Wanted {
  /** What its text may be. */
  readonly texts: readonly string[];
  readonly since: Date;
  readonly now: () => Date;
}

/** @param offset How many messages, from the newest on, are left out. */
type List = (offset: number) => Promise<Answer>;

/** WhatsApp gives times in whole seconds; one more for the way to it. */
const slack = 2000;
const pageLength = 100;
const longestList = 20;

/** What the list of a chat's messages is asked for; it begins with the newest. */
export function pageQuery(offset: number): string {
  const query = { limit: pageLength, offset, downloadMedia: false, 'filter.fromMe': true };
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
}

/**
 * Id of the message with one of these texts that the session has sent in this chat since then.
 *
 * @throws ChatServiceError as the list does; `temporary` when it has no end.
 */
export async function findTaken(list: List, wanted: Wanted): Promise<string | undefined> {
  for (let page = 0; page < longestList; page += 1) {
    const answer = await list(page * pageLength);
    const messages = parseBody(answer.body);
    if (!Array.isArray(messages)) break;
    const since = wanted.since.getTime() + clockAhead(answer.headers, wanted.now()) - slack;
    const entries = entriesOf(messages).map(fieldsOf).filter(isOurs);
    const found = entries.find((entry) => timeOf(entry) >= since && isOneOf(entry['body'], wanted.texts));
    const id = messageId(found);
    if (id !== undefined) return id;
    if (messages.length < pageLength || entries.some((entry) => timeOf(entry) < since)) return undefined;
  }
  throw new ChatServiceError('temporary', 'The list of messages of this chat cannot be read', {
    reason: 'service_unavailable',
  });
}

function isOurs({ fromMe }: Readonly<Record<string, unknown>>): boolean {
  return fromMe === true;
}

/** Milliseconds. */
function timeOf({ timestamp }: Readonly<Record<string, unknown>>): number {
  return typeof timestamp === 'number' ? timestamp * 1000 : 0;
}

function isOneOf(body: unknown, texts: readonly string[]): boolean {
  return typeof body === 'string' && texts.some((text) => plain(text) === plain(body));
}

/** WhatsApp knows no carriage returns, and drops what is blank at either end. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** Milliseconds that the server's clock is ahead of ours, so that a clock that is wrong sends nothing twice. */
function clockAhead(headers: Headers, now: Date): number {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - now.getTime();
}
