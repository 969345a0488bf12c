import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';

export interface MenuChoice {
  readonly text: string;
  readonly isCurrent?: boolean;
  choose(): void;
}

/** Pixels between button and menu. */
const gap = 4;

/**
 * Opens a menu below the button, or above it where there is more room; a second call for the same button shuts it.
 * Arrow keys, Home and End go through it; Escape, Tab, a press elsewhere and another page shut it.
 */
export function openMenu($button: JQuery, label: string, choices: readonly MenuChoice[]): void {
  const button = $button.get(0);
  const wasOpen = $button.attr('aria-expanded') === 'true';
  $(document).trigger('menu:shut');
  if (wasOpen) return;

  const $menu = draw(
    `<div class="popup-menu" role="menu" aria-label="${escapeHtml(label)}">${choices.map(choiceHtml).join('')}</div>`,
  ).appendTo(document.body);
  place($menu, button.getBoundingClientRect());
  $button.attr('aria-expanded', 'true');

  const shut = ({ focus = false } = {}): void => {
    stop.abort();
    $(document).off('.host-menu');
    $menu.remove();
    $button.attr('aria-expanded', 'false');
    if (focus) $button.trigger('focus');
  };
  const stop = new AbortController();
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      const isHere = target instanceof Node && ($menu.get(0).contains(target) || button.contains(target));
      if (!isHere) shut();
    },
    { capture: true, signal: stop.signal },
  );
  $(document).on('page:changed.host-menu menu:shut.host-menu', () => {
    shut();
  });

  const $items = $menu.children();
  $menu.on('click', '.popup-menu__item', ({ currentTarget }) => {
    const choice = choices[$items.index(currentTarget)];
    shut({ focus: true });
    choice?.choose();
  });
  $menu.on('keydown', (event) => {
    const at = $items.index(document.activeElement ?? button);
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
  $items.first().trigger('focus');
}

function choiceHtml({ text, isCurrent = false }: MenuChoice): string {
  return `<button type="button" class="popup-menu__item${isCurrent ? ' popup-menu__item_current' : ''}" role="menuitem"
    tabindex="-1"${isCurrent ? ' aria-current="true"' : ''}>${escapeHtml(text)}</button>`;
}

function place($menu: JQuery, { top, bottom, left }: DOMRect): void {
  const [width, height] = [$menu.outerWidth(), $menu.outerHeight()];
  const isBelow = bottom + gap + height < window.innerHeight || top < height;
  $menu.css({
    top: isBelow ? bottom + gap : top - gap - height,
    left: Math.max(gap, Math.min(left, window.innerWidth - width - 20)),
  });
}
