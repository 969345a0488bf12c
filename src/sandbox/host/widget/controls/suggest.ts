import { type Control, listOf, textOf } from './control.js';
import { watchSuggests } from './suggest-behaviour.js';
import { additional, attributes, classes, flags, oneLine } from './twig.js';

/**
 * A text field with a list of proposals, from `items` or from an address: `ajax.params` is a query in which `#q#`
 * is what was typed. The field has the chosen text, and the chosen id in `data-value-id`.
 */
export const suggest: Control = {
  source: oneLine(`
    <div class="control-wrapper control--suggest${classes('class_name')}{% if list_separated %} control-suggest_separated{% endif %}"${attributes('id=wrapper_id')}>
      <ul class="control--suggest--list js-control--suggest--list custom-scroll" role="listbox" id="{{ list_id }}" aria-label="{{ list_label|escape }}">
        {% for item in list %}<li data-value-id="{{ item.id|escape }}" class="control--suggest--list--item{% if item.is_selected %} control--suggest--list--item-selected{% endif %}${classes('item.custom_class')}"
          role="option" aria-selected="{% if item.is_selected %}true{% else %}false{% endif %}">
          <span class="control--suggest--list--item-inner" title="{{ item.value|escape }}">{{ item.value|escape }}</span></li>{% endfor %}
      </ul>
      <input autocomplete="off" name="{{ name|escape }}" class="{% if not styled_input %}text-input {% endif %}control--suggest--input
        {% if ajax %} js-control--suggest--input-ajax{% else %} js-control--suggest--input control--suggest--input-inline{% endif %}${classes('input_class_name')}"
        ${attributes('id')} type="{{ input_type|default('text') }}" placeholder="{{ placeholder|escape }}" value="{{ shown|escape }}" data-value-id="{{ chosen_id|escape }}"
        ${attributes('data-type=type')}{% if ajax %} data-url="{{ ajax.url|escape }}" data-params="{{ query|escape }}"{% endif %}${flags('disabled')}${additional}
        role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="{{ list_id }}">
      {% if not ajax and list is not empty %}<b class="control--suggest--down-btn" aria-hidden="true"></b>{% endif %}
      {% if closable %}<button type="button" class="control--suggest--clear" aria-label="{{ clear_label|escape }}"></button>{% endif %}
    </div>`),

  prepare({ items, selected, value, ajax }, t) {
    const list = listOf(items).map((item) => {
      const text = textOf(item['value']);
      const id = item['id'] === undefined ? text : textOf(item['id']);
      const is_selected = textOf(selected) !== '' && [id, text].includes(textOf(selected));
      return { ...item, id, value: text, is_selected };
    });
    const chosen = list.find(({ is_selected }) => is_selected);
    const { params } = (ajax ?? {}) as { params?: unknown };
    return {
      list,
      shown: chosen?.value ?? textOf(value),
      chosen_id: chosen?.id ?? '',
      query:
        typeof params === 'object' && params !== null
          ? new URLSearchParams(params as never).toString()
          : textOf(params),
      list_id: `suggest-${crypto.randomUUID().slice(0, 8)}`,
      list_label: t('options'),
      clear_label: t('clear'),
    };
  },

  watch: watchSuggests,
};
