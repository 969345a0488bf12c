import { avatar } from '../phone/avatar.js';
import type { Conversation } from '../phone/conversations.js';
import { icon } from '../phone/icons.js';
import { firstWords, summary } from '../phone/words.js';
import { make } from './make.js';

/** Tells of a message while the phone is closed. */
export interface PhoneNotice {
  readonly element: HTMLElement;
  show(conversation: Conversation): void;
  hide(): void;
}

/** Milliseconds that it stays when nobody points at it. The badge stays longer. */
const stay = 10_000;

export function createPhoneNotice(onOpen: (to: string) => void): PhoneNotice {
  let to = '';
  let leaving: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;

  const hide = (): void => {
    clearTimeout(leaving);
    element.hidden = true;
  };
  const wait = (): void => {
    clearTimeout(leaving);
    if (!isHeld) leaving = setTimeout(hide, stay);
  };
  const hold = (held: boolean) => (): void => {
    isHeld = held;
    if (held) clearTimeout(leaving);
    else wait();
  };
  const open = make('button', {
    type: 'button',
    class: 'arrival-open',
    click: () => {
      hide();
      onOpen(to);
    },
  });
  // What is new is read out by the phone itself.
  const element = make(
    'div',
    {
      class: 'arrival',
      role: 'group',
      'aria-label': 'New message',
      hidden: true,
      mouseenter: hold(true),
      mouseleave: hold(false),
      focusin: hold(true),
      focusout: hold(false),
      keydown: ({ key }: KeyboardEvent) => {
        if (key === 'Escape') hide();
      },
    },
    open,
    make(
      'button',
      { type: 'button', class: 'arrival-close', 'aria-label': 'Dismiss the notice', click: hide },
      icon('close'),
    ),
  );

  return {
    element,
    hide,
    show(conversation) {
      ({ to } = conversation);
      const { title, messages, unread } = conversation;
      const last = messages.at(-1);
      const more = unread > 1 ? ` and ${unread - 1} more` : '';
      open.replaceChildren(
        avatar(conversation),
        make('span', { class: 'arrival-title' }, `${title}${more}`),
        make(
          'span',
          { class: 'arrival-text', dir: 'auto' },
          last === undefined ? '' : firstWords(summary(last), 120),
        ),
        make('span', { class: 'arrival-action' }, 'Open the phone'),
      );
      element.hidden = false;
      wait();
    },
  };
}
