import { draw, escapeHtml } from '../dom.js';
import { $ } from '../jquery.js';
import { commonWords } from '../words/common.js';
import { translator } from '../words/words.js';
import { notificationWords } from './words.js';

/** `APP.notifications` (`platform/widget.md §3.5`). Whatever it is given, it does not throw. */
export interface Notifications {
  show_message(message: unknown): void;
  show_message_error(message: unknown): void;
  show_notification(message: unknown): void;
  add_error(message: unknown, callbacks?: unknown): void;
  add_call(call: unknown): void;
}

type Kind = 'info' | 'error' | 'call';
type Fields = Readonly<Record<string, unknown>>;

/** More would cover the page; the oldest goes. */
const most = 5;

/**
 * Shows notifications in the corner of the page.
 *
 * @param tell Hears of those that go to every channel of the user: `add_error` and `add_call`
 */
export function createNotifications(
  language: () => string,
  tell: (notification: unknown) => void,
): Notifications {
  const show = (kind: Kind, message: unknown): void => {
    const $notification = draw(notificationHtml(kind, asFields(message), language()));
    $notification.find('.notification__close').on('click', () => $notification.remove());
    const $all = $('#notifications').append($notification).children('.notification');
    $all.slice(0, -most).remove();
  };
  return {
    show_message(message) {
      show('info', message);
    },
    show_message_error(message) {
      show('error', message);
    },
    show_notification(message) {
      show(asFields(message)['type'] === 'error' ? 'error' : 'call', message);
    },
    add_error(message, callbacks) {
      show('error', message);
      tell(message);
      const { done, always } = asFields(callbacks);
      for (const callback of [done, always]) {
        if (typeof callback === 'function') (callback as () => void)();
      }
    },
    add_call(call) {
      show('call', call);
      tell(call);
    },
  };
}

function notificationHtml(kind: Kind, fields: Fields, language: string): string {
  const t = translator(notificationWords, language);
  const close = translator(commonWords, language)('close');
  const { header, text } = wordsOf(fields, t('call'));
  const icon = addressOf(fields['icon']);
  const card = cardAddress(fields['element']);
  const link = addressOf(fields['link']);
  const parts = [
    typeof fields['duration'] === 'number' ? escapeHtml(t('seconds', { number: fields['duration'] })) : '',
    card === undefined
      ? ''
      : `<a class="js-navigate-link" href="${escapeHtml(card)}">${escapeHtml(t('open_card'))}</a>`,
    kind !== 'call' || link === undefined
      ? ''
      : `<a href="${escapeHtml(link)}" target="_blank" rel="noopener">${escapeHtml(t('recording'))}</a>`,
    timeOf(fields['date'], language),
  ].filter((part) => part !== '');
  const title =
    kind === 'error' && link !== undefined
      ? `<a href="${escapeHtml(link)}" target="_blank" rel="noopener">${escapeHtml(header)}</a>`
      : escapeHtml(header);
  return `<div class="notification notification_${kind}" role="${kind === 'error' ? 'alert' : 'status'}">
    ${icon === undefined ? '<span class="notification__mark" aria-hidden="true"></span>' : `<img class="notification__icon" src="${escapeHtml(icon)}" alt="">`}
    <div class="notification__text"><b class="notification__header">${title}</b>
      <div>${escapeHtml(text)}</div>
      ${parts.length === 0 ? '' : `<div class="notification__about">${parts.join(' · ')}</div>`}</div>
    <button type="button" class="notification__close" aria-label="${escapeHtml(close)}"></button></div>`;
}

/** `show_notification` has its words one level deeper than the others; a call has two sides instead of a header. */
function wordsOf(fields: Fields, call: string): { header: string; text: string } {
  const { header, text, from, to } = fields;
  if (typeof text === 'object' && text !== null) return wordsOf(asFields(text), call);
  const sides = [from, to].map(asText).filter((side) => side !== '');
  return {
    header: asText(header) || (sides.length === 0 ? '' : `${call}: ${sides.join(' → ')}`),
    text: asText(text),
  };
}

const cards: Readonly<Record<string, string>> = {
  contact: 'contacts',
  lead: 'leads',
  company: 'companies',
  customer: 'customers',
  '1': 'contacts',
  '2': 'leads',
  '3': 'companies',
  '12': 'customers',
};

/** How a call names the kind of its card is documented by example only, `contact`. */
function cardAddress(element: unknown): string | undefined {
  const { id, type } = asFields(element);
  const kind = asText(type);
  const folder = cards[kind] ?? (Object.values(cards).includes(kind) ? kind : undefined);
  return folder === undefined || !/^\d+$/.test(asText(id)) ? undefined : `/${folder}/detail/${asText(id)}`;
}

/** Only addresses that cannot run code. */
function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^(https?:\/\/|\/)/i.test(value) ? value : undefined;
}

/** @param date Unix time in seconds */
function timeOf(date: unknown, language: string): string {
  const seconds = Number(date);
  if (date === undefined || date === null || !Number.isFinite(seconds) || seconds <= 0) return '';
  return new Date(seconds * 1_000).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : { text: value };
}

function asText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
