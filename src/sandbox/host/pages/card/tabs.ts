import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';

export interface Tabs {
  readonly $list: JQuery;
  readonly $panes: JQuery;
  readonly current: string;
  /** `onShow` is called each time the tab opens. */
  add(id: string, title: string, $pane: JQuery, onShow?: () => void): void;
  /** Opens a tab; nothing happens when there is none of this id. */
  open(id: string): void;
}

/** Tabs of a card, with arrow keys as the pattern for tabs has it. */
export function createTabs(label: string): Tabs {
  const $list = draw(`<div class="card-tabs" role="tablist" aria-label="${escapeHtml(label)}"></div>`);
  const $panes = draw('<div class="card-tabs__panes"></div>');
  const shown = new Map<string, () => void>();
  let current = '';
  const open = (id: string): void => {
    if (!shown.has(id)) return;
    current = id;
    for (const tab of $list.children().toArray() as HTMLElement[]) {
      const isOpen = tab.dataset['id'] === id;
      $(tab).attr({ 'aria-selected': String(isOpen), tabindex: isOpen ? '0' : '-1' });
    }
    for (const pane of $panes.children().toArray() as HTMLElement[])
      $(pane).toggleClass('h-hidden', pane.dataset['id'] !== id);
    shown.get(id)?.();
  };
  $list.on('click', '[role=tab]', ({ currentTarget }) => {
    open((currentTarget as HTMLElement).dataset['id'] ?? '');
  });
  $list.on('keydown', '[role=tab]', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const $tabs = $list.children();
    const next = $tabs.eq(($tabs.index(event.currentTarget) + step) % $tabs.length);
    open(next.attr('data-id'));
    next.trigger('focus');
  });
  return {
    $list,
    $panes,
    get current() {
      return current;
    },
    add(id, title, $pane, onShow = () => undefined) {
      const key = escapeHtml(id);
      shown.set(id, onShow);
      $list.append(
        draw(`<button type="button" class="card-tabs__item" role="tab" id="card_tab_${key}" data-id="${key}"
          aria-controls="card_pane_${key}" aria-selected="false" tabindex="-1">${escapeHtml(title)}</button>`),
      );
      draw(`<div class="card-tabs__pane h-hidden" role="tabpanel" id="card_pane_${key}" data-id="${key}"
        aria-labelledby="card_tab_${key}"></div>`)
        .append($pane)
        .appendTo($panes);
    },
    open,
  };
}
