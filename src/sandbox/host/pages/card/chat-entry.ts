import type { ChatMessageView } from '../../../wire.js';
import { escapeHtml } from '../../dom.js';
import type { FeedEntry } from './read-feed.js';
import type { TextParts } from './feed-text.js';

/** A message of a chat in the feed: a client's to the left, one of the account to the right, with how far it is. */
export function chatEntryHtml(
  { chat, message }: Extract<FeedEntry, { kind: 'chat' }>,
  time: string,
  { t }: Pick<TextParts, 't'>,
): string {
  const { is_incoming: isIncoming, author, text, delivery, error } = message;
  const through = chat.source === null ? chat.channel : `${chat.channel} · ${chat.source}`;
  const state =
    delivery === null
      ? ''
      : `<footer class="feed-chat__state feed-chat__state_${delivery}">${escapeHtml(
          error === '' ? t(`chat_${delivery}`) : `${t(`chat_${delivery}`)}: ${error}`,
        )}</footer>`;
  const body = text === '' ? '' : `<div class="feed-chat__text" dir="auto">${escapeHtml(text)}</div>`;
  return `<article class="feed-chat feed-chat_${isIncoming ? 'in' : 'out'}" data-id="${escapeHtml(message.id)}">
    <header class="feed-chat__head"><span>${escapeHtml(time)}</span> <b>${escapeHtml(author)}</b>
      <span>${escapeHtml(through)}</span></header>
    ${mediaHtml(message)}${body}${state}</article>`;
}

/** A picture as one when it is on this machine: the sandbox asks no others. Everything else is a link. */
function mediaHtml({ type, media, file_name }: ChatMessageView): string {
  if (!URL.canParse(media)) return '';
  const { hostname, protocol } = new URL(media);
  if (protocol !== 'http:' && protocol !== 'https:') return '';
  const name = escapeHtml(file_name === '' ? type : file_name);
  const isPicture =
    (type === 'picture' || type === 'sticker') && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
  const inner = isPicture
    ? `<img src="${escapeHtml(media)}" alt="${name}" referrerpolicy="no-referrer">`
    : name;
  return `<a class="feed-chat__media" href="${escapeHtml(media)}" target="_blank" rel="noopener noreferrer">${inner}</a>`;
}
