import { decodeBody } from './decode.js';
import { make, makeButton } from './make.js';
import type { NumberedTraffic } from '../../wire.js';

export interface Details {
  readonly element: HTMLElement;
  show(entry: NumberedTraffic | undefined): void;
}

/** One call: its headers, its body as it went over the wire and decoded, and the answer. */
export function createDetails({
  again,
  close,
}: {
  readonly again: (number: number) => void;
  readonly close: () => void;
}): Details {
  const element = make('div', {
    class: 'details',
    role: 'region',
    'aria-label': 'Details of the call',
    tabindex: 0,
    hidden: true,
  });
  return {
    element,
    show(entry) {
      element.hidden = entry === undefined;
      if (entry === undefined) return;
      const { number, direction, method, url, headers, body, status, answer, error, duration_ms } = entry;
      element.replaceChildren(
        make(
          'div',
          { class: 'head' },
          make('span', { class: 'mono' }, `${method} ${url}`),
          ...(direction === 'out'
            ? [
                makeButton('Send again', () => {
                  again(number);
                }),
              ]
            : []),
          makeButton('Close', close),
        ),
        make('h3', {}, 'Headers'),
        table(Object.entries(headers)),
        ...bodyViews('Body', body, headers['content-type'] ?? headers['Content-Type']),
        make('h3', {}, `Answer: ${status === 0 ? 'none' : status}, after ${duration_ms} ms`),
        ...(error === undefined ? [] : [make('p', { class: 'bad' }, error)]),
        ...bodyViews('Body of the answer', answer),
      );
      element.scrollTop = 0;
    },
  };
}

function bodyViews(title: string, body: string, contentType?: string): HTMLElement[] {
  if (body === '') return [make('h3', {}, `${title}: empty`)];
  const decoded = decodeBody(body, contentType);
  if (decoded === undefined) return [make('h3', {}, title), make('pre', {}, body)];
  return [
    make('h3', {}, `${title}, decoded`),
    decoded.kind === 'form' ? table(decoded.fields) : make('pre', {}, decoded.text),
    make('h3', {}, `${title}, as it went over the wire`),
    make('pre', {}, body),
  ];
}

function table(fields: readonly (readonly [string, string])[]): HTMLElement {
  return make(
    'table',
    { class: 'fields' },
    make(
      'tbody',
      {},
      ...fields.map(([name, value]) => make('tr', {}, make('td', {}, name), make('td', {}, value))),
    ),
  );
}
