import { announce } from '../../announce.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { SessionWidget } from '../../../wire.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import { textOf } from '../../words/look-up.js';
import type { CardKey } from './words.js';

export interface Panel {
  readonly $panel: JQuery;
  readonly isOpen: boolean;
  /** Codes of the widgets whose boxes are unfolded. */
  readonly unfolded: readonly string[];
  open(isOpen: boolean): void;
  unfold(code: string): void;
  close(): void;
}

/**
 * The right-hand panel of `platform/widget.md §3.3` and `§12`: folded to a bar with a slot for each widget whose
 * location has the suffix -1, or none (`§1.3`); open it shows the boxes of `render_template`, whose captions fold and
 * unfold them. `toggleWidgetPanel` on the document is told on every change and, from somebody else, changes it:
 * which of both the platform does is not documented. What the class `js-body-hide` of a box says is not either
 * (`§12` and the markup of `§3.3` can be read both ways): it stays as it was drawn.
 */
export function createPanel(host: Host, t: Translate<CardKey>, location: string): Panel {
  const slots = host.session.widgets.filter((widget) => hasSlot(widget, location));
  const $panel =
    draw(`<aside id="widgets_block" class="card-widgets js-widgets-block" aria-label="${escapeHtml(t('widgets'))}">
    <button type="button" class="card-widgets__toggle" aria-expanded="false" aria-controls="nano-card-widgets"
      aria-label="${escapeHtml(t('widgets'))}"><span aria-hidden="true">‹</span></button>
    <ul class="card-widgets__slots">${slots.map(slotHtml).join('')}</ul>
    <div id="nano-card-widgets" class="nano"><div class="card-widgets__elements nano-content"></div>
      <p class="card-widgets__none">${escapeHtml(t('noWidgets'))}</p></div></aside>`);
  const $elements = $panel.find('.card-widgets__elements');
  let isOpen = false;
  let isTelling = false;

  const open = (next: boolean): void => {
    if (next === isOpen) return;
    isOpen = next;
    $panel.toggleClass('js-widgets-active card-widgets_opened', isOpen);
    $panel.find('.card-widgets__toggle').attr('aria-expanded', String(isOpen));
    isTelling = true;
    announce($(document), 'toggleWidgetPanel', [isOpen]);
    isTelling = false;
  };
  const boxOf = (code: string): JQuery => $elements.find(`.card-widgets__widget-${code}`);
  const fold = ($box: JQuery, isUnfolded: boolean): void => {
    $box.toggleClass('card-widgets__widget_unfolded', isUnfolded);
    $box.find('.js-widget-caption-block').attr('aria-expanded', String(isUnfolded));
    isTelling = true;
    announce($(document), 'widgets_body:change_state', [isUnfolded]);
    isTelling = false;
  };
  const unfold = (code: string): void => {
    if (boxOf(code).length > 0) fold(boxOf(code), true);
  };

  $panel.on('click', '.card-widgets__toggle', () => {
    open(!isOpen);
  });
  $panel.on('click', '.card-widgets__slot', ({ currentTarget }) => {
    open(true);
    unfold($(currentTarget).attr('data-code'));
  });
  $panel.on('click keydown', '.js-widget-caption-block', (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    if (event.type === 'keydown') event.preventDefault();
    const $box = $(event.currentTarget).closest('.card-widgets__widget');
    fold($box, !$box.hasClass('card-widgets__widget_unfolded'));
  });
  $(document).on('toggleWidgetPanel.host-card', () => {
    if (!isTelling) open(!isOpen);
  });

  return {
    $panel,
    get isOpen() {
      return isOpen;
    },
    get unfolded() {
      const boxes = $elements.find('.card-widgets__widget_unfolded').toArray() as HTMLElement[];
      return boxes.flatMap((box) => box.dataset['code'] ?? []);
    },
    open,
    unfold,
    close() {
      $(document).off('.host-card');
    },
  };
}

function hasSlot({ manifest, is_active }: SessionWidget, location: string): boolean {
  const { locations } = manifest;
  return (
    is_active &&
    Array.isArray(locations) &&
    (locations.includes(`${location}-1`) || locations.includes(location))
  );
}

function slotHtml(widget: SessionWidget): string {
  const name = escapeHtml(textOf(widget.words, 'widget.name'));
  const picture = ['images/logo_min.png', 'images/logo_small.png'].find((file) =>
    widget.files.includes(file),
  );
  const logo =
    picture === undefined
      ? `<span class="card-widgets__letter" aria-hidden="true">${name.slice(0, 1)}</span>`
      : `<img src="${escapeHtml(`${widget.path}/${picture}?v=${widget.version}`)}" alt="">`;
  return `<li><button type="button" class="card-widgets__slot" data-code="${escapeHtml(widget.code)}" title="${name}"
    aria-label="${name}">${logo}</button></li>`;
}
