import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { controlLanguage } from './language.js';
import { opensAbove } from './place.js';

export interface CalendarOptions {
  /** Under it the calendar opens. */
  readonly $field: JQuery;
  /** Whether the calendar takes the focus. */
  readonly focus: boolean;
  /** What is chosen already. */
  readonly days: readonly Date[];
  readonly isRange: boolean;
  choose(days: readonly Date[]): void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Closes the open calendar; whether there was one. */
export function closeCalendar(): boolean {
  const $open = $('.host-calendar');
  $(document).off('.host-calendar');
  $open.remove();
  return $open.length > 0;
}

/** Opens a month under a field; arrows, Page Up and Page Down, Enter and Escape work. One is open at a time. */
export function openCalendar(options: CalendarOptions): void {
  closeCalendar();
  const { $field, days } = options;
  let cursor = days[0] ?? new Date();
  let chosen = [...days];
  const $calendar = draw(
    `<div class="host-calendar" role="dialog" aria-label="${escapeHtml(controlLanguage()('calendar'))}"></div>`,
  );
  const $window = $field.closest('.modal');
  $calendar.appendTo($window.length > 0 ? $window : document.body);
  const show = (focus: boolean): void => {
    $calendar.html(monthHtml(cursor, chosen));
    if (focus) $calendar.find('[tabindex=0]').trigger('focus');
  };
  const leave = (): void => {
    closeCalendar();
    $field.trigger('focus');
  };
  const take = (day: Date): void => {
    cursor = day;
    chosen = options.isRange && chosen.length === 1 ? [...chosen, day] : [day];
    chosen.sort((a, b) => a.getTime() - b.getTime());
    if (options.isRange && chosen.length < 2) {
      show(true);
      return;
    }
    closeCalendar();
    options.choose(chosen);
  };
  // Choosing a range begins anew.
  if (options.isRange) chosen = [];

  $calendar
    .on('click', '[data-day]', (event) => {
      take(new Date(`${$(event.currentTarget).attr('data-day')}T00:00`));
    })
    .on('click', '[data-month]', (event) => {
      cursor = monthAway(cursor, Number($(event.currentTarget).attr('data-month')));
      show(true);
    })
    .on('keydown', (event) => {
      const step = steps[event.key];
      if (step !== undefined)
        cursor = new Date(cursor.getFullYear(), cursor.getMonth(), cursor.getDate() + step);
      else if (event.key === 'PageUp') cursor = monthAway(cursor, -1);
      else if (event.key === 'PageDown') cursor = monthAway(cursor, 1);
      else if (event.key === 'Escape') {
        event.preventDefault();
        leave();
        return;
      } else if (event.key === 'Tab') {
        leave();
        return;
      } else return;
      event.preventDefault();
      show(true);
    });
  $(document).on('mousedown.host-calendar', (event) => {
    const $target = $(event.target);
    if ($target.closest('.host-calendar').length === 0 && $target.closest($field.parent()).length === 0)
      closeCalendar();
  });
  show(false);
  const place = $field[0]?.getBoundingClientRect();
  if (place !== undefined) {
    const height = $calendar.outerHeight();
    const top = opensAbove(place, height) ? place.top - height - 4 : place.bottom + 4;
    $calendar.css({ left: place.left, top });
  }
  if (options.focus) show(true);
}

function monthHtml(cursor: Date, chosen: readonly Date[]): string {
  const t = controlLanguage();
  const language = document.documentElement.lang || 'en';
  const [year, month] = [cursor.getFullYear(), cursor.getMonth()];
  const title = cursor.toLocaleDateString(language, { month: 'long', year: 'numeric' });
  // Weeks begin on Monday.
  const before = (new Date(year, month, 1).getDay() + 6) % 7;
  const cells = Array.from({ length: 42 }, (_none, index) => new Date(year, month, 1 - before + index));
  const names = cells.slice(0, 7).map((day) => day.toLocaleDateString(language, { weekday: 'short' }));
  const [first, last] = [chosen[0], chosen.at(-1)];
  const dayHtml = (day: Date): string => {
    const isChosen =
      first !== undefined && last !== undefined && day >= startOf(first) && day <= startOf(last);
    const classes = [
      'host-calendar__day',
      day.getMonth() === month ? '' : 'host-calendar__day_other',
      isChosen ? 'host-calendar__day_chosen' : '',
      keyOf(day) === keyOf(new Date()) ? 'host-calendar__day_today' : '',
    ].filter((name) => name !== '');
    return `<button type="button" class="${classes.join(' ')}" data-day="${keyOf(day)}" tabindex="${keyOf(day) === keyOf(cursor) ? 0 : -1}"
      aria-pressed="${String(isChosen)}" aria-label="${escapeHtml(day.toLocaleDateString(language, { dateStyle: 'long' }))}">${day.getDate()}</button>`;
  };
  return `<div class="host-calendar__head">
      <button type="button" class="host-calendar__step" data-month="-1" aria-label="${escapeHtml(t('previous_month'))}">‹</button>
      <span class="host-calendar__title" aria-live="polite">${escapeHtml(title)}</span>
      <button type="button" class="host-calendar__step" data-month="1" aria-label="${escapeHtml(t('next_month'))}">›</button></div>
    <div class="host-calendar__days">${names.map((name) => `<span class="host-calendar__name" aria-hidden="true">${escapeHtml(name)}</span>`).join('')}
      ${cells.map(dayHtml).join('')}</div>`;
}

/** The same day of another month, or its last day. */
function monthAway(day: Date, months: number): Date {
  const length = new Date(day.getFullYear(), day.getMonth() + months + 1, 0).getDate();
  return new Date(day.getFullYear(), day.getMonth() + months, Math.min(day.getDate(), length));
}

const startOf = (day: Date): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate());

const keyOf = (day: Date): string =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
