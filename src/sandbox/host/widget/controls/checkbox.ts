import { $ } from '../../jquery.js';
import type { Control } from './control.js';
import { additional, attributes, classes, oneLine } from './twig.js';

export const checkbox: Control = {
  source: oneLine(`
    <label class="control-checkbox${classes('class_name')}{% if small %} control-checkbox_small{% endif %}{% if checked %} is-checked{% endif %}{% if disabled %} control-checkbox_disabled{% endif %}">
      <div class="control-checkbox__body">
        <input type="checkbox" class="{{ input_class_name }}" name="{{ name|escape }}{% if name_is_array == 'yes' %}[]{% endif %}"${attributes('id')}
          {% if checked %} checked="checked"{% endif %}{% if disabled %} disabled="disabled"{% endif %} value="{{ value|escape }}"
          ${attributes('data-field-id=fieldId', 'data-value=data_value')}${additional}>
        <span class="control-checkbox__helper{% if checked_minus %} control-checkbox__helper_minus{% endif %}"></span>
      </div>
      {% if has_text %}<div class="control-checkbox__text element__text${classes('text_class_name')}" title="{{ title|escape }}">
        {% if text %}{% if note_text %}<span class="control-checkbox__main-text">{{ text }}</span> {% else %}{{ text }}{% endif %}{% endif %}
        {% if note_text %}<span class="control-checkbox__note-text">{{ note_text }}</span>{% endif %}
      </div>{% endif %}
    </label>`),

  prepare: ({ text, note_text, value, dataValue }) => ({
    has_text: [text, note_text].some((part) => part !== undefined && part !== null && part !== ''),
    title: text ?? note_text,
    data_value: dataValue ?? value,
  }),

  /** The look follows the state, however it was changed, as long as `change` tells of it. */
  watch() {
    $(document).on('change.host', '.control-checkbox input[type=checkbox]', (event) => {
      const box = event.target as HTMLInputElement;
      const $label = $(box).closest('.control-checkbox').toggleClass('is-checked', box.checked);
      if (!$(box).is('.js-master-checkbox')) {
        $label.find('.control-checkbox__helper').removeClass('control-checkbox__helper_minus');
      }
    });
  },
};
