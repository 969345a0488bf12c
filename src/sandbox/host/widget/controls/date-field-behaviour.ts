import { $ } from '../../jquery.js';
import { attributeOf } from './attribute.js';
import { closeCalendar, openCalendar } from './calendar.js';
import { formatDay, parseDay, usualFormat } from './date-format.js';
import { tellChange } from './list-keys.js';

/** Opens the calendar of date fields and takes dates that are typed. */
export function watchDateFields(): void {
  $(document)
    .on('click.host', '.date_field_wrapper .date_field, .date_field_wrapper--calendar', (event) => {
      open($(event.currentTarget).closest('.date_field_wrapper'), $(event.currentTarget).is('button'));
    })
    .on('keydown.host', '.date_field_wrapper .date_field', (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        open($(event.currentTarget).closest('.date_field_wrapper'), true);
      }
      if (event.key === 'Escape' && closeCalendar()) event.preventDefault();
    })
    .on('change.host', '.date_field_wrapper .date_field', (event, byCalendar) => {
      if (byCalendar !== 'calendar') takeTyped($(event.currentTarget));
    })
    .on('page:changed.host', () => {
      closeCalendar();
    });
}

function open($wrapper: JQuery, focus: boolean): void {
  const $field = $wrapper.find('.date_field');
  if ($field.is(':disabled')) return;
  openCalendar({
    $field,
    focus,
    days: daysOf($field),
    isRange: $field.hasClass('range'),
    choose(days) {
      write($field, days);
      $field.trigger('change', ['calendar']).trigger('controls:change');
      $field.trigger('focus');
    },
  });
}

/** Hidden ends of a range follow the text; a text that is no date stays, marked. */
function takeTyped($field: JQuery): void {
  const text = String($field.val()).trim();
  const days = daysOf($field);
  const wanted = text === '' ? 0 : $field.hasClass('range') ? 2 : 1;
  $field.attr('aria-invalid', String(days.length !== wanted));
  if (days.length === wanted) write($field, days);
  $field.trigger('controls:change');
}

function write($field: JQuery, days: readonly Date[]): void {
  const format = formatOf($field);
  const stored = attributeOf($field, 'data-format') || format;
  $field
    .val(days.map((day) => formatDay(day, format)).join(' – '))
    .toggleClass('empty', days.length === 0)
    .attr('aria-invalid', 'false');
  for (const end of [0, 1]) {
    const day = days[end];
    const $end = $field
      .siblings(`.date_field__range_${end}`)
      .val(day === undefined ? '' : formatDay(day, stored));
    if ($end.length > 0) tellChange($end);
  }
}

const formatOf = ($field: JQuery): string => attributeOf($field, 'data-title-format') || usualFormat;

function daysOf($field: JQuery): readonly Date[] {
  const format = formatOf($field);
  return String($field.val())
    .split(/\s+[-–—]\s+/)
    .flatMap((text) => parseDay(text, format) ?? []);
}
