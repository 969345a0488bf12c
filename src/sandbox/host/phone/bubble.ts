import { make } from '../bar/make.js';
import type { PhoneMessage } from '../../phone-wire.js';
import { icon } from './icons.js';
import { clockTime, statusWords } from './words.js';

/** A message in its conversation, with its time and how far it is. */
export interface Bubble {
  readonly element: HTMLLIElement;
  update(message: PhoneMessage): void;
}

export function createBubble(message: PhoneMessage): Bubble {
  const tick = make('span', { class: 'tick' });
  const reason = make('p', { class: 'reason', hidden: true });
  const element = make(
    'li',
    { class: 'bubble' },
    // Direction by its own first letter: a text may be in another script than the bar.
    make('p', { class: 'bubble-text', dir: 'auto' }, message.text),
    make(
      'p',
      { class: 'bubble-foot' },
      make('time', { datetime: new Date(message.at).toISOString() }, clockTime(message.at)),
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
