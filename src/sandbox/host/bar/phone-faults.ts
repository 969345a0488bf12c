import { phoneFaultModes, phoneReading, type PhoneFaultMode, type PhoneSettings } from '../../phone-wire.js';
import type { AccountApi } from '../account-api.js';
import { make, makeButton, makeSelect } from './make.js';

/** What goes wrong on purpose at the demo chat service, as controls. */
export interface PhoneFaultControls {
  readonly elements: readonly HTMLElement[];
  show(settings: PhoneSettings): void;
}

const modeWords: Readonly<Record<PhoneFaultMode, string>> = {
  unavailable: '503, not available',
  rate_limited: '429, too many messages',
  slow: 'late',
  answer_lost: 'taken, but the answer is lost',
  invalid_number: 'the number does not exist',
  not_on_service: 'the number is not on the service',
  recipient_blocked: 'the recipient has blocked the sender',
  invalid_key: 'the access key is refused',
  fails_later: 'taken, fails on its way',
  html: 'a page comes in place of the answer',
};
const readingWords: Readonly<Record<PhoneSettings['reading'], string>> = {
  opened: 'when they are in view here',
  always: 'by themselves',
  never: 'never',
};

export function createPhoneFaults(
  api: Pick<AccountApi, 'setPhoneSettings'>,
  attempt: (action: () => Promise<void>) => void,
): PhoneFaultControls {
  let settings: PhoneSettings = { reading: 'opened', faults: [] };
  const set = (changes: Partial<PhoneSettings>): void => {
    attempt(async () => {
      try {
        await api.setPhoneSettings(changes);
      } catch (error) {
        show(settings);
        throw error;
      }
    });
  };
  const reading = makeSelect(
    'Messages become read',
    phoneReading.map((value) => [value, readingWords[value]] as const),
    (value) => {
      set({ reading: value });
    },
  );
  const number = make('input', {
    type: 'text',
    inputmode: 'tel',
    placeholder: 'everybody',
    'aria-label': 'Number for which messages fail; empty for everybody',
    keydown: ({ key }: KeyboardEvent) => {
      if (key === 'Enter') add();
    },
  });
  const mode = makeSelect(
    'How messages fail',
    phoneFaultModes.map((value) => [value, modeWords[value]] as const),
    () => {
      drawSeconds();
    },
  );
  const seconds = make('input', { type: 'number', min: 1, max: 3600, value: 5 });
  const secondsWords = document.createTextNode('');
  const secondsLabel = make('label', {}, secondsWords, seconds, 'seconds');
  const list = make('ul', { class: 'phone-faults', 'aria-label': 'Faults of the demo chat' });

  function chosen(): PhoneFaultMode {
    return mode.element.value as PhoneFaultMode;
  }
  function drawSeconds(): void {
    secondsLabel.hidden = chosen() !== 'slow' && chosen() !== 'rate_limited';
    secondsWords.textContent = chosen() === 'slow' ? 'It takes' : 'Ask again after';
  }
  function add(): void {
    const digits = number.value.replace(/[\s()-]/g, '');
    const to = digits === '' ? null : digits;
    const fault = {
      to,
      mode: chosen(),
      seconds: secondsLabel.hidden ? 0 : Math.max(1, Math.round(Number(seconds.value))),
    };
    set({ faults: [...settings.faults.filter((one) => one.to !== to), fault] });
  }
  function show(now: PhoneSettings): void {
    settings = now;
    reading.set(now.reading);
    list.hidden = now.faults.length === 0;
    list.replaceChildren(
      ...now.faults.map((fault) => {
        const who = fault.to ?? 'Everybody';
        const time = fault.seconds === 0 ? '' : `, ${fault.seconds} s`;
        const remove = makeButton('Remove', () => {
          set({ faults: settings.faults.filter(({ to }) => to !== fault.to) });
          number.focus();
        });
        remove.setAttribute('aria-label', `Remove: ${who}, ${modeWords[fault.mode]}`);
        return make(
          'li',
          {},
          make('span', { class: 'warn' }, `${who}: ${modeWords[fault.mode]}${time}`),
          remove,
        );
      }),
    );
  }
  drawSeconds();
  show(settings);

  return {
    elements: [
      make('label', {}, 'Messages to', number),
      make('label', {}, 'are answered', mode.element),
      secondsLabel,
      make('div', { class: 'row' }, makeButton('Let them fail', add)),
      list,
      make('label', {}, 'Messages become read', reading.element),
    ],
    show,
  };
}
