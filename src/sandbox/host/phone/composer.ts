import { make } from '../bar/make.js';
import type { PhoneAccount } from '../../phone-wire.js';
import type { PhoneWriting } from '../account-api.js';
import { icon } from './icons.js';

export type Composed = Pick<PhoneWriting, 'account' | 'text' | 'media'>;

/** Where a client writes: a text, a picture or a file, to one of the businesses. */
export interface Composer {
  readonly element: HTMLElement;
  /** The businesses, and the one that is written to unless another is chosen. */
  offer(accounts: readonly PhoneAccount[], partner: string | undefined): void;
  /** Another conversation: nothing is written or chosen yet. */
  clear(): void;
}

/** @param onWrite Rejects when it was not taken; what was written stays then. */
export function createComposer(onWrite: (composed: Composed) => Promise<void>): Composer {
  let isChosen = false;
  let offered = '';
  const account = make('select', {
    change: () => {
      isChosen = true;
    },
  });
  const to = make('label', { class: 'composer-to', hidden: true }, 'To', account);
  const text = make('textarea', {
    rows: 1,
    'aria-label': 'Message to the business',
    placeholder: 'Message',
    dir: 'auto',
    maxlength: 4096,
    input: () => {
      grow();
    },
    keydown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      sendText();
    },
  });
  const send = make(
    'button',
    {
      type: 'button',
      class: 'composer-send',
      'aria-label': 'Send',
      title: 'Send',
      click: () => {
        sendText();
      },
    },
    icon('send'),
  );
  const mediaButton = (media: 'picture' | 'file', label: string): HTMLElement =>
    make(
      'button',
      {
        type: 'button',
        class: 'composer-media',
        'aria-label': label,
        title: label,
        click: () => {
          // Whoever is asked tells why it was not taken.
          write({ media }).catch(() => undefined);
        },
      },
      icon(media),
    );

  function grow(): void {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 110)}px`;
  }
  async function write(what: Composed): Promise<void> {
    send.disabled = true;
    try {
      await onWrite({ ...what, ...(account.value !== '' && { account: account.value }) });
    } finally {
      send.disabled = false;
    }
  }
  function sendText(): void {
    const written = text.value;
    if (written.trim() === '' || send.disabled) return;
    write({ text: written }).then(
      () => {
        if (text.value === written) text.value = '';
        grow();
      },
      () => undefined,
    );
  }

  return {
    element: make(
      'div',
      { class: 'composer' },
      to,
      make(
        'div',
        { class: 'composer-line' },
        mediaButton('picture', 'Send a picture'),
        mediaButton('file', 'Send a file'),
        text,
        send,
      ),
    ),
    offer(accounts, partner) {
      const now = JSON.stringify(accounts.map(({ id, name }) => [id, name]));
      if (now !== offered) {
        const before = account.value;
        account.replaceChildren(...accounts.map(({ id, name }) => make('option', { value: id }, name)));
        if (before !== '') account.value = before;
        to.hidden = accounts.length < 2;
        offered = now;
      }
      if (!isChosen && partner !== undefined) account.value = partner;
      else if (!isChosen) account.selectedIndex = 0;
    },
    clear() {
      isChosen = false;
      text.value = '';
      grow();
    },
  };
}
