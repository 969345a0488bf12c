import { make, makeButton, makeSelect } from './make.js';
import { createPhoneFaults } from './phone-faults.js';
import type { Panel, PanelPart } from './panel.js';
import type { AccountApi } from '../account-api.js';
import type { PhoneSettings } from '../../phone-wire.js';
import type { Faults } from '../../wire.js';

export interface FaultsPart extends PanelPart {
  show(faults: Faults): void;
  /** Those of the demo chat service. */
  showPhone(settings: PhoneSettings): void;
  load(): Promise<void>;
}

type Api = Pick<
  AccountApi,
  'faults' | 'setFaults' | 'phoneSettings' | 'setPhoneSettings' | 'expireTokens' | 'reset'
>;

/** What goes wrong on purpose. */
export function createFaults(
  api: Api,
  attempt: (action: () => Promise<void>) => void,
  onCount: (badge: Parameters<Panel['badge']>[1]) => void,
): FaultsPart {
  const set = (faults: Partial<Faults>): void => {
    attempt(() => api.setFaults(faults));
  };
  const slow = make('input', {
    type: 'number',
    min: 0,
    max: 60000,
    step: 100,
    change: () => {
      set({ slow_ms: Math.max(0, Math.round(Number(slow.value))) });
    },
  });
  const status = makeSelect(
    'The API answers',
    [
      ['', 'as it should'],
      ['429', '429, too many requests'],
      ['402', '402, not paid for'],
      ['403', '403, blocked'],
      ['500', '500, a fault of the account'],
    ],
    (value) => {
      set({ status: value === '' ? null : (Number(value) as 429 | 402 | 403 | 500) });
    },
  );
  const drop = checkbox((checked) => {
    set({ drop: checked });
  });
  const twice = checkbox((checked) => {
    set({ send_twice: checked });
  });
  const repeated = checkbox((checked) => {
    set({ digital_pipeline: checked ? 'repeated' : 'once' });
  });
  const outside = checkbox((checked) => {
    set({ outside: checked });
  });
  const phone = createPhoneFaults(api, attempt);
  const on = { account: 0, phone: 0 };
  const tellCount = (): void => {
    const number = on.account + on.phone;
    onCount(number === 0 ? null : { number, text: `${number} switched on`, kind: 'warn' });
  };
  const labelled = (control: HTMLElement, text: string): HTMLElement => make('label', {}, control, text);

  const part: FaultsPart = {
    id: 'faults',
    title: 'Faults',
    content: make(
      'div',
      { class: 'scroll faults', tabindex: 0, role: 'group', 'aria-label': 'Faults' },
      make(
        'div',
        { class: 'stack' },
        group(
          'Calls to the account’s API',
          make('label', {}, 'Each waits', slow, 'ms'),
          make('label', {}, 'Each is answered', status.element),
          labelled(drop, 'Cut every connection without an answer'),
          tokens(api, attempt),
        ),
        group('The account', reset(api, attempt)),
      ),
      group(
        'Hooks of the account',
        labelled(twice, 'Send every hook twice'),
        labelled(repeated, 'Repeat hooks of the digital pipeline after a bad answer'),
        labelled(outside, 'Let hooks go to other machines'),
        make('p', {}, 'Without that, a hook to another machine is only written to the traffic.'),
      ),
      group('The demo chat', ...phone.elements),
    ),
    show(faults) {
      slow.value = String(faults.slow_ms);
      status.set(faults.status === null ? '' : (String(faults.status) as '429' | '402' | '403' | '500'));
      drop.checked = faults.drop;
      twice.checked = faults.send_twice;
      repeated.checked = faults.digital_pipeline === 'repeated';
      outside.checked = faults.outside;
      on.account = [
        faults.slow_ms > 0,
        faults.status !== null,
        faults.drop,
        faults.send_twice,
        repeated.checked,
      ].filter(Boolean).length;
      tellCount();
    },
    showPhone(settings) {
      phone.show(settings);
      on.phone = settings.faults.length;
      tellCount();
    },
    async load() {
      part.show(await api.faults());
      part.showPhone(await api.phoneSettings());
    },
  };
  return part;
}

function group(title: string, ...controls: HTMLElement[]): HTMLElement {
  return make('fieldset', {}, make('legend', {}, title), ...controls);
}

function checkbox(onChange: (checked: boolean) => void): HTMLInputElement {
  const element = make('input', {
    type: 'checkbox',
    change: () => {
      onChange(element.checked);
    },
  });
  return element;
}

function tokens(api: Api, attempt: (action: () => Promise<void>) => void): HTMLElement {
  const done = make('span', { role: 'status', class: 'muted' });
  const expire = makeButton('Expire access tokens', () => {
    attempt(async () => {
      await api.expireTokens();
      done.textContent = 'Expired. Integrations have to refresh them.';
    });
  });
  return make('div', { class: 'row' }, expire, done);
}

/** Asks first, in its own place: a question of the browser would stop the page's timers. */
function reset(api: Api, attempt: (action: () => Promise<void>) => void): HTMLElement {
  const ask = makeButton('Reset the account…', () => {
    question.hidden = false;
    ask.hidden = true;
    yes.focus();
  });
  const yes = makeButton(
    'Reset',
    () => {
      attempt(() => api.reset());
      close();
    },
    'button danger',
  );
  const close = (): void => {
    question.hidden = true;
    ask.hidden = false;
    ask.focus();
  };
  const question = make(
    'div',
    { hidden: true, role: 'group', 'aria-label': 'Reset the account?' },
    make('p', {}, 'Everything goes back to the start: leads, settings of widgets, triggers, traffic.'),
    make('div', { class: 'row', style: 'margin-top: 8px' }, yes, makeButton('Keep it', close)),
  );
  return make('div', {}, ask, question);
}
