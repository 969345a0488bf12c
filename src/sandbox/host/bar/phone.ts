import { icon } from '../phone/icons.js';
import { createPhone } from '../phone/phone.js';
import { createPhoneNotice } from './phone-notice.js';
import { count, make } from './make.js';
import type { Host } from '../host.js';
import type { SocketMessage, Switches } from '../../wire.js';

/** The phone of the bar: a button with a badge, a drawer over the page, and a notice while that is closed. */
export interface PhonePart {
  readonly button: HTMLElement;
  /** Everything else; comes after the bar, so that Tab leads from the button into it. */
  readonly elements: readonly HTMLElement[];
  hear(message: SocketMessage): void;
  load(): Promise<void>;
}

const key = 'sandbox:phone';

interface Remembered {
  readonly isOpen: boolean;
  /** The conversation on the screen. */
  readonly to: string | null;
}

export function createPhonePart(host: Host, attempt: (action: () => Promise<void>) => void): PhonePart {
  const remembered = recall();
  let { isOpen, to } = remembered;

  const notice = createPhoneNotice((number) => {
    toggle(true);
    phone.show(number);
    phone.focus();
  });
  const phone = createPhone({
    api: host.api,
    attempt,
    isInView: () => isOpen,
    onUnread: (unread) => {
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? '99+' : String(unread);
      spoken.textContent = unread === 0 ? '' : ` ${count(unread, 'unread message')}`;
      if (unread === 0) notice.hide();
    },
    onNew: (conversation) => {
      if (!isOpen) notice.show(conversation);
    },
    onScreen: (number) => {
      to = number;
      remember({ isOpen, to });
    },
    onCard(path, event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void host.router.go(path);
    },
  });
  const badge = make('span', { class: 'badge', hidden: true, 'aria-hidden': 'true' });
  const spoken = make('span', { class: 'hidden' });
  const button = make(
    'button',
    {
      type: 'button',
      class: 'phone-button',
      'aria-controls': 'phone',
      click: () => {
        toggle(!isOpen);
      },
      keydown: ({ key: pressed }: KeyboardEvent) => {
        if (pressed === 'Escape') toggle(false);
      },
    },
    icon('phone'),
    'Phone',
    badge,
    spoken,
  );
  const close = make(
    'button',
    {
      type: 'button',
      'aria-label': 'Close the phone',
      title: 'Close the phone',
      click: () => {
        toggle(false);
        button.focus();
      },
    },
    icon('close'),
  );
  const drawer = make(
    'section',
    {
      id: 'phone',
      class: 'drawer',
      'aria-label': 'Phone',
      keydown: ({ key: pressed }: KeyboardEvent) => {
        if (pressed !== 'Escape') return;
        toggle(false);
        button.focus();
      },
    },
    make(
      'div',
      { class: 'drawer-tools' },
      make('h2', {}, 'Phone'),
      make(
        'a',
        {
          href: '/sandbox/phone',
          target: '_blank',
          'aria-label': 'The phone in a window of its own',
          title: 'In a window of its own',
        },
        icon('window'),
      ),
      close,
    ),
    phone.element,
  );

  function toggle(open: boolean): void {
    isOpen = open;
    drawer.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    remember({ isOpen, to });
    if (!open) return;
    notice.hide();
    phone.inView();
  }
  const theme = (value: Switches['theme']): void => {
    phone.theme(value);
  };
  phone.show(to);
  toggle(isOpen);
  theme(host.session.switches.theme);

  return {
    button,
    elements: [phone.announcer, notice.element, drawer],
    hear(message) {
      if (message.kind === 'theme') theme(message.theme);
      else phone.hear(message);
    },
    load: () => phone.load(),
  };
}

function remember(state: Remembered): void {
  sessionStorage.setItem(key, JSON.stringify(state));
}

function recall(): Remembered {
  const fresh = { isOpen: false, to: null };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Remembered>) };
  } catch {
    return fresh;
  }
}
