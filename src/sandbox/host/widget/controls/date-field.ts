import { type Control, textOf } from './control.js';
import { dayText, usualFormat } from './date-format.js';
import { watchDateFields } from './date-field-behaviour.js';
import { attributes, classes, flags, oneLine } from './twig.js';

/**
 * The visible field shows the date in `title_format`. A range has its ends in two hidden fields, in `data_format`
 * where there is one; a single date has no hidden field, and its name is that of the visible one.
 */
export const dateField: Control = {
  source: oneLine(`
    <span class="date_field_wrapper js-control-date${classes('class_name')}">
      {% if is_range %}<input type="hidden" class="date_field__range_0" name="{{ from_name|escape }}" value="{{ from|escape }}"><input type="hidden" class="date_field__range_1" name="{{ to_name|escape }}" value="{{ to|escape }}">{% endif %}
      <input class="date_field text-input${classes('input_class')}{% if shown is empty %} empty{% endif %}{% if is_range %} range{% endif %}"${attributes('id')} type="text" autocomplete="off"
        {% if not is_range %} maxlength="10" name="{{ name|escape }}"{% endif %}${attributes('data-title-format=title_format', 'data-format=data_format')}
        value="{{ shown|escape }}" placeholder="{{ placeholder|escape }}"${flags('disabled')}>
      {% if show_icon %}<span class="date_field-js tasks-date__caption__icon" aria-hidden="true"></span>{% endif %}
      <button type="button" class="date_field_wrapper--calendar" aria-label="{{ open_label|escape }}" aria-haspopup="dialog"${flags('disabled')}></button>
    </span>`),

  prepare({ type, name, value, title_format }, t) {
    const format = textOf(title_format) === '' ? usualFormat : textOf(title_format);
    const isRange = type === 'range';
    const ends = isRange ? endsOf(value) : [value];
    const texts = ends.map((end) => dayText(end, format)).filter((text) => text !== '');
    const names = (typeof name === 'object' && name !== null ? name : {}) as Record<string, unknown>;
    return {
      is_range: isRange,
      shown: texts.join(' – '),
      name: textOf(name),
      from_name: textOf(names['from']),
      to_name: textOf(names['to']),
      from: texts[0] ?? '',
      to: texts[1] ?? '',
      open_label: t('open_calendar'),
    };
  },

  watch: watchDateFields,
};

/** The ends of a range, whose form is not documented: a list, `{ from, to }`, or a text with a dash. */
function endsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return value.split(/\s+[-–—]\s+/);
  if (typeof value !== 'object' || value === null) return [];
  const { from, to } = value as { from?: unknown; to?: unknown };
  return [from, to];
}
