import $ from 'jquery';
import { dpFields } from '../../../src/contract/dp-settings.js';
import en from '../../../i18n/en.json' with { type: 'json' };
import { code } from './host.js';

/** The two known drawings of the fields: the newer one adds the `form-group` classes (`platform/widget.md §5.2`). */
export const revisions = ['older', 'newer'] as const;

export type Revision = (typeof revisions)[number];

export interface BubbleOptions {
  revision: Revision;
  /** What Kommo has stored, by field name. */
  stored?: Record<string, string>;
  /** Whether Kommo puts stored values into the markup or sets them afterwards; the platform's way is not known. */
  storedBy?: 'attribute' | 'property';
  /** Code of the widget that the trigger belongs to; the marker in the stage's item carries it. */
  owner?: string;
  /** `data-widget_id` of the bubble (`platform/widget.md §12`). */
  widgetId?: string;
  fields?: readonly string[];
}

export type Bubble = ReturnType<typeof openBubble>;

const labels: Record<string, string> = {
  [dpFields.message]: en.dp.settings.message.name,
  [dpFields.onlyMain]: en.dp.settings.only_main.name,
};

/**
 * Draws a trigger with its open bubble: the relations of `platform/widget.md §5.2`, with everything around them
 * that a widget must leave alone. Whether the element with `data-action` is the one to widen is not known: in the
 * older drawing it is, in the newer one it stands inside.
 */
export function openBubble({
  revision,
  stored = {},
  storedBy = 'attribute',
  owner = code,
  widgetId,
  fields = Object.values(dpFields),
}: BubbleOptions) {
  const item = document.createElement('div');
  item.className = 'digital-pipeline__item';
  item.innerHTML = `<div class="digital-pipeline__item-inner">
    <div class="digital-pipeline__short-task">
      <div class="digital-pipeline__short-task-inner digital-pipeline__short-task_widget-style_${owner}"></div>
    </div>${bubbleHtml(revision, fields)}</div>`;
  const bubble = query(item, '.digital-pipeline__edit-bubble');
  if (widgetId !== undefined) bubble.dataset['widget_id'] = widgetId;
  const input = (name: string): HTMLInputElement => query(item, `input[name="${name}"]`, HTMLInputElement);
  for (const [name, value] of Object.entries(stored)) {
    if (storedBy === 'attribute') input(name).setAttribute('value', value);
    else input(name).value = value;
  }
  const save = query(item, '.js-trigger-save', HTMLButtonElement);
  $(bubble).on('change', () => {
    $(save).removeClass('button-input-disabled').addClass('button-input_blue');
  });
  document.body.append(item);

  return {
    item,
    bubble,
    form: query(item, 'form', HTMLFormElement),
    input,
    block: (name: string) => query(item, `[data-test-field="${name}"]`),
    /** What Kommo would store at a click on Save. */
    values: () =>
      Object.fromEntries(
        $(item)
          .find('form')
          .serializeArray()
          .map(({ name, value }) => [name, value]),
      ),
    canSave: () => save.classList.contains('button-input_blue'),
    close: () => {
      bubble.remove();
    },
    /** Kommo draws the fields of the open bubble once more. */
    redraw: () => {
      query(item, '#widget_settings__fields_wrapper').innerHTML = fieldsHtml(revision, fields);
    },
  };
}

/** The first element that the selector finds, which has to be there and of this type. */
export function query<Found extends Element>(
  parent: ParentNode,
  selector: string,
  type: new () => Found,
): Found;
export function query(parent: ParentNode, selector: string): HTMLElement;
export function query(parent: ParentNode, selector: string, type: new () => Element = HTMLElement): Element {
  const found = parent.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`There is no ${type.name} at ${selector}.`);
  return found;
}

function bubbleHtml(revision: Revision, fields: readonly string[]): string {
  const inner = `<form class="digital-pipeline__edit-forms" autocomplete="off">
      <div class="digital-pipeline__edit-condition">When a lead is moved to this stage</div>
      <div class="task-edit__body__form">
        <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">${fieldsHtml(revision, fields)}</div>
      </div>
      <div class="digital-pipeline__edit-delay-new-process">Immediately</div>
    </form>
    <div class="digital-pipeline__edit-footer trigger_settings__process__footer">
      <button type="button" class="button-input js-trigger-save button-input-disabled">Done</button>
      <button type="button" class="button-cancel js-trigger-cancel">Cancel</button>
    </div>`;
  return revision === 'older'
    ? `<div class="digital-pipeline__edit-bubble" data-action="send_widget_hook">${inner}</div>`
    : `<div class="digital-pipeline__edit-bubble"><div data-action="send_widget_hook">${inner}</div></div>`;
}

function fieldsHtml(revision: Revision, fields: readonly string[]): string {
  const extra = (classes: string): string => (revision === 'newer' ? ` ${classes}` : '');
  return fields
    .map(
      (
        name,
      ) => `<div class="widget_settings_block__item_field${extra('form-group')}" data-test-field="${name}">
        <div class="widget_settings_block__title_field${extra('form-group__title h-text-overflow')}" title="${labels[name] ?? name}">${labels[name] ?? name}</div>
        <div class="widget_settings_block__input_field${extra('form-group__control')}">
          <input class="text-input" name="${name}"${revision === 'newer' ? ' type="text"' : ''}></div></div>`,
    )
    .join('');
}
