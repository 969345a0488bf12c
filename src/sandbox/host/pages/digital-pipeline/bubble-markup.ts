import { escapeHtml } from '../../dom.js';
import { saveButtonHtml } from '../../save-button.js';
import type { Trigger } from '../../../wire.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { Draft } from './bubble-form.js';
import type { Column } from './columns.js';
import { conditionText, delayUnits, eventCodes, splitDelay } from './conditions.js';
import type { DpField, DpWidget } from './widgets.js';
import type { DpWord } from './words.js';

interface BubbleParts {
  readonly widget: DpWidget;
  readonly draft: Draft;
  readonly columns: readonly Column[];
  readonly revision: Host['session']['switches']['revision'];
  /** What stands in the fields, by their names. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The bubble of a trigger with the relations of `platform/widget.md §5.2` and `§12`. Whether the element with
 * `data-action` and the bubble that may be widened are one or two is not known; here they are one in the first
 * revision and two in the second. Nor is it known whose number `data-id` is; here it is the trigger's.
 */
export function bubbleHtml(
  t: Translate<DpWord>,
  { widget, draft, columns, revision, values }: BubbleParts,
): string {
  const attributes = `class="digital-pipeline__edit-bubble" role="group" aria-label="${escapeHtml(widget.name)}"
    data-type="widget" data-id="${draft.id ?? ''}" data-widget_id="${widget.id ?? ''}"`;
  const inner = `
    <form class="digital-pipeline__edit-forms" autocomplete="off">
      <div class="digital-pipeline__edit-condition">${conditionHtml(t, draft)}${untilHtml(t, { widget, draft, columns })}</div>
      <div class="task-edit__body__form">
        <p class="digital-pipeline__not-started h-hidden">${escapeHtml(t('notStarted'))}</p>
        <div class="widget_settings_block__fields" id="widget_settings__fields_wrapper">
          ${widget.fields.map((field) => fieldHtml(field, revision, textOfValue(values[field.name]))).join('')}</div></div>
      <div class="digital-pipeline__edit-delay-new-process">${delayHtml(t, draft.delay_seconds)}</div>
    </form>
    <p class="digital-pipeline__problem" role="alert"></p>
    <div class="digital-pipeline__edit-footer trigger_settings__process__footer">
      ${saveButtonHtml('js-trigger-save', '', escapeHtml(t('save')))}
      <button type="button" class="button-cancel js-trigger-cancel"><span>${escapeHtml(t('cancel'))}</span></button>
      <button type="button" class="digital-pipeline__delete js-trigger-delete" aria-label="${escapeHtml(t('delete'))}"
        title="${escapeHtml(t('delete'))}"><svg class="digital-pipeline__edit-delete" width="14" height="16"
        viewBox="0 0 14 16" aria-hidden="true"><path d="M1 4h12M5 4V2h4v2M3 4v10h8V4" fill="none"
        stroke="currentColor"/></svg></button>
    </div>`;
  return revision === 1
    ? `<div ${attributes} data-action="send_widget_hook">${inner}</div>`
    : `<div ${attributes}><div data-action="send_widget_hook">${inner}</div></div>`;
}

function conditionHtml(
  t: Translate<DpWord>,
  { element_type, event_code }: Pick<Trigger, 'element_type' | 'event_code'>,
): string {
  return `<label class="digital-pipeline__line"><span>${escapeHtml(t('when'))}</span>
    <select class="text-input js-dp-event">${eventCodes(element_type)
      .map((code) => optionHtml(String(code), conditionText(t, code), code === event_code))
      .join('')}</select></label>`;
}

function untilHtml(
  t: Translate<DpWord>,
  { widget, draft, columns }: Pick<BubbleParts, 'widget' | 'draft' | 'columns'>,
): string {
  if (!widget.isStretchable) return '';
  const first = columns.findIndex(({ id }) => id === draft.status_ids[0]);
  const last = draft.status_ids.at(-1);
  return `<label class="digital-pipeline__line"><span>${escapeHtml(t('upTo'))}</span>
    <select class="text-input js-dp-until">${columns
      .slice(Math.max(first, 0))
      .map(({ id, name }) => optionHtml(String(id), name, id === last))
      .join('')}</select></label>`;
}

function delayHtml(t: Translate<DpWord>, seconds: number): string {
  const { amount, unit } = splitDelay(seconds);
  const units = [...delayUnits].reverse();
  return `<div class="digital-pipeline__line"><span aria-hidden="true">${escapeHtml(t('run'))}</span>
    <span class="digital-pipeline__delay"><select class="text-input js-dp-unit" aria-label="${escapeHtml(t('run'))}">
      ${optionHtml('none', t('immediately'), seconds <= 0)}
      ${units.map((one) => optionHtml(one.unit, t(`unit_${one.unit}`), seconds > 0 && one.unit === unit)).join('')}</select><input
      class="text-input js-dp-delay" type="number" min="1" value="${Math.max(amount, 1)}"
      aria-label="${escapeHtml(t('amount'))}"></span></div>`;
}

/** A field as the platform draws it; a `custom` one is for the widget to fill and is not seen. */
function fieldHtml({ name, label, type }: DpField, revision: 1 | 2, value: string): string {
  const isGroup = revision === 2;
  const title = escapeHtml(label);
  return `
    <div class="widget_settings_block__item_field${isGroup ? ' form-group' : ''}">
      <div class="widget_settings_block__title_field${isGroup ? ' form-group__title h-text-overflow' : ''}" title="${title}">${title}</div>
      <div class="widget_settings_block__input_field${isGroup ? ' form-group__control' : ''}">
        <input class="text-input" name="${escapeHtml(name)}" type="${type === 'custom' ? 'hidden' : 'text'}" value="${escapeHtml(value)}"
          aria-label="${title}" autocomplete="off"></div></div>`;
}

function optionHtml(value: string, text: string, isSelected: boolean): string {
  return `<option value="${escapeHtml(value)}"${isSelected ? ' selected' : ''}>${escapeHtml(text)}</option>`;
}

function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
