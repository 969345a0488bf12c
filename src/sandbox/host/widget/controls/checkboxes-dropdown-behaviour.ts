import { escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { attributeOf } from './attribute.js';
import { placeList } from './place.js';
import { titlesOf } from './checkboxes-dropdown.js';

const opened = 'expanded';

/** Opens and closes lists of checkboxes, keeps the master in step, and writes the title. */
export function watchCheckboxesDropdowns(): void {
  $(document)
    .on('click.host', '.checkboxes_dropdown__title_wrapper', (event) => {
      toggle($(event.currentTarget).closest('.checkboxes_dropdown'));
    })
    .on('keydown.host', '.checkboxes_dropdown', (event) => {
      const $dropdown = $(event.currentTarget);
      const onTitle = $(event.target).is('.checkboxes_dropdown__title_wrapper');
      if (event.key === 'Escape' && $dropdown.hasClass(opened)) {
        close($dropdown);
        $dropdown.find('.checkboxes_dropdown__title_wrapper').trigger('focus');
      } else if (onTitle && /^(Enter| |ArrowDown)$/.test(event.key)) toggle($dropdown);
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const $boxes = $dropdown.find('.checkboxes_dropdown__list input:enabled');
        const at = $boxes.index(document.activeElement as Element);
        $boxes.eq(Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))).trigger('focus');
      } else return;
      event.preventDefault();
    })
    .on('mousedown.host', (event) => {
      close($(`.checkboxes_dropdown.${opened}`).not($(event.target).closest('.checkboxes_dropdown')));
    })
    .on('change.host', '.checkboxes_dropdown .js-master-checkbox', (event) => {
      const { checked } = event.target as HTMLInputElement;
      const $dropdown = $(event.target).closest('.checkboxes_dropdown');
      $dropdown
        .find('.js-item-checkbox:enabled')
        .filter((_index, box) => (box as HTMLInputElement).checked !== checked)
        .prop('checked', checked)
        .trigger('change');
      follow($dropdown);
    })
    .on('change.host', '.checkboxes_dropdown .js-item-checkbox', (event) => {
      const $dropdown = $(event.target).closest('.checkboxes_dropdown');
      follow($dropdown);
      $dropdown.trigger('controls:change');
    });
}

function toggle($dropdown: JQuery): void {
  if ($dropdown.hasClass('checkboxes_dropdown_disabled')) return;
  if ($dropdown.hasClass(opened)) {
    close($dropdown);
    return;
  }
  $dropdown.addClass(opened).find('.checkboxes_dropdown__title_wrapper').attr('aria-expanded', 'true');
  placeList($dropdown, $dropdown.children('.checkboxes_dropdown__list'));
  $dropdown.find('.checkboxes_dropdown__list input:enabled').first().trigger('focus');
}

function close($dropdown: JQuery): void {
  $dropdown.removeClass(opened).find('.checkboxes_dropdown__title_wrapper').attr('aria-expanded', 'false');
}

/** Master and title say what the items are. */
function follow($dropdown: JQuery): void {
  const $items = $dropdown.find('.js-item-checkbox');
  const $checked = $items.filter(':checked');
  const $master = $dropdown.find('.js-master-checkbox');
  const all = $items.length > 0 && $checked.length === $items.length;
  $master.prop('checked', all).closest('.control-checkbox').toggleClass('is-checked', all);
  $master
    .siblings('.control-checkbox__helper')
    .toggleClass('control-checkbox__helper_minus', $checked.length > 0 && !all);

  const $title = $dropdown.find('.checkboxes_dropdown__title');
  const names = $checked
    .toArray()
    .map((box) => $(box).closest('.control-checkbox').find('.control-checkbox__text').text().trim());
  const before = attributeOf($title, 'data-title-before');
  const titles = titlesOf(names, {
    empty: attributeOf($title, 'data-title-empty'),
    numeral: attributeOf($title, 'data-numeral'),
  });
  $title.html(
    titles
      .map((title, index) => {
        const label = index === 0 && before !== '' ? ` data-title-before="${escapeHtml(before)}"` : '';
        return `<span class="checkboxes_dropdown__title-item"${label}>${escapeHtml(title)}</span>`;
      })
      .join(''),
  );
}
