import { make } from '../bar/make.js';
import type { PhoneConnection, PhoneService } from '../../phone-wire.js';
import { icon } from './icons.js';
import { screenHead } from './screen-head.js';

/** The businesses with what opens their accounts, and the apps that they have let in. */
export interface AccountsScreen {
  readonly element: HTMLElement;
  draw(service: PhoneService): void;
  arrive(): void;
}

export function createAccountsScreen({
  onBack,
  onSignOut,
}: {
  onBack: () => void;
  onSignOut: (connection: string) => void;
}): AccountsScreen {
  const head = screenHead('Accounts', onBack);
  const list = make('div', { class: 'accounts' });
  const said = make('p', { class: 'said', role: 'status' });
  let drawn = '';

  const copyable = (label: string, value: string): HTMLElement =>
    make(
      'div',
      { class: 'copyable' },
      make('span', { class: 'copyable-label' }, label),
      make('code', {}, value),
      make(
        'button',
        {
          type: 'button',
          'aria-label': `Copy ${label}`,
          title: `Copy ${label}`,
          click: () => {
            navigator.clipboard.writeText(value).then(
              () => {
                said.textContent = `${label} copied`;
              },
              () => {
                said.textContent = `${label} could not be copied; select it instead.`;
              },
            );
          },
        },
        icon('copy'),
      ),
    );
  const connection = ({ id, app, account, listens }: PhoneConnection): HTMLElement => {
    const name = app ?? 'An app with the secret';
    return make(
      'li',
      {},
      make(
        'span',
        { class: 'choice-text' },
        make('strong', {}, name),
        make('small', {}, listens ? 'Reads messages and answers' : 'Sends messages'),
      ),
      make(
        'button',
        {
          type: 'button',
          class: 'sign-out',
          'aria-label': `Sign out ${name} of ${account.name}`,
          click: () => {
            onSignOut(id);
          },
        },
        'Sign out',
      ),
    );
  };

  return {
    element: make(
      'div',
      { class: 'screen accounts-screen' },
      head.element,
      make(
        'div',
        { class: 'scroller form' },
        make(
          'p',
          { class: 'hint' },
          'Businesses of the demo chat. An app that asks for a key takes id and secret.',
        ),
        list,
        said,
      ),
    ),
    draw({ accounts, connections }) {
      const now = JSON.stringify([accounts, connections]);
      if (now === drawn) return;
      drawn = now;
      list.replaceChildren(
        ...accounts.map(({ id, name, phone, secret }) => {
          const mine = connections.filter(({ account }) => account.id === id);
          return make(
            'section',
            { class: 'account', 'aria-label': name },
            make('h3', {}, name),
            make('p', { class: 'hint' }, phone),
            copyable('Id', id),
            copyable('Secret', secret),
            ...(mine.length === 0
              ? [make('p', { class: 'hint' }, 'No app is connected.')]
              : [
                  make(
                    'ul',
                    { class: 'connections', 'aria-label': `Apps of ${name}` },
                    ...mine.map(connection),
                  ),
                ]),
          );
        }),
      );
    },
    arrive() {
      head.focus();
    },
  };
}
