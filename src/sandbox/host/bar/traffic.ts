import { make, makeButton, timeOfDay } from './make.js';
import { createDetails } from './traffic-details.js';
import type { PanelPart } from './panel.js';
import type { AccountApi } from '../account-api.js';
import type { NumberedTraffic } from '../../wire.js';

export interface TrafficPart extends PanelPart {
  add(entry: NumberedTraffic): void;
  /** Reads the log anew. */
  load(): Promise<void>;
}

/** Calls that are kept here; the server keeps its own newest. */
const limit = 500;

const columns = ['Time', '', 'Kind', 'Method', 'Address', 'Status', 'ms'] as const;

/** The table of calls, the newest first, with the details of one beside it. */
export function createTraffic(
  api: Pick<AccountApi, 'traffic' | 'clearTraffic' | 'sendAgain'>,
  attempt: (action: () => Promise<void>) => void,
): TrafficPart {
  let entries: NumberedTraffic[] = [];
  let picked: number | undefined;
  let visible = false;
  const rows = new Map<number, HTMLTableRowElement>();

  const filter = make('input', {
    type: 'search',
    'aria-label': 'Filter the traffic',
    placeholder: 'Filter: address, kind, body…',
    input: draw,
  });
  const body = make('tbody');
  const empty = make('p', { class: 'empty' });
  const details = createDetails({
    again: (number) => {
      attempt(() => api.sendAgain(number));
    },
    close: () => {
      pick(undefined);
    },
  });
  const table = make(
    'table',
    { 'aria-label': 'Traffic' },
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        ...columns.map((title) =>
          make(
            'th',
            { scope: 'col', class: title === 'ms' ? 'number' : '' },
            title === '' ? make('span', { class: 'hidden' }, 'Direction') : title,
          ),
        ),
      ),
    ),
    body,
  );
  const clear = makeButton('Clear', () => {
    attempt(async () => {
      await api.clearTraffic();
      entries = [];
      pick(undefined);
      draw();
    });
  });

  function draw(): void {
    if (!visible) return;
    const wanted = filter.value.trim().toLowerCase();
    const shown = entries.filter((entry) => wanted === '' || textOf(entry).includes(wanted));
    for (const number of rows.keys())
      if (!shown.some((entry) => entry.number === number)) rows.delete(number);
    body.replaceChildren(...shown.map((entry) => rows.get(entry.number) ?? row(entry)));
    empty.hidden = shown.length > 0;
    table.hidden = shown.length === 0;
    empty.textContent =
      entries.length === 0
        ? 'No calls yet. Hooks that the account sends and calls to its interfaces appear here.'
        : `None of the ${entries.length} calls has “${filter.value}” in it.`;
  }
  function row(entry: NumberedTraffic): HTMLTableRowElement {
    const element = make(
      'tr',
      {
        click: () => {
          pick(entry.number);
        },
      },
      make('td', {}, timeOfDay(entry.at)),
      make(
        'td',
        { title: entry.direction === 'in' ? 'To the account' : 'From the account' },
        entry.direction === 'in' ? '→' : '←',
      ),
      make('td', {}, entry.kind),
      make('td', {}, entry.method),
      make('td', {}, make('button', { type: 'button', class: 'address', title: entry.url }, entry.url)),
      make('td', { class: entry.status >= 200 && entry.status < 400 ? '' : 'bad' }, statusOf(entry)),
      make('td', { class: 'number' }, String(entry.duration_ms)),
    );
    element.toggleAttribute('data-open', entry.number === picked);
    rows.set(entry.number, element);
    return element;
  }
  function pick(number: number | undefined): void {
    if (picked !== undefined) rows.get(picked)?.removeAttribute('data-open');
    picked = number;
    if (number !== undefined) rows.get(number)?.setAttribute('data-open', '');
    details.show(entries.find((entry) => entry.number === number));
  }

  return {
    id: 'traffic',
    title: 'Traffic',
    content: make(
      'div',
      { class: 'tabpanel' },
      make('div', { class: 'tools' }, filter, make('span', { class: 'spring' }), clear),
      make(
        'div',
        { class: 'split' },
        make(
          'div',
          { class: 'scroll calls', tabindex: 0, role: 'group', 'aria-label': 'Calls' },
          empty,
          table,
        ),
        details.element,
      ),
    ),
    shown(isVisible) {
      visible = isVisible;
      draw();
    },
    add(entry) {
      entries = newest([entry, ...entries]);
      draw();
    },
    async load() {
      entries = newest([...(await api.traffic()), ...entries]);
      draw();
    },
  };
}

/** The newest first, each once. */
function newest(entries: readonly NumberedTraffic[]): NumberedTraffic[] {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  return [...byNumber.values()].sort((one, other) => other.number - one.number).slice(0, limit);
}

function statusOf({ status, error }: NumberedTraffic): string {
  return status === 0 ? (error === undefined ? 'none' : 'failed') : String(status);
}

function textOf({ kind, method, url, status, body, answer, error = '' }: NumberedTraffic): string {
  return `${kind} ${method} ${url} ${status} ${body} ${answer} ${error}`.toLowerCase();
}
