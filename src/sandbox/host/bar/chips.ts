import { make } from './make.js';
import type { Host } from '../host.js';
import type { ReportEntry, SessionWidget } from '../../wire.js';

export interface Chips {
  readonly element: HTMLElement;
  /** The page has changed: nothing is known of the widgets yet. */
  reset(): void;
  hear(entries: readonly ReportEntry[]): void;
}

/** What a widget is on the open page. */
type State = 'live' | 'failed' | 'dropped' | 'not here' | 'off';

/** One chip for each widget: its name, version and state. */
export function createChips(host: Host, onPick: (code: string) => void): Chips {
  const troubles = new Map<string, { readonly state: 'failed' | 'dropped'; readonly reason: string }>();
  let since = Date.now();
  const element = make('ul', { class: 'chips', 'aria-label': 'Widgets' });

  const stateOf = ({ code, is_active }: SessionWidget): { state: State; reason: string } => {
    const trouble = troubles.get(code);
    if (trouble !== undefined) return trouble;
    if (host.lifecycle.codes().includes(code)) return { state: 'live', reason: 'It runs on this page.' };
    return is_active
      ? { state: 'not here', reason: 'It has no part on this page.' }
      : { state: 'off', reason: 'It is not switched on in Settings.' };
  };
  const draw = (): void => {
    element.replaceChildren(
      ...host.session.widgets.map((widget) => {
        const { state, reason } = stateOf(widget);
        const chip = make(
          'button',
          {
            type: 'button',
            class: 'chip',
            'data-state': state,
            title: `${widget.code}, from ${widget.label}: ${reason}`,
            click: () => {
              onPick(widget.code);
            },
          },
          make('span', { class: 'title' }, nameOf(widget)),
          make('span', { class: 'mono muted' }, widget.version),
          make('span', { class: 'state' }, state),
        );
        return make('li', {}, chip);
      }),
    );
  };
  draw();

  return {
    element,
    reset() {
      since = Date.now();
      troubles.clear();
      draw();
    },
    hear(entries) {
      for (const entry of entries) {
        const { widget } = entry;
        if (widget === null || entry.at < since) continue;
        if (entry.kind === 'loaded') troubles.delete(widget);
        if (entry.kind === 'dropped') troubles.set(widget, { state: 'dropped', reason: entry.reason });
        else if ('error' in entry && entry.error !== null && troubles.get(widget)?.state !== 'dropped') {
          troubles.set(widget, { state: 'failed', reason: entry.error.message });
        }
      }
      draw();
    },
  };
}

export function nameOf({ words, label }: SessionWidget): string {
  const { widget } = (words ?? {}) as { widget?: { name?: unknown } | null };
  const name = widget?.name;
  return typeof name === 'string' && name !== '' ? name : label;
}
