import { type Control, listOf, textOf } from './control.js';
import { oneLine } from './twig.js';

/** The browser's own list. `selected` is one id or several. */
export const multiselect: Control = {
  source: oneLine(`
    <select name="{{ name|escape }}" class="control-multiselect" multiple>
      {% for item in list %}<option value="{{ item.id|escape }}"{% if item.is_selected %} selected{% endif %}>{{ item.value|escape }}</option>{% endfor %}
    </select>`),
  prepare({ values, selected }) {
    const chosen = (Array.isArray(selected) ? selected : [selected]).map(textOf).filter((id) => id !== '');
    return {
      list: listOf(values).map((item) => ({ ...item, is_selected: chosen.includes(textOf(item['id'])) })),
    };
  },
};
