import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';

export interface MenuChoice {
  readonly label: string;
  /** Heading that stands before it; choices of one group follow each other. */
  readonly group?: string;
  /** A CSS colour shown beside the label. */
  readonly color?: string;
  /** Whether it is the one that holds now; such menus let one of several be chosen. */
  readonly isChosen?: boolean;
  choose(): void;
}

/**
 * Opens a menu under the element that was clicked and puts the focus into it. It closes on a choice, on Escape
 * and when the focus leaves it.
 */
export function openMenu(anchor: HTMLElement, label: string, choices: readonly MenuChoice[]): void {
  $('.pop-menu').remove();
  const $menu = draw(menuHtml(label, choices)).appendTo('#page_holder');
  const $items = $menu.find('.pop-menu__item');
  const close = (): void => {
    $menu.remove();
    $(anchor).attr('aria-expanded', 'false');
  };
  place($menu, anchor);
  $(anchor).attr('aria-expanded', 'true');
  $menu.on('click', '.pop-menu__item', ({ currentTarget }) => {
    const choice = choices[$items.index(currentTarget as HTMLElement)];
    anchor.focus();
    close();
    choice?.choose();
  });
  $menu.on('keydown', (event) => {
    const at = $items.index(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: $items.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      $items.eq(next % $items.length).trigger('focus');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      anchor.focus();
      close();
    } else if (event.key === 'Tab') {
      close();
    }
  });
  $menu.on('focusout', (event) => {
    const goes = event.relatedTarget as Element | null;
    if (goes === null || !$.contains($menu[0] as Element, goes)) close();
  });
  const chosen = choices.findIndex(({ isChosen }) => isChosen === true);
  $items.eq(Math.max(chosen, 0)).trigger('focus');
}

function menuHtml(label: string, choices: readonly MenuChoice[]): string {
  const items = choices.map(({ label: text, group, color, isChosen }, index) => {
    const heading =
      group !== undefined && group !== choices[index - 1]?.group
        ? `<div class="pop-menu__group" role="presentation">${escapeHtml(group)}</div>`
        : '';
    const dot =
      color === undefined
        ? ''
        : `<span class="pop-menu__dot" style="background:${escapeHtml(color)}"></span>`;
    const role =
      isChosen === undefined ? 'role="menuitem"' : `role="menuitemradio" aria-checked="${String(isChosen)}"`;
    return `${heading}<button type="button" class="pop-menu__item" ${role} tabindex="-1">${dot}${escapeHtml(text)}</button>`;
  });
  return `<div class="pop-menu" role="menu" aria-label="${escapeHtml(label)}">${items.join('')}</div>`;
}

/** Below its anchor, or above it where there is no room. */
function place($menu: JQuery, anchor: HTMLElement): void {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  const height = $menu.outerHeight();
  const width = $menu.outerWidth();
  const below = bottom + 4 + height <= window.innerHeight || top < height;
  $menu.css({
    left: Math.max(8, Math.min(left, window.innerWidth - width - 8)),
    top: below ? bottom + 4 : top - height - 4,
  });
}
