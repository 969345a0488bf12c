import { make } from '../bar/make.js';
import type { PhoneMedia, PhoneMessage } from '../../phone-wire.js';
import { icon } from './icons.js';
import { clockTime, statusWords } from './words.js';

/** A message in its conversation, with its time and how far it is. */
export interface Bubble {
  readonly element: HTMLLIElement;
  update(message: PhoneMessage): void;
}

export function createBubble(message: PhoneMessage): Bubble {
  const { by, text, media, at } = message;
  const tick = make('span', { class: 'tick' });
  const reason = make('p', { class: 'reason', hidden: true });
  const element = make(
    'li',
    { class: `bubble bubble-${by}` },
    ...(by === 'client' ? [make('span', { class: 'hidden' }, 'You wrote:')] : []),
    ...(media === null ? [] : [mediaOf(media)]),
    // Direction by its own first letter: a text may be in another script than the bar.
    ...(text === '' ? [] : [make('p', { class: 'bubble-text', dir: 'auto' }, text)]),
    make(
      'p',
      { class: 'bubble-foot' },
      make('time', { datetime: new Date(at).toISOString() }, clockTime(at)),
      tick,
    ),
    reason,
  );
  let shown = '';
  const update = ({ status, reason: why }: PhoneMessage): void => {
    if (status === shown) return;
    shown = status;
    element.dataset['status'] = status;
    const word = statusWords[status];
    tick.replaceChildren(icon(status), make('span', { class: 'tick-word' }, word));
    reason.hidden = why === null;
    reason.textContent = why ?? '';
  };
  update(message);
  return { element, update };
}

/** A picture as one, when it is on this machine: the sandbox asks no others. Everything else is a link. */
function mediaOf({ kind, url, file_name }: PhoneMedia): HTMLElement {
  const name = file_name ?? kind;
  const isPicture = (kind === 'picture' || kind === 'sticker') && isHere(url);
  return make(
    'a',
    {
      class: isPicture ? 'bubble-picture' : 'bubble-file',
      href: url,
      target: '_blank',
      rel: 'noopener noreferrer',
    },
    ...(isPicture
      ? [make('img', { src: url, alt: name, referrerpolicy: 'no-referrer' })]
      : [icon('file'), make('span', {}, name)]),
  );
}

function isHere(url: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname);
}
