import { draw, escapeHtml } from './dom.js';
import { $ } from './jquery.js';

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

/** Pixels between the menu and what it belongs to, and between the menu and the edges of the window. */
const gap = 4;

/**
 * Opens a menu below the element that was clicked, or above it where there is more room, and puts the focus into it;
 * a second call for the same element shuts it. Arrow keys, Home and End go through it; a choice, Escape and Tab bring
 * the focus back. A press elsewhere, another size of the window and another page shut it too.
 */
export function openMenu(anchor: HTMLElement, label: string, choices: readonly MenuChoice[]): void {
  const wasOpen = $(anchor).attr('aria-expanded') === 'true';
  $(document).trigger('menu:shut');
  if (wasOpen) return;

  const $menu = draw(menuHtml(label, choices)).appendTo(document.body);
  const $items = $menu.find('.popup-menu__item');
  place($menu, anchor.getBoundingClientRect());
  $(anchor).attr('aria-expanded', 'true');

  const shut = ({ focus = false } = {}): void => {
    stop.abort();
    $(document).off('.host-menu');
    if (focus) anchor.focus();
    $menu.remove();
    $(anchor).attr('aria-expanded', 'false');
  };
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      const isHere = target instanceof Node && ($menu[0]?.contains(target) || anchor.contains(target));
      if (!isHere) shut();
    },
    { capture: true, signal },
  );
  window.addEventListener(
    'resize',
    () => {
      shut();
    },
    { signal },
  );
  $(document).on('page:changed.host-menu menu:shut.host-menu', () => {
    shut();
  });

  $menu.on('click', '.popup-menu__item', ({ currentTarget }) => {
    const choice = choices[$items.index(currentTarget as HTMLElement)];
    shut({ focus: true });
    choice?.choose();
  });
  $menu.on('keydown', (event) => {
    const at = $items.index(document.activeElement ?? anchor);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      $items.eq(to % $items.length).trigger('focus');
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      shut({ focus: true });
    }
  });
  const chosen = choices.findIndex(({ isChosen }) => isChosen === true);
  $items.eq(Math.max(chosen, 0)).trigger('focus');
}

function menuHtml(label: string, choices: readonly MenuChoice[]): string {
  const items = choices.map((choice, index) => {
    const { group } = choice;
    const isNew = group !== undefined && group !== choices[index - 1]?.group;
    return `${isNew ? `<div class="popup-menu__group" role="presentation">${escapeHtml(group)}</div>` : ''}${choiceHtml(choice)}`;
  });
  return `<div class="popup-menu" role="menu" aria-label="${escapeHtml(label)}">${items.join('')}</div>`;
}

function choiceHtml({ label, color, isChosen }: MenuChoice): string {
  const role =
    isChosen === undefined ? 'role="menuitem"' : `role="menuitemradio" aria-checked="${String(isChosen)}"`;
  const dot =
    color === undefined
      ? ''
      : `<span class="popup-menu__dot" style="background:${escapeHtml(color)}"></span>`;
  return `<button type="button" class="popup-menu__item" ${role} tabindex="-1">${dot}${escapeHtml(label)}</button>`;
}

function place($menu: JQuery, { top, bottom, left }: DOMRect): void {
  const [width, height] = [$menu.outerWidth(), $menu.outerHeight()];
  const bar = parseInt(document.documentElement.style.getPropertyValue('--sandbox-bar-height'), 10) || 0;
  const room = window.innerHeight - bar;
  const isBelow = bottom + gap + height <= room || top < room - bottom;
  $menu.css({
    top: isBelow
      ? Math.max(gap, Math.min(bottom + gap, room - height - gap))
      : Math.max(gap, top - gap - height),
    left: Math.max(gap, Math.min(left, window.innerWidth - width - 20)),
  });
}
