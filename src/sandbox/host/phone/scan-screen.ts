import { make } from '../bar/make.js';
import type { PhoneAccount, PhoneService } from '../../phone-wire.js';
import { icon } from './icons.js';
import { screenHead } from './screen-head.js';
import { clockTime } from './words.js';

/** Where a business connects an app by the code that it shows. */
export interface ScanScreen {
  readonly element: HTMLElement;
  draw(service: PhoneService): void;
  /** Takes the focus. */
  arrive(): void;
  /** Says how it went. */
  say(text: string): void;
}

export function createScanScreen({
  onBack,
  onScan,
}: {
  onBack: () => void;
  onScan: (pairing: string, account: PhoneAccount) => void;
}): ScanScreen {
  const head = screenHead('Scan code', onBack);
  const accounts = make('div', { class: 'choices', role: 'radiogroup', 'aria-label': 'Account' });
  const codes = make('ul', { class: 'codes', 'aria-label': 'Codes that are shown now' });
  const hint = make('p', { class: 'hint' });
  const said = make('p', { class: 'said', role: 'status' });
  let known: readonly PhoneAccount[] = [];
  let drawn = '';
  const chosen = (): PhoneAccount | undefined => {
    const checked = accounts.querySelector<HTMLInputElement>('input:checked')?.value;
    return known.find(({ id }) => id === checked);
  };

  function drawAccounts(): void {
    const now = JSON.stringify(known);
    if (now === drawn) return;
    drawn = now;
    accounts.replaceChildren(
      ...known.map(({ id, name, phone }, place) =>
        make(
          'label',
          { class: 'choice' },
          make('input', { type: 'radio', name: 'phone-account', value: id, checked: place === 0 }),
          make('span', { class: 'choice-text' }, make('strong', {}, name), make('small', {}, phone)),
        ),
      ),
    );
  }

  return {
    element: make(
      'div',
      { class: 'screen scan-screen' },
      head.element,
      make(
        'div',
        { class: 'scroller form' },
        make('h3', {}, 'As whom?'),
        accounts,
        make('h3', {}, 'Which code?'),
        hint,
        codes,
        said,
      ),
    ),
    draw({ accounts: all, pairings }) {
      known = all;
      drawAccounts();
      hint.textContent =
        pairings.length === 0
          ? 'No app shows a code at the moment. Open the one that is to be connected and let it show one.'
          : 'These apps show a code that this phone can scan.';
      codes.hidden = pairings.length === 0;
      codes.replaceChildren(
        ...pairings.map(({ id, app, at }) =>
          make(
            'li',
            {},
            make(
              'button',
              {
                type: 'button',
                class: 'code',
                click: () => {
                  const account = chosen();
                  if (account !== undefined) onScan(id, account);
                },
              },
              icon('scan'),
              make(
                'span',
                { class: 'choice-text' },
                make('strong', {}, app),
                make('small', {}, `since ${clockTime(at)}`),
              ),
              make('span', { class: 'code-action' }, 'Scan'),
            ),
          ),
        ),
      );
    },
    arrive() {
      said.textContent = '';
      head.focus();
    },
    say(text) {
      said.textContent = text;
    },
  };
}
