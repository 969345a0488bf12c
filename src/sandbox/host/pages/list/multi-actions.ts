import { draw, escapeHtml } from '../../dom.js';
import { textOf } from '../../words/look-up.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { SessionWidget } from '../../../wire.js';
import { isListedIn, type ListKind } from './kinds.js';
import type { Marks } from './marks.js';
import type { ListWord } from './words.js';

export interface MultiActions {
  readonly $bar: JQuery;
  /** Shows how many rows are marked, and the widgets that can do something with them. */
  update(): void;
}

export interface MultiActionOptions {
  readonly kind: ListKind;
  readonly marks: Marks;
  readonly unmark: () => void;
  /** The callback of this widget has run. */
  readonly chosen: (code: string) => void;
}

/**
 * The bar over a list while rows are marked: each widget of the list's location that has the callback stands there
 * by its name, and a click calls it (`platform/widget.md §4.1`). What is marked it asks with `list_selected()`.
 */
export function createMultiActions(
  host: Host,
  t: Translate<ListWord>,
  { kind, marks, unmark, chosen }: MultiActionOptions,
): MultiActions {
  const $bar =
    draw(`<div class="list-actions h-hidden" role="toolbar" aria-label="${escapeHtml(t('actions'))}">
    <span class="list-actions__count" aria-live="polite"></span><span class="list-actions__widgets"></span>
    <button type="button" class="button-cancel list-actions__clear">${escapeHtml(t('unmark'))}</button></div>`);
  const $widgets = $bar.find('.list-actions__widgets');
  $bar.on('click', '.list-actions__widget', ({ currentTarget }) => {
    const { code = '' } = (currentTarget as HTMLElement).dataset;
    host.lifecycle.callIn(code, kind.callback, 'selected');
    chosen(code);
  });
  $bar.on('click', '.list-actions__clear', unmark);

  return {
    $bar,
    update() {
      const { length } = marks.rows;
      $bar.toggleClass('h-hidden', length === 0);
      $bar.find('.list-actions__count').text(t('marked', { number: length }));
      const offered = host.session.widgets.filter((widget) => isOffered(host, kind, widget));
      const codes = offered.map(({ code }) => code).join(' ');
      // Drawn again only when it has changed: the focus may be in it.
      if ($widgets.attr('data-codes') === codes) return;
      $widgets
        .attr('data-codes', codes)
        .empty()
        .append(offered.length === 0 ? '' : draw(offered.map(buttonHtml).join('')));
    },
  };
}

function isOffered({ app, lifecycle }: Host, kind: ListKind, widget: SessionWidget): boolean {
  if (!isListedIn(widget, kind.location) || !lifecycle.codes().includes(widget.code)) return false;
  const { callbacks } = (app.widgets.list[widget.code] ?? {}) as {
    callbacks?: Readonly<Record<string, { selected?: unknown } | undefined>>;
  };
  return typeof callbacks?.[kind.callback]?.selected === 'function';
}

function buttonHtml({ code, words, files, path, version }: SessionWidget): string {
  const logo = files.includes('images/logo_min.png')
    ? `<img src="${escapeHtml(`${path}/images/logo_min.png?v=${version}`)}" alt="">`
    : '';
  return `<button type="button" class="list-actions__widget" data-code="${escapeHtml(code)}">${logo}<span>${escapeHtml(
    textOf(words, 'widget.name'),
  )}</span></button>`;
}
