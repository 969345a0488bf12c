import { $ } from '../../jquery.js';
/**
 * The system controls of `platform/widget.md §3.8` that the host offers, as twig sources of our own: the
 * parameters and the DOM are the platform's.
 */
export const controlSources = {
  input: `<input name="{{ name }}" type="{{ type|default('text') }}"
    class="text-input {{ class_name }}"{% if id %} id="{{ id }}"{% endif %}{% if data_id %} data-id="{{ data_id }}"{% endif %}
    value="{{ value|escape }}" placeholder="{{ placeholder|escape }}" autocomplete="off"
    {% if max_length %} maxlength="{{ max_length }}"{% endif %}{% if disabled %} disabled="disabled"{% endif %}
    {% if readonly %} readonly="readonly"{% endif %}
    {% if style %} style="{% for property, setting in style %}{{ property }}:{{ setting }};{% endfor %}"{% endif %}
    {{ additional_data }}>`,

  textarea: `<textarea name="{{ name }}" class="text-input text-input-textarea {{ class_name }}"
    {% if id %} id="{{ id }}"{% endif %} placeholder="{{ placeholder|escape }}"
    {% if tab_index %} tabindex="{{ tab_index }}"{% endif %}{% if disabled %} disabled="disabled"{% endif %}
    {% if readonly %} readonly="readonly"{% endif %}
    {% if style %} style="{% for property, setting in style %}{{ property }}:{{ setting }};{% endfor %}"{% endif %}
    {{ additional_data }}>{{ value|escape }}</textarea>`,

  checkbox: `<label{% if id %} for="{{ id }}"{% endif %} class="control-checkbox {{ class_name }}
    {%- if checked %} is-checked{% endif %}{% if checked_minus %} control-checkbox_minus{% endif %}
    {%- if small %} control-checkbox_small{% endif %}{% if disabled %} control-checkbox_disabled{% endif %}">
    <div class="control-checkbox__body"><input type="checkbox" class="{{ input_class_name }}"
    {% if id %} id="{{ id }}"{% endif %} name="{{ name }}{% if name_is_array == 'yes' %}[]{% endif %}"
    value="{{ value|escape }}"{% if dataValue %} data-value="{{ dataValue|escape }}"{% endif %}
    {% if fieldId %} data-field-id="{{ fieldId }}"{% endif %}{% if checked %} checked="checked"{% endif %}
    {% if disabled %} disabled="disabled"{% endif %} {{ additional_data }}><span class="control-checkbox__helper"></span></div>
    {% if text %}<div class="control-checkbox__text element__text {{ text_class_name }}" title="{{ text|escape }}">{{ text }}
    {% if note_text %}<span class="control-checkbox__note-text">{{ note_text }}</span>{% endif %}</div>{% endif %}</label>`,

  button: `<button type="{{ type|default('button') }}" class="button-input {{ class_name }}
    {%- if blue %} button-input_blue{% endif %}{% if disabled %} button-input-disabled{% endif %}"
    {% if id %} id="{{ id }}"{% endif %}{% if tab_index %} tabindex="{{ tab_index }}"{% endif %}
    {% if title %} title="{{ title|escape }}"{% endif %} {{ additional_data }}><span
    class="button-input-inner {{ inner_class_name }}">{% if icon_class_name %}<span class="icon {{ icon_class_name }}"></span>{% endif %}<span
    class="button-input-inner__text">{{ text }}</span></span></button>`,
} as const satisfies Record<string, string>;

/**
 * Keeps the look of system checkboxes in step with their state on the whole page, as the platform does.
 * The handler belongs to the page and stays.
 */
export function watchCheckboxes(): void {
  $(document).on('change.host', '.control-checkbox input[type=checkbox]', (event) => {
    const box = event.target as HTMLInputElement;
    $(box).closest('.control-checkbox').toggleClass('is-checked', box.checked);
  });
}
