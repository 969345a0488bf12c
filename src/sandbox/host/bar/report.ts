import { count, make, makeButton, makeSelect } from './make.js';
import { nameOf } from './chips.js';
import { groupBy, reportSection } from './report-section.js';
import type { Panel, PanelPart } from './panel.js';
import type { Host } from '../host.js';
import type { ReportEntry } from '../../wire.js';

export interface ReportPart extends PanelPart {
  add(entries: readonly ReportEntry[]): void;
  load(): Promise<void>;
  /** Shows this widget alone. */
  pick(code: string): void;
}

export type ReportBadge = Parameters<Panel['badge']>[1];

/** What the widgets did, by widget and area. */
export function createReport(
  host: Host,
  attempt: (action: () => Promise<void>) => void,
  onCount: (badge: ReportBadge) => void,
): ReportPart {
  let entries: ReportEntry[] = [];
  let visible = false;
  let only = '';
  let isBrief = false;

  const sections = make('div', {
    class: 'scroll report',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Report of the widgets',
  });
  const widgets = makeSelect(
    'Widget',
    [
      ['', 'All widgets'],
      ...host.session.widgets.map((one) => [one.code, `${nameOf(one)} (${one.code})`] as const),
    ],
    (code) => {
      only = code;
      draw();
    },
  );
  const brief = make('input', {
    type: 'checkbox',
    change: () => {
      isBrief = brief.checked;
      draw();
    },
  });
  const summary = make('span', { class: 'muted' });
  const clear = makeButton('Clear', () => {
    attempt(async () => {
      await host.api.clearReport();
      entries = [];
      tell();
    });
  });

  function tell(): void {
    const errors = entries.filter(isError).length;
    const breaches = entries.filter(({ kind }) => kind === 'breach').length;
    const text = `${count(errors, 'error')}, ${count(breaches, 'breach', 'breaches')}`;
    summary.textContent = `${text}, ${count(entries.length, 'entry', 'entries')}`;
    if (errors > 0) onCount({ number: errors, text, kind: 'bad' });
    else onCount(breaches > 0 ? { number: breaches, text, kind: 'warn' } : null);
    draw();
  }
  function draw(): void {
    if (!visible) return;
    const shown = entries.filter(
      (entry) =>
        (only === '' || entry.widget === only) && (!isBrief || isError(entry) || entry.kind === 'breach'),
    );
    const groups = [...groupBy(shown, ({ widget }) => widget)];
    sections.replaceChildren(
      ...(groups.length > 0
        ? groups.map(([widget, of]) => reportSection(host, widget, of))
        : [
            make(
              'p',
              { class: 'empty' },
              isBrief ? 'No errors and no breaches.' : 'Nothing was reported yet.',
            ),
          ]),
    );
  }

  return {
    id: 'report',
    title: 'Report',
    content: make(
      'div',
      { class: 'tabpanel' },
      make(
        'div',
        { class: 'tools' },
        widgets.element,
        make('label', { class: 'row' }, brief, 'Only errors and breaches'),
        summary,
        make('span', { class: 'spring' }),
        clear,
      ),
      sections,
    ),
    shown(isVisible) {
      visible = isVisible;
      draw();
    },
    add(more) {
      entries.push(...more);
      tell();
    },
    async load() {
      const loaded = await host.api.report();
      const known = new Set(loaded.map((entry) => JSON.stringify(entry)));
      // What was heard meanwhile may be in the answer already.
      entries = [...loaded, ...entries.filter((entry) => !known.has(JSON.stringify(entry)))];
      tell();
    },
    pick(code) {
      only = code;
      widgets.set(code);
      draw();
    },
  };
}

export function isError(entry: ReportEntry): boolean {
  return entry.kind === 'dropped' || ('error' in entry && entry.error !== null);
}
