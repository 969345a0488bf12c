import { make } from '../bar/make.js';
import { avatar } from './avatar.js';
import type { PhoneAccount } from '../../phone-wire.js';
import { createBubble, type Bubble } from './bubble.js';
import { createComposer, type Composed } from './composer.js';
import type { Conversation } from './conversations.js';
import { icon } from './icons.js';
import { dayOf } from './words.js';

/** One conversation, the newest message at the bottom. */
export interface ThreadScreen {
  readonly element: HTMLElement;
  draw(conversation: Conversation): void;
  /** The businesses that can be written to. */
  offer(accounts: readonly PhoneAccount[]): void;
  /** Shows the newest message and takes the focus. */
  arrive(): void;
}

/** So near to the end, in pixels, somebody is reading the newest messages. */
const nearEnd = 60;

export function createThreadScreen({
  onBack,
  onCard,
  onWrite,
}: {
  onBack: () => void;
  /** The contact's card is asked for. */
  onCard: (path: string, event: MouseEvent) => void;
  /** The client writes. */
  onWrite: (from: string, composed: Composed) => Promise<void>;
}): ThreadScreen {
  const bubbles = new Map<string, Bubble>();
  let shown = '';
  const back = make(
    'button',
    { type: 'button', class: 'back', 'aria-label': 'All conversations', click: onBack },
    icon('back'),
  );
  const person = make('div', { class: 'person' });
  const list = make('ol', { class: 'bubbles' });
  const scroller = make('div', { class: 'scroller', tabindex: 0, role: 'group' }, list);
  const composer = createComposer((composed) => onWrite(shown, composed));
  let accounts: readonly PhoneAccount[] = [];
  let partner: string | undefined;
  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  // The drawer gets another height with the window and with the bar's panel, the list with a picture that has come.
  const sizes = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  sizes.observe(scroller);
  sizes.observe(list);
  let isAtEnd = true;
  scroller.addEventListener('scroll', () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
  });

  return {
    element: make(
      'div',
      { class: 'screen thread-screen' },
      make('div', { class: 'thread-head' }, back, person),
      scroller,
      composer.element,
    ),
    offer(all) {
      accounts = all;
      composer.offer(accounts, partner);
    },
    draw(conversation) {
      const { to, title, messages } = conversation;
      const isOther = to !== shown;
      if (isOther) {
        bubbles.clear();
        composer.clear();
        isAtEnd = true;
        shown = to;
      }
      scroller.setAttribute('aria-label', `Messages of ${title}`);
      person.replaceChildren(...personOf(conversation, onCard));
      const ids = new Set(messages.map(({ id }) => id));
      for (const id of bubbles.keys()) if (!ids.has(id)) bubbles.delete(id);
      const nodes: HTMLElement[] = [];
      let day = '';
      let account = '';
      for (const message of messages) {
        const its = dayOf(message.at, Date.now());
        if (its !== day) nodes.push(make('li', { class: 'day' }, its));
        day = its;
        if (message.account.id !== account) {
          nodes.push(make('li', { class: 'day partner' }, message.account.name));
        }
        account = message.account.id;
        const bubble = bubbles.get(message.id) ?? createBubble(message);
        bubble.update(message);
        bubble.element.classList.toggle('is-fresh', !isOther && !bubbles.has(message.id));
        bubbles.set(message.id, bubble);
        nodes.push(bubble.element);
      }
      replaceChanged(list, nodes);
      partner = (messages.findLast(({ by }) => by === 'business') ?? messages.at(-1))?.account.id;
      composer.offer(accounts, partner);
      if (isAtEnd) toEnd();
    },
    arrive() {
      isAtEnd = true;
      toEnd();
      back.focus({ preventScroll: true });
    },
  };
}

function personOf(
  conversation: Conversation,
  onCard: (path: string, event: MouseEvent) => void,
): HTMLElement[] {
  const { to, title, contact } = conversation;
  const path = `/contacts/detail/${contact?.id ?? 0}`;
  const name =
    contact === null
      ? title
      : make(
          'a',
          {
            href: path,
            title: 'Open the contact’s card',
            click: (event: MouseEvent) => {
              onCard(path, event);
            },
          },
          title,
        );
  return [
    avatar(conversation),
    make(
      'div',
      { class: 'person-name' },
      make('h2', {}, name),
      make('p', {}, contact === null ? 'Not in the account' : to),
    ),
  ];
}

/** Leaves nodes that stay where they are, so that nothing that moves or is selected starts anew. */
function replaceChanged(list: HTMLElement, nodes: readonly HTMLElement[]): void {
  const isDay = (node: Element | undefined): boolean => node?.classList.contains('day') ?? false;
  const same = (one: Element | undefined, other: HTMLElement): boolean =>
    one === other || (isDay(one) && isDay(other) && one?.textContent === other.textContent);
  const present = [...list.children];
  if (present.every((child, index) => nodes[index] !== undefined && same(child, nodes[index]))) {
    list.append(...nodes.slice(present.length));
  } else {
    list.replaceChildren(...nodes);
  }
}
