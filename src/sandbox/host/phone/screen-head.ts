import { make } from '../bar/make.js';
import { icon } from './icons.js';

/** The top of a screen that one goes back from. `focus` brings the focus to its button. */
export function screenHead(title: string, onBack: () => void): { element: HTMLElement; focus(): void } {
  const back = make(
    'button',
    { type: 'button', class: 'back', 'aria-label': 'All conversations', click: onBack },
    icon('back'),
  );
  return {
    element: make('div', { class: 'thread-head' }, back, make('h2', { class: 'screen-title' }, title)),
    focus() {
      back.focus({ preventScroll: true });
    },
  };
}
