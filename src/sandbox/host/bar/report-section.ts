import { nameOf } from './chips.js';
import { make } from './make.js';
import { reportRow } from './report-row.js';
import type { Host } from '../host.js';
import type { ReportEntry } from '../../wire.js';

/** Entries of one widget in one area that are shown; the newest. */
const limit = 100;

/** All that one widget did, by area. */
export function reportSection(host: Host, code: string | null, entries: readonly ReportEntry[]): HTMLElement {
  const widget = code === null ? undefined : host.widget(code);
  const areas = [...groupBy(entries, ({ area }) => area)];
  return make(
    'section',
    {},
    make(
      'h2',
      {},
      widget === undefined ? (code ?? 'Not known whose') : nameOf(widget),
      make('span', { class: 'mono muted' }, widget === undefined ? '' : `${widget.code} ${widget.version}`),
    ),
    ...areas.flatMap(([area, of]) => [
      make('h3', {}, area === '' ? 'no area' : area),
      ...(of.length > limit
        ? [make('p', { class: 'muted' }, `The newest ${limit} of ${of.length}; Clear makes room.`)]
        : []),
      make('table', {}, make('tbody', {}, ...of.slice(-limit).map(reportRow))),
    ]),
  );
}

/** In the order in which the keys come first. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
