import { createAccountApi } from '../account-api.js';
import { make } from '../bar/make.js';
import { openSocket } from '../socket.js';
import { pageStyles } from './page-styles.js';
import { createPhone } from './phone.js';
import type { Switches } from '../../wire.js';

/** The phone on a page of its own, for a second window. */
async function start(): Promise<void> {
  const api = createAccountApi();
  const title = document.title;
  const trouble = make('p', { class: 'trouble', role: 'alert' });
  const attempt = (action: () => Promise<void>): void => {
    action().then(
      () => {
        trouble.textContent = '';
      },
      (error: unknown) => {
        trouble.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  };
  const phone = createPhone({
    api,
    attempt,
    isInView: () => true,
    onUnread: (unread) => {
      document.title = unread === 0 ? title : `(${unread}) ${title}`;
    },
    onNew: () => undefined,
    onScreen: (to) => {
      // A reload comes back to the same conversation.
      history.replaceState(to, '', location.pathname);
    },
    // The card opens as a link does.
    onCard: () => undefined,
  });
  const dress = (theme: Switches['theme']): void => {
    document.documentElement.dataset['colorScheme'] = theme;
    phone.theme(theme);
  };

  document.head.append(make('style', {}, pageStyles));
  document.body.replaceChildren(
    make('h1', { class: 'hidden' }, title),
    make('main', {}, phone.element),
    trouble,
    phone.announcer,
  );
  phone.show(typeof history.state === 'string' ? history.state : null);
  openSocket(
    (message) => {
      if (message.kind === 'theme') dress(message.theme);
      else if (message.kind === 'reload') location.reload();
      else phone.hear(message);
    },
    () => {
      location.reload();
    },
    () => {
      trouble.textContent = 'The sandbox does not answer. This page reloads by itself when it is back.';
    },
  );
  const session = await api.session();
  dress(session.switches.theme);
  await phone.load();
  document.documentElement.dataset['sandbox'] = 'ready';
}

void start();
