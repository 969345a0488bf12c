import { checkbox } from './checkbox.js';
import { type Control, type ControlTranslate, listOf, type Params, textOf } from './control.js';
import { watchCheckboxesDropdowns } from './checkboxes-dropdown-behaviour.js';
import { classes, oneLine } from './twig.js';

/** A checkbox within this template, with its parameters under `box`. */
const box = '{{ include_control("checkbox", box) }}';

/**
 * The title lists what is checked, or counts it where there is a `title_numeral`: its forms are separated by
 * commas, `stage,stages`. How the platform writes the forms is not documented.
 */
export const checkboxesDropdown: Control = {
  source: oneLine(`
    <div class="checkboxes_dropdown${classes('class_name')} js-control-checkboxes_dropdown{% if disabled %} checkboxes_dropdown_disabled{% endif %}">
      <div class="checkboxes_dropdown__list custom-scroll"><div class="checkboxes_dropdown__list__wrapper__inner">
        {% for row in rows %}<div class="checkboxes_dropdown__item{% if row.item.active == 'N' %} checkboxes_dropdown__label_title-not_active{% endif %}{% if row.item.divider_before %} checkboxes_dropdown__label_title_divider_before{% endif %}{% if row.item.divider_after %} checkboxes_dropdown__label_title_divider_after{% endif %}"
          {% if row.item.divider_before %} data-title-before="{{ row.item.divider_before.title|escape }}"{% endif %}{% if row.item.divider_after %} data-title-after="{{ row.item.divider_after.title|escape }}"{% endif %}
          {% if row.item.bg_color %} style="background-color: {{ row.item.bg_color|escape }}"{% endif %}>${box.replace('box)', 'row.box)')}</div>{% endfor %}
      </div></div>
      <div class="checkboxes_dropdown__title_wrapper" role="button"{% if disabled %} aria-disabled="true"{% else %} tabindex="0"{% endif %} aria-expanded="false">
        <span class="checkboxes_dropdown__title-selected"><span class="checkboxes_dropdown__title" data-numeral="{{ title_numeral|escape }}"
          data-title-empty="{{ empty|escape }}" data-title-before="{{ title_before|escape }}">
          {% for part in titles %}<span class="checkboxes_dropdown__title-item"{% if loop.first and title_before %} data-title-before="{{ title_before|escape }}"{% endif %}>{{ part|escape }}</span>{% endfor %}</span></span>
        <span class="checkboxes_dropdown_icon icon-v-ico-2" aria-hidden="true"></span>
      </div>
    </div>`),

  prepare(params, t) {
    const items = listOf(params['items']);
    const checked = items.filter(({ is_checked }) => Boolean(is_checked));
    const empty = textOf(params['title_empty']) === '' ? t('select') : textOf(params['title_empty']);
    const names = checked.map(({ option }) => plain(textOf(option)));
    return {
      empty,
      titles: titlesOf(names, { empty, numeral: textOf(params['title_numeral']) }),
      rows: [
        masterRow(checked.length, items.length, params, t),
        ...items.map((item) => itemRow(item, params)),
      ],
    };
  },

  watch: watchCheckboxesDropdowns,
};

/** What the title says. */
export function titlesOf(
  names: readonly string[],
  { empty, numeral }: { readonly empty: string; readonly numeral: string },
): readonly string[] {
  if (names.length === 0) return [empty];
  if (names.length === 1 || numeral === '') return names;
  const forms = numeral.split(',').map((form) => form.trim());
  const rule = new Intl.PluralRules(document.documentElement.lang || 'en').select(names.length);
  const at = rule === 'one' ? 0 : rule === 'few' || forms.length < 3 ? 1 : 2;
  return [`${names.length} ${forms[Math.min(at, forms.length - 1)] ?? ''}`];
}

function masterRow(checked: number, all: number, { disabled }: Params, t: ControlTranslate): Params {
  return {
    item: {},
    box: prepared({
      class_name: 'checkboxes_dropdown__label js-master-checkbox-wrapper',
      input_class_name: 'js-form-changes-skip js-master-checkbox',
      text_class_name: 'js-select-all-text checkboxes_dropdown__label_title',
      text: t('select_all'),
      checked: all > 0 && checked === all,
      checked_minus: checked > 0 && checked < all,
      disabled,
    }),
  };
}

function itemRow(item: Params, { name, name_is_array, need_escape, disabled }: Params): Params {
  const option = textOf(item['option']);
  const id = textOf(item['prefix'] ?? item['id']);
  return {
    item,
    box: prepared({
      name: item['name'] ?? name,
      name_is_array: name_is_array === true ? 'yes' : name_is_array,
      id: `cbx_drop_${id}`,
      class_name: 'checkboxes_dropdown__label',
      input_class_name: 'js-item-checkbox',
      text_class_name: 'checkboxes_dropdown__label_title',
      checked: item['is_checked'],
      value: textOf(item['id']),
      text: need_escape ? escaped(option) : option,
      disabled,
    }),
  };
}

const prepared = (params: Params): Params => ({ ...params, ...checkbox.prepare?.(params, (key) => key) });

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The text of an option that may be HTML. */
const plain = (html: string): string => html.replace(/<[^>]*>/g, '');
