import { make, timeOfDay } from './make.js';
import type { ErrorView, ReportEntry } from '../../wire.js';

/** One entry: time, what it is, what it says, how long it took. */
export function reportRow(entry: ReportEntry): HTMLTableRowElement {
  const [what, said, classes] = view(entry);
  return make(
    'tr',
    {},
    make('td', { class: 'mono muted' }, timeOfDay(entry.at)),
    make('td', { class: classes }, what),
    make('td', { class: `mono ${classes}` }, said),
    make('td', { class: 'number mono muted' }, entry.kind === 'callback' ? `${entry.ms} ms` : ''),
  );
}

function view(entry: ReportEntry): readonly [what: string, said: Node | string, classes: string] {
  switch (entry.kind) {
    case 'loaded':
      return ['loaded', '', ''];
    case 'dropped':
      return ['dropped', withStack(entry.reason, entry.error), 'bad'];
    case 'callback':
      return entry.error === null
        ? [entry.name, `→ ${entry.returned}`, '']
        : [entry.name, withStack(`threw ${entry.error.message}`, entry.error), 'bad'];
    case 'note':
      return ['note', entry.text, ''];
    case 'exception':
      return ['nobody caught', withStack(entry.error.message, entry.error), 'bad'];
    case 'breach':
      return [entry.breach, entry.detail, 'warn'];
  }
}

function withStack(text: string, error: ErrorView | null): Node | string {
  if (error === null || error.stack === '') return text;
  return make('details', {}, make('summary', {}, text), make('pre', { tabindex: 0 }, error.stack));
}
