import { $ } from '../../jquery.js';
import type { Control } from './control.js';
import { attributes, classes, flags, oneLine } from './twig.js';

/**
 * Its parameters are not documented but by one sample: `checked`, `custom_class_name`, `id`. The others are those
 * that its neighbours have. The classes `switcher__on` and `switcher__off` are deprecated
 * (`platform/widget.md §5.4`); they follow the state.
 */
export const switcher: Control = {
  source: oneLine(`
    <div class="switcher_wrapper">
      <label for="{{ input_id|escape }}" class="switcher{% if checked %} switcher__on{% else %} switcher__off{% endif %}${classes('class_name', 'custom_class_name')}"></label>
      <input type="checkbox" role="switch" class="switcher__checkbox${classes('input_class_name')}" name="{{ name|escape }}" id="{{ input_id|escape }}"
        value="{{ value|escape }}"{% if checked %} checked="checked"{% endif %}${flags('disabled')}${attributes('aria-label=text')}>
      {% if text %}<span class="switcher__text">{{ text }}</span>{% endif %}
    </div>`),

  // A label needs an id to belong to.
  prepare: ({ id, value }) => ({
    input_id: id ?? `switcher-${crypto.randomUUID().slice(0, 8)}`,
    value: value ?? 'Y',
  }),

  watch() {
    $(document).on('change.host', '.switcher__checkbox', (event) => {
      const { checked } = event.target as HTMLInputElement;
      $(event.target)
        .closest('.switcher_wrapper')
        .find('.switcher')
        .toggleClass('switcher__on', checked)
        .toggleClass('switcher__off', !checked);
    });
  },
};
