import { $ } from '../../jquery.js';
import { type Control, textOf } from './control.js';
import { additional, attributes, classes, flags, oneLine, style } from './twig.js';

/** `styled_input` says that the widget has a look of its own: the field goes without `text-input`. */
export const input: Control = {
  source: oneLine(`
    <input name="{{ name|escape }}"${attributes('data-id=data_id', 'data-sort=sort')}
      class="{% if styled_input %}js-control-own-look{% else %}text-input{% endif %}${classes('class_name')}{% if autosize_width %} js-control-autosize-width{% endif %}"
      ${attributes('id')} type="{{ type|default('text') }}" placeholder="{{ placeholder|escape }}" value="{{ value|escape }}"
      ${style}${attributes('maxlength=max_length')}${flags('disabled', 'readonly')}${additional} autocomplete="off"
      {% if autosize_width %} size="{{ size }}" data-min-size="{{ min_size|escape }}"{% endif %}>`),

  prepare: ({ value, min_size }) => ({ size: sizeOf(textOf(value), min_size) }),

  watch() {
    $(document).on('input.host', '.js-control-autosize-width', (event) => {
      const field = event.currentTarget as HTMLInputElement;
      field.size = sizeOf(field.value, field.dataset['minSize']);
    });
  },
};

/** In characters. */
function sizeOf(value: string, smallest: unknown): number {
  return Math.max(value.length, Number(smallest) || 0, 1);
}
