import { draw, escapeHtml } from '../../dom.js';
import type { Session } from '../../../wire.js';
import { userName } from './model.js';
import { chatEntryHtml } from './chat-entry.js';
import { eventText, noteText, type TextParts } from './feed-text.js';
import { foldText } from './fold.js';
import type { FeedEntry } from './read-feed.js';

export interface FeedList {
  readonly $list: JQuery;
  /** Shows these; the list stays at its end when it was there. */
  show(entries: readonly FeedEntry[], parts: TextParts): void;
}

/** The middle of a card: what happened, newest last. */
export function createFeed(label: string): FeedList {
  const $list = draw(
    `<div class="feed-list" role="log" tabindex="0" aria-label="${escapeHtml(label)}"></div>`,
  );
  let shown = '';
  let isAtEnd = true;
  const toEnd = (): void => {
    const element = $list[0] as HTMLElement;
    if (isAtEnd) element.scrollTop = element.scrollHeight;
  };
  // A picture has its height only when it has come; its event does not bubble.
  $list[0]?.addEventListener('load', toEnd, true);
  $list.on('scroll', () => {
    const element = $list[0] as HTMLElement;
    isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 20;
  });
  return {
    $list,
    show(entries, parts) {
      const html = feedHtml(entries, parts);
      if (html === shown) return;
      shown = html;
      $list.empty().append(draw(`<div class="feed-list__entries">${html}</div>`));
      toEnd();
    },
  };
}

function feedHtml(entries: readonly FeedEntry[], parts: TextParts): string {
  const { session, t } = parts;
  const day = formatter(session, { day: 'numeric', month: 'long', year: 'numeric' });
  if (entries.length === 0) return `<p class="feed-list__none">${escapeHtml(t('none'))}</p>`;
  let last = '';
  return entries
    .map((entry) => {
      const date = day.format(entry.at * 1000);
      const heading =
        date === last ? '' : `<div class="feed-list__day"><span>${escapeHtml(date)}</span></div>`;
      last = date;
      return `${heading}${entryHtml(entry, parts)}`;
    })
    .join('');
}

function entryHtml(entry: FeedEntry, parts: TextParts): string {
  const { session, t } = parts;
  const time = formatter(session, { hour: '2-digit', minute: '2-digit' }).format(entry.at * 1000);
  if (entry.kind === 'chat') return chatEntryHtml(entry, time, parts);
  const by = entry.kind === 'note' ? entry.note.created_by : entry.event.created_by;
  const author = by === 0 ? t('robot') : (userName(session, by) ?? `#${by}`);
  const { title, text, link } =
    entry.kind === 'note' ? noteText(entry.note, parts) : eventText(entry.event, parts);
  if (entry.kind === 'event') {
    return `<div class="feed-event"><span class="feed-event__time">${escapeHtml(time)}</span>
      <span class="feed-event__author">${escapeHtml(author)}</span>
      <b>${escapeHtml(title)}</b>${text === '' ? '' : ` ${escapeHtml(text)}`}</div>`;
  }
  const { note_type } = entry.note;
  const folded = note_type === 'extended_service_message' ? foldText(text) : undefined;
  const body =
    folded === undefined
      ? `<div class="feed-note__text">${escapeHtml(text)}</div>`
      : `<details class="feed-note__fold"><summary class="feed-note__text">${escapeHtml(folded.head)}</summary>
        <div class="feed-note__text">${escapeHtml(folded.rest)}</div></details>`;
  const player =
    link === undefined
      ? ''
      : `<a href="${escapeHtml(link)}" target="_blank" rel="noopener">${escapeHtml(t('listen'))}</a>`;
  return `<article class="feed-note feed-note_${note_type}">
    <header class="feed-note__head"><span>${escapeHtml(`${time} ${author}`)}</span> <b>${escapeHtml(title)}</b></header>
    ${body}${player}</article>`;
}

/** Times are those of the account's zone. */
function formatter({ switches, account }: Session, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(switches.language, { ...options, timeZone: account.timezone });
}
