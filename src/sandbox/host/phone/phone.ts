import { make } from '../bar/make.js';
import type { AccountApi, PhoneWriting } from '../account-api.js';
import type { PhoneMessage, PhoneService } from '../../phone-wire.js';
import type { SocketMessage, Switches } from '../../wire.js';
import { createConversations, type Conversation } from './conversations.js';
import { icon } from './icons.js';
import { createAccountsScreen } from './accounts-screen.js';
import { createListScreen, type SideScreen } from './list-screen.js';
import { createNewScreen } from './new-screen.js';
import { createScanScreen } from './scan-screen.js';
import { createThreadScreen } from './thread-screen.js';
import { clockTime, firstWords, summary } from './words.js';

/** A phone with the messages that the demo chat service delivered, on which clients write and businesses connect apps. */
export interface Phone {
  readonly element: HTMLElement;
  /** Reads new messages out; stays in the page when the phone is not in view. */
  readonly announcer: HTMLElement;
  /** Reads the messages anew. */
  load(): Promise<void>;
  hear(message: SocketMessage): void;
  theme(theme: Switches['theme']): void;
  /** Shows a conversation, or the list of them. */
  show(to: string | null): void;
  /** Takes the focus. */
  focus(): void;
  /** The phone has come into view: what its screen shows counts as read. */
  inView(): void;
}

export interface PhoneOptions {
  readonly api: Pick<
    AccountApi,
    'phoneMessages' | 'seenOnPhone' | 'writeOnPhone' | 'phoneService' | 'scanOnPhone' | 'signOutOnPhone'
  >;
  readonly attempt: (action: () => Promise<void>) => void;
  readonly isInView: () => boolean;
  readonly onUnread: (unread: number) => void;
  /** A message came while the page is open; the conversation ends with it. */
  readonly onNew: (conversation: Conversation) => void;
  /** Another screen is shown. */
  readonly onScreen?: (to: string | null) => void;
  readonly onCard: (path: string, event: MouseEvent) => void;
}

/** Milliseconds between two readings of the list, however much comes. */
const rest = 1_000;

export function createPhone(options: PhoneOptions): Phone {
  const { api, attempt, isInView, onUnread, onNew, onScreen = () => undefined, onCard } = options;
  const conversations = createConversations();
  let open: string | null = null;
  let side: SideScreen | null = null;
  let service: PhoneService = { accounts: [], pairings: [], connections: [] };
  let ending: ReturnType<typeof setTimeout> | undefined;
  /** The newest message of each number that the server was told of as seen. */
  const told = new Map<string, number>();
  let reading: ReturnType<typeof setTimeout> | undefined;

  const announcer = make('div', { class: 'hidden', role: 'status' });
  const list = createListScreen((to) => {
    show(to);
    thread.arrive();
  }, openSide);
  const onBack = (): void => {
    const from = side;
    side = null;
    draw();
    if (from !== null) list.focusSide(from);
  };
  const fresh = createNewScreen({
    onBack,
    async onWrite(written) {
      const { client } = await write(written);
      show(client);
      thread.arrive();
    },
  });
  const scan = createScanScreen({
    onBack,
    onScan(pairing, account) {
      attempt(async () => {
        const { app } = await api.scanOnPhone({ pairing, account: account.id });
        scan.say(`${app} is connected with ${account.name}.`);
      });
    },
  });
  const accounts = createAccountsScreen({
    onBack,
    onSignOut(connection) {
      attempt(() => api.signOutOnPhone(connection));
    },
  });
  const thread = createThreadScreen({
    onBack() {
      const from = open;
      show(null);
      list.focus(from);
    },
    onCard,
    async onWrite(from, composed) {
      await write({ from, ...composed });
    },
  });
  const clock = make('span', {}, clockTime(Date.now()));
  const glass = make(
    'div',
    { class: 'glass' },
    make(
      'div',
      { class: 'phone-status', 'aria-hidden': 'true' },
      clock,
      make('span', { class: 'island' }),
      make('span', { class: 'phone-power' }, icon('signal'), icon('battery')),
    ),
    list.element,
    thread.element,
    fresh.element,
    scan.element,
    accounts.element,
    make('div', { class: 'home-line', 'aria-hidden': 'true' }),
  );
  const element = make('div', { class: 'phone', 'data-theme': 'light' }, glass);

  function draw(): void {
    const conversation = open === null ? undefined : conversations.find(open);
    clock.textContent = clockTime(Date.now());
    list.element.hidden = conversation !== undefined || side !== null;
    thread.element.hidden = conversation === undefined || side !== null;
    fresh.element.hidden = side !== 'new';
    scan.element.hidden = side !== 'scan';
    accounts.element.hidden = side !== 'accounts';
    if (conversation === undefined) list.draw(conversations.all());
    else thread.draw(conversation);
    onUnread(conversations.unread());
  }
  /** What the service says beside messages; codes go away when nobody scans them. */
  function serve(now: PhoneService): void {
    const pairings = now.pairings.filter(({ until }) => until > Date.now());
    service = { ...now, pairings };
    clearTimeout(ending);
    const end = Math.min(...pairings.map(({ until }) => until));
    if (pairings.length > 0) {
      ending = setTimeout(() => {
        serve(service);
      }, end - Date.now());
    }
    list.offer(pairings);
    scan.draw(service);
    accounts.draw(service);
    fresh.offer(service.accounts);
    thread.offer(service.accounts);
  }
  function openSide(to: SideScreen): void {
    side = to;
    draw();
    if (to === 'new') fresh.arrive(conversations.all().map((one) => one.to));
    else if (to === 'scan') scan.arrive();
    else accounts.arrive();
  }
  /** Rejects when it was not taken, which is told as well. */
  async function write(written: PhoneWriting): Promise<PhoneMessage> {
    const writing = api.writeOnPhone(written);
    attempt(async () => {
      await writing;
    });
    const message = await writing;
    take([message]);
    return message;
  }
  /** What is in view counts as seen. */
  function look(): void {
    if (side !== null || open === null || document.visibilityState !== 'visible' || !isInView()) return;
    const conversation = conversations.find(open);
    const newest = conversation?.messages.at(-1)?.number ?? 0;
    if (conversation === undefined || conversation.unread === 0 || told.get(open) === newest) return;
    told.set(open, newest);
    attempt(() => api.seenOnPhone(conversation.to));
  }
  function show(to: string | null): void {
    open = to;
    side = null;
    draw();
    look();
    onScreen(to);
  }
  async function load(): Promise<void> {
    const [messages, now] = await Promise.all([api.phoneMessages(), api.phoneService()]);
    serve(now);
    take(messages);
  }
  function loadSoon(): void {
    reading ??= setTimeout(() => {
      reading = undefined;
      attempt(load);
    }, rest);
  }
  function take(messages: readonly PhoneMessage[]): void {
    const fresh = conversations.take(messages);
    draw();
    look();
    // One that comes while the list is read for the first time is new as well.
    const last = fresh.findLast(({ at, seen }) => !seen && at >= performance.timeOrigin);
    const newest = last === undefined ? undefined : conversations.find(last.client);
    if (last === undefined || newest === undefined) return;
    announcer.textContent = `New message to ${newest.title}: ${firstWords(summary(last))}`;
    onNew(newest);
  }
  document.addEventListener('visibilitychange', look);

  return {
    element,
    announcer,
    load,
    hear(message) {
      if (message.kind === 'phone') {
        take(message.messages);
        if (message.isPart) loadSoon();
      } else if (message.kind === 'phone_service') {
        serve(message.service);
      } else if (
        message.kind === 'changed' &&
        message.change.type === 'contacts' &&
        conversations.all().length > 0
      ) {
        // Somebody may have got another name or number.
        loadSoon();
      }
    },
    theme(theme) {
      element.dataset['theme'] = theme;
    },
    show,
    focus() {
      if (side !== null) openSide(side);
      else if (thread.element.hidden) list.focus(null);
      else thread.arrive();
    },
    inView: look,
  };
}
