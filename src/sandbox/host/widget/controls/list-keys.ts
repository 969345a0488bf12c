import { $ } from '../../jquery.js';

/** Class of the item that the keyboard is at. */
export const activeItem = 'is-active';

/** Marks an item, shows it, and tells people who do not see it. */
export function activate($owner: JQuery, $item: JQuery): void {
  const item = $item.get(0) as HTMLElement | undefined;
  $item.siblings().removeClass(activeItem);
  if (item === undefined) {
    $owner.removeAttr('aria-activedescendant');
    return;
  }
  if (item.id === '') item.id = `option-${crypto.randomUUID().slice(0, 8)}`;
  $item.addClass(activeItem);
  $owner.attr('aria-activedescendant', item.id);
  item.scrollIntoView({ block: 'nearest' });
}

/** The item that an arrow, Home or End leads to; undefined for other keys. */
export function itemAfterKey($items: JQuery, key: string): JQuery | undefined {
  const at = $items.index($items.filter(`.${activeItem}`));
  switch (key) {
    case 'ArrowDown':
      return $items.eq(Math.min(at + 1, $items.length - 1));
    case 'ArrowUp':
      return $items.eq(Math.max(at - 1, 0));
    case 'Home':
      return $items.first();
    case 'End':
      return $items.last();
    default:
      return undefined;
  }
}

/** The next item whose text begins with this letter. */
export function itemByLetter($items: JQuery, letter: string): JQuery {
  const begins = (item: Element): boolean =>
    $(item).text().trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
  const at = $items.index($items.filter(`.${activeItem}`));
  const found = $items.toArray();
  const next = [...found.slice(at + 1), ...found.slice(0, at + 1)].find(begins);
  return next === undefined ? $() : $(next);
}

/** Tells that a control has a new value, as the platform does: `change` and `controls:change`. */
export function tellChange($input: JQuery): void {
  $input.trigger('change').trigger('controls:change');
}
