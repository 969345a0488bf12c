import type { Control } from './control.js';
import { additional, attributes, classes, flags, oneLine } from './twig.js';

/** `prefix` replaces the id, to which the label belongs. `selected` is read as a flag. */
export const radio: Control = {
  source: oneLine(`
    <label${attributes('for=input_id')} class="control-radio__label${classes('class_name')}{% if disabled %} control-radio__label_disabled{% endif %}"
      {% if not noTitle %}${attributes('title=label')}{% endif %}${additional}>
      <div class="control-radio">
        <input type="radio" name="{{ name|escape }}"${attributes('id=input_id')} value="{{ value|escape }}"
          {% if selected %} checked="checked"{% endif %}${flags('disabled')}
          ${attributes('data-field-id=fieldId', 'data-value=data_value', 'data-color=color')}>
        <div class="control-radio__helper{% if disabled %} control-radio__helper-disabled{% endif %}"></div>
      </div>
      <span class="control-radio-label-text element__text${classes('text_class_name')}{% if color %} control-radio-label-text_colored{% endif %}"
        {% if color %} style="background: {{ color|escape }}"{% endif %}>{{ label }}</span>
    </label>`),
  prepare: ({ prefix, id, value, dataValue }) => ({ input_id: prefix ?? id, data_value: dataValue ?? value }),
};
