import { make } from '../bar/make.js';
import type { PhoneAccount } from '../../phone-wire.js';
import type { PhoneWriting } from '../account-api.js';
import { createComposer } from './composer.js';
import { screenHead } from './screen-head.js';

/** A client who has not written yet writes to a business. */
export interface NewScreen {
  readonly element: HTMLElement;
  offer(accounts: readonly PhoneAccount[]): void;
  /** Begins anew with a number that nobody has, and takes the focus. */
  arrive(taken: readonly string[]): void;
}

/** Numbers for fiction, which nobody has. */
const madeUp = Array.from({ length: 40 }, (_none, place) => `+120255501${60 + place}`);

export function createNewScreen({
  onBack,
  onWrite,
}: {
  onBack: () => void;
  onWrite: (written: PhoneWriting) => Promise<void>;
}): NewScreen {
  const head = screenHead('New message', onBack);
  const number = make('input', { type: 'tel', autocomplete: 'off' });
  const name = make('input', {
    type: 'text',
    autocomplete: 'off',
    placeholder: 'As the client calls themself',
  });
  const composer = createComposer((composed) =>
    onWrite({
      from: number.value,
      ...(name.value.trim() !== '' && { name: name.value.trim() }),
      ...composed,
    }),
  );
  return {
    element: make(
      'div',
      { class: 'screen new-screen' },
      head.element,
      make(
        'div',
        { class: 'scroller form' },
        make('p', { class: 'hint' }, 'Somebody writes to a business for the first time.'),
        make('label', {}, 'Number of the client', number),
        make('label', {}, 'Name', name),
      ),
      composer.element,
    ),
    offer(accounts) {
      composer.offer(accounts, undefined);
    },
    arrive(taken) {
      composer.clear();
      name.value = '';
      number.value = madeUp.find((one) => !taken.includes(one)) ?? '+12025550199';
      head.focus();
    },
  };
}
