import { type Control, listOf, textOf } from './control.js';
import { watchSelects } from './select-behaviour.js';
import { additional, attributes, classes, oneLine } from './twig.js';

/** The id belongs to the hidden input, which holds the value. Without a choice the first item is chosen. */
export const select: Control = {
  source: oneLine(`
    <div class="control--select${classes('class_name')}{% if disabled %} control--select_disabled{% endif %}"${additional}>
      <ul class="custom-scroll control--select--list" role="listbox" tabindex="-1" aria-label="{{ list_label|escape }}">
        {% for item in list %}<li data-value="{{ item.value|escape }}"{% if item.disabled %} data-disabled="disabled" aria-disabled="true"{% endif %}
          data-color="" class="control--select--list--item{% if item.is_selected %} control--select--list--item-selected{% endif %}{% if item.is_default %} control--select--list--item-default{% endif %}{% if item.bg_color %} control--select--list--item-colored{% endif %}${classes('item.class_name')}"
          {% if item.bg_color %} data-bg-color="{{ item.bg_color|escape }}" style="background-color: {{ item.bg_color|escape }}"{% endif %} role="option" aria-selected="{% if item.is_selected %}true{% else %}false{% endif %}"
          {% if item.additional_data %} {{ item.additional_data }}{% endif %}>
          <span class="control--select--list--item-inner"{% if not no_titles %} title="{{ item.option|striptags|escape }}"{% endif %}>
            {% if need_escape %}{{ item.option|escape }}{% else %}{{ item.option }}{% endif %}</span></li>{% endfor %}
      </ul>
      <button class="control--select--button${classes('button_class_name')}{% if chosen.bg_color %} control--select--button-colored{% endif %}"${attributes('tabindex=tab_index')}
        type="button" data-value="{{ chosen.value|escape }}"{% if disabled %} disabled="disabled"{% endif %}${attributes('data-before=selected_before', 'data-after=selected_after')}
        {% if chosen.bg_color %} style="background: {{ chosen.bg_color|escape }}"{% endif %} aria-haspopup="listbox" aria-expanded="false">
        <span class="control--select--button-inner"${attributes('data-before=selected_before', 'data-after=selected_after')}>{% if need_escape %}{{ chosen.option|escape }}{% else %}{{ chosen.option }}{% endif %}</span>
      </button>
      <input type="hidden" class="control--select--input${classes('input_special_class')}"${attributes('id')} name="{{ name|escape }}"
        value="{{ chosen.value|escape }}" data-prev-value="{{ chosen.value|escape }}"{% if disabled %} disabled="disabled"{% endif %}>
    </div>`),

  prepare({ items, selected, default: preset }, t) {
    const all = listOf(items).map((item) => ({
      ...item,
      option: textOf(item['option']),
      value: textOf(item['id'] ?? item['option']),
      is_default: preset !== undefined && textOf(item['id']) === textOf(preset),
    }));
    const at = all.findIndex(({ value }) => textOf(selected) !== '' && value === textOf(selected));
    const list = all.map((item, index) => ({ ...item, is_selected: index === Math.max(at, 0) }));
    return { list, chosen: list.find(({ is_selected }) => is_selected) ?? {}, list_label: t('options') };
  },

  watch: watchSelects,
};
