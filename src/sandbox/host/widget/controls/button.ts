import { $ } from '../../jquery.js';
import { type Control, listOf } from './control.js';
import { additional, attributes, classes, oneLine } from './twig.js';

const content = oneLine(`
  {% if icon_class_name %}<span class="icon icon-inline {{ icon_class_name }}"></span>{% endif %}
  {% if svg_class_name %}<svg class="svg-icon svg-{{ svg_class_name }}-dims" aria-hidden="true"></svg>{% endif %}
  {% if has_text %}<span class="button-input-inner__text">{{ text }}{% if text_bold %} <b>{{ text_bold }}</b>{% endif %}</span>{% endif %}
  {% if icon_right_name %}<span class="{{ icon_right_name }} icon-right"></span>{% endif %}`);

const open = 'button-input-wrapper_opened';

/** With `context_menu`, a list of items or `1` for one that the widget draws, the button opens a menu. */
export const button: Control = {
  source: oneLine(`
    {% if context_menu %}<div class="button-input-wrapper${classes('class_name')}">{% endif %}
    <button type="{{ type|default('button') }}" class="button-input
      {% if context_menu %} button-input-with-menu${classes('button_input_class_name')}{% else %}${classes('class_name')}{% endif %}
      {% if blue %} button-input_blue{% endif %}{% if plain %} button-input_plain{% endif %}{% if disabled %} button-input-disabled{% endif %}"
      ${attributes('id', 'tabindex=tab_index', 'title')}{% if context_menu %} aria-haspopup="menu" aria-expanded="false"{% endif %}${additional}>
      {% if plain %}${content}{% else %}<span class="button-input-inner${classes('inner_class_name')}">${content}</span>{% endif %}
    </button>
    {% if context_menu %}{% if menu_items is not empty %}<ul class="button-input__context-menu${classes('context_menu_class_name')}" role="menu">
      {% for item in menu_items %}<li class="button-input__context-menu__item{% if item.class_name %} {{ item.class_name }}{% endif %}"
        {% if item.id %} id="{{ item.id|escape }}"{% endif %} role="none"{% if item.additional_data %} {{ item.additional_data }}{% endif %}>
        {% if item.href %}<a href="{{ item.href|escape }}" class="{% if not item._blank %}js-navigate-link {% endif %}button-input__context-menu__item__link button-input__context-menu__item__inner" role="menuitem" tabindex="-1"{% if item._blank %} target="_blank" rel="noopener"{% endif %}>
        {% else %}<div class="button-input__context-menu__item__inner" role="menuitem" tabindex="-1">{% endif %}
        <span class="button-input__context-menu__item__text{% if item.span_class %} {{ item.span_class }}{% endif %}">{{ item.text }}</span>
        {% if item.href %}</a>{% else %}</div>{% endif %}</li>{% endfor %}
    </ul>{% endif %}</div>{% endif %}`),

  prepare: ({ text, text_bold, context_menu }) => ({
    has_text: [text, text_bold].some((part) => part !== undefined && part !== null && part !== ''),
    menu_items: listOf(context_menu),
  }),

  watch() {
    const close = ($wrapper: JQuery): void => {
      $wrapper.removeClass(open).find('.button-input-with-menu').attr('aria-expanded', 'false');
    };
    $(document)
      .on('click.host', '.button-input-with-menu', (event) => {
        const $button = $(event.currentTarget);
        const $wrapper = $button.closest('.button-input-wrapper').toggleClass(open);
        $button.attr('aria-expanded', String($wrapper.hasClass(open)));
        if ($wrapper.hasClass(open)) $wrapper.find('[role=menuitem]').first().trigger('focus');
      })
      .on('click.host', '.button-input__context-menu__item', (event) => {
        close($(event.currentTarget).closest('.button-input-wrapper'));
      })
      .on('mousedown.host', (event) => {
        close($(`.${open}`).not($(event.target).closest('.button-input-wrapper')));
      })
      .on('keydown.host', `.${open}`, (event) => {
        const $wrapper = $(event.currentTarget);
        const $items = $wrapper.find('[role=menuitem]');
        const at = $items.index(document.activeElement as Element);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined) $items.eq((at + step + $items.length) % $items.length).trigger('focus');
        else if (event.key === 'Escape') {
          close($wrapper);
          $wrapper.find('.button-input-with-menu').trigger('focus');
        } else if (event.key === 'Enter' && at >= 0) $items.eq(at).trigger('click');
        else return;
        event.preventDefault();
      });
  },
};
