import { $ } from '../../jquery.js';
import { attributeOf } from './attribute.js';
import { activate, activeItem, itemAfterKey, itemByLetter, tellChange } from './list-keys.js';
import { placeList } from './place.js';

const opened = 'control--select--list-opened';
const chosen = 'control--select--list--item-selected';

/** Opens, closes and answers the lists of `.control--select`, by mouse and by keyboard. */
export function watchSelects(): void {
  $(document)
    .on('click.host', '.control--select--button', (event) => {
      const $select = $(event.currentTarget).closest('.control--select');
      if ($select.find(`.${opened}`).length > 0) close($select);
      else open($select);
    })
    .on('click.host', '.control--select--list--item', (event) => {
      choose($(event.currentTarget));
    })
    .on('mousemove.host', '.control--select--list--item', (event) => {
      const $item = $(event.currentTarget);
      if (!$item.hasClass(activeItem)) activate($item.parent(), $item);
    })
    .on('mousedown.host', (event) => {
      const $others = $(`.${opened}`).closest('.control--select');
      close($others.not($(event.target).closest('.control--select')));
    })
    .on('focusout.host', `.${opened}`, (event) => {
      const next = (event as { relatedTarget?: Element | null }).relatedTarget;
      const $select = $(event.currentTarget).closest('.control--select');
      if (next !== null && next !== undefined && $(next).closest($select).length === 0) close($select);
    })
    .on('keydown.host', '.control--select--button', (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      open($(event.currentTarget).closest('.control--select'));
    })
    .on('keydown.host', `.${opened}`, key)
    // A widget that sets the value itself lets the control follow.
    .on('controls:change.host controls:change:visual.host', '.control--select--input', (event) => {
      show($(event.currentTarget).closest('.control--select'));
    });
}

function key(event: JQueryEventObject): void {
  const $list = $(event.currentTarget);
  const $select = $list.closest('.control--select');
  const $items = $list.children('[data-value]').not('[data-disabled]');
  const $next = itemAfterKey($items, event.key);
  if ($next !== undefined) activate($list, $next);
  else if (event.key === 'Escape') close($select, true);
  else if (event.key === 'Enter' || event.key === ' ') choose($items.filter(`.${activeItem}`));
  else if (event.key === 'Tab') {
    close($select, true);
    return;
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    const $found = itemByLetter($items, event.key);
    if ($found.length > 0) activate($list, $found);
  } else return;
  event.preventDefault();
}

function open($select: JQuery): void {
  const $list = $select.children('.control--select--list').addClass(opened);
  $select.children('.control--select--button').attr('aria-expanded', 'true');
  placeList($select, $list);
  $list.trigger('focus');
  const $chosen = $list.children(`.${chosen}`);
  activate(
    $list,
    $chosen.length > 0 ? $chosen : $list.children('[data-value]').not('[data-disabled]').first(),
  );
}

function close($select: JQuery, focusButton = false): void {
  $select.children('.control--select--list').removeClass(opened).children().removeClass(activeItem);
  const $button = $select.children('.control--select--button').attr('aria-expanded', 'false');
  if (focusButton) $button.trigger('focus');
}

function choose($item: JQuery): void {
  if ($item.length === 0 || $item.is('[data-disabled]')) return;
  const $select = $item.closest('.control--select');
  const $input = $select.children('.control--select--input');
  const before = String($input.val());
  const value = attributeOf($item, 'data-value');
  close($select, true);
  if (before === value) return;
  $input.attr('data-prev-value', before).val(value);
  show($select);
  tellChange($input);
}

/** Shows the item whose value the hidden input has. */
function show($select: JQuery): void {
  const value = String($select.children('.control--select--input').val());
  const $items = $select.find('.control--select--list--item');
  const $item = $items.filter((_index, item) => item.getAttribute('data-value') === value).first();
  if ($item.length === 0) return;
  $items.removeClass(chosen).attr('aria-selected', 'false');
  $item.addClass(chosen).attr('aria-selected', 'true');
  const colour = attributeOf($item, 'data-bg-color');
  $select
    .children('.control--select--button')
    .attr('data-value', value)
    .toggleClass('control--select--button-colored', colour !== '')
    .css('background', colour)
    .children('.control--select--button-inner')
    .html($item.children('.control--select--list--item-inner').html());
}
