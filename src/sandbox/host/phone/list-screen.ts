import { count, make } from '../bar/make.js';
import { avatar } from './avatar.js';
import type { Conversation } from './conversations.js';
import { icon, type IconName } from './icons.js';
import type { PhonePairing } from '../../phone-wire.js';
import { clockTime, statusWords, summary } from './words.js';

/** Screens beside the conversations. */
export type SideScreen = 'new' | 'scan' | 'accounts';

/** The phone's first screen: who got messages, the newest on top. */
export interface ListScreen {
  readonly element: HTMLElement;
  draw(conversations: readonly Conversation[]): void;
  /** Codes that wait to be scanned, newest first. */
  offer(pairings: readonly PhonePairing[]): void;
  /** Brings the focus to this conversation, or to the first. */
  focus(to: string | null): void;
  focusSide(side: SideScreen): void;
}

export function createListScreen(
  onPick: (to: string) => void,
  onSide: (side: SideScreen) => void,
): ListScreen {
  const rows = new Map<string, HTMLLIElement>();
  const list = make('ul', { class: 'rows', 'aria-label': 'Conversations' });
  const empty = make(
    'div',
    { class: 'nothing' },
    icon('bubble'),
    make('strong', {}, 'No messages yet'),
    make('p', {}, 'Whatever is sent through the demo chat service arrives here at once.'),
  );
  const sideButton = (side: SideScreen, label: string, name: IconName): HTMLButtonElement =>
    make(
      'button',
      {
        type: 'button',
        class: 'side-button',
        'aria-label': label,
        title: label,
        click: () => {
          onSide(side);
        },
      },
      icon(name),
    );
  const sideButtons = {
    scan: sideButton('scan', 'Scan code', 'scan'),
    accounts: sideButton('accounts', 'Accounts', 'key'),
    new: sideButton('new', 'New message', 'pencil'),
  };
  const waitingText = make('span', {});
  const waiting = make(
    'button',
    {
      type: 'button',
      class: 'waiting',
      hidden: true,
      click: () => {
        onSide('scan');
      },
    },
    icon('scan'),
    waitingText,
  );
  const element = make(
    'div',
    { class: 'screen list-screen' },
    make(
      'div',
      { class: 'list-head' },
      make('h2', { class: 'list-title' }, 'Messages'),
      sideButtons.scan,
      sideButtons.accounts,
      sideButtons.new,
    ),
    waiting,
    make('div', { class: 'scroller', tabindex: -1 }, list, empty),
  );
  const buttonOf = (row: HTMLLIElement | undefined): HTMLButtonElement | null =>
    row?.querySelector('button') ?? null;

  return {
    element,
    draw(conversations) {
      const focused = [...rows].find(([, row]) => row.contains(rowFocus(element)))?.[0];
      rows.clear();
      for (const one of conversations) rows.set(one.to, rowOf(one, onPick));
      list.replaceChildren(...rows.values());
      list.hidden = conversations.length === 0;
      empty.hidden = conversations.length > 0;
      if (focused !== undefined) buttonOf(rows.get(focused))?.focus();
    },
    offer([newest]) {
      waiting.hidden = newest === undefined;
      waitingText.textContent = newest === undefined ? '' : `${newest.app} shows a code to scan`;
    },
    focusSide(side) {
      sideButtons[side].focus();
    },
    focus(to) {
      const row = rows.get(to ?? '') ?? rows.values().next().value;
      (buttonOf(row) ?? element.querySelector<HTMLElement>('.scroller'))?.focus();
    },
  };
}

/** What has the focus in the element's own tree, which may be a shadow root's. */
function rowFocus(element: HTMLElement): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}

function rowOf(conversation: Conversation, onPick: (to: string) => void): HTMLLIElement {
  const { to, title, messages, unread } = conversation;
  const last = messages.at(-1);
  if (last === undefined) return make('li');
  const isFailed = last.status === 'failed';
  return make(
    'li',
    {},
    make(
      'button',
      {
        type: 'button',
        class: `row-button${unread > 0 ? ' is-unread' : ''}`,
        click: () => {
          onPick(to);
        },
      },
      avatar(conversation),
      make('span', { class: 'row-title' }, title),
      make('span', { class: 'row-time' }, clockTime(last.at)),
      make(
        'span',
        { class: `row-text${isFailed ? ' is-failed' : ''}` },
        isFailed ? `${statusWords.failed}: ` : '',
        summary(last),
      ),
      ...(unread > 0
        ? [
            make(
              'span',
              { class: 'row-unread' },
              make('span', { 'aria-hidden': 'true' }, unread > 99 ? '99+' : String(unread)),
              make('span', { class: 'hidden' }, count(unread, 'unread message')),
            ),
          ]
        : []),
    ),
  );
}
