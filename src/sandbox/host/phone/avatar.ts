import { make } from '../bar/make.js';
import type { Conversation } from './conversations.js';
import { initials } from './words.js';

/** How many colours the styles have. */
const colours = 6;

export function avatar(conversation: Pick<Conversation, 'to' | 'title'>): HTMLElement {
  const colour = Array.from(conversation.to).reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % colours;
  const letters = initials(conversation.title);
  return make(
    'span',
    { class: 'avatar', 'data-colour': colour, 'aria-hidden': 'true' },
    letters === '' ? '#' : letters,
  );
}
