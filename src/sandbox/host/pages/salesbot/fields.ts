import { escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Translate } from '../../words/words.js';
import type { Handler, HandlerField } from './handlers.js';
import type { BotWord } from './words.js';

/** What a person has set for a field: something typed, or a field of the entity by its placeholder. */
export interface FieldValue {
  /** {@link typed}, a placeholder such as `{{lead.price}}`, or nothing chosen yet. */
  readonly source: string;
  readonly text: string;
}

/** {@link FieldValue.source} of a value that was typed. */
export const typed = 'manual';

/**
 * Fields of the entity by the type of the handler's field: numeric takes text and numbers, url text and links, text
 * all that can be read as one (`platform/widget.md §1.6`). Only fields that bots of the sandbox can fill in stand
 * here; the platform offers those that the account has added, too.
 */
const entityFields = [
  { placeholder: '{{lead.name}}', word: 'leadName' },
  { placeholder: '{{lead.price}}', word: 'leadPrice', only: 'numeric' },
  { placeholder: '{{lead.id}}', word: 'leadId', only: 'numeric' },
  { placeholder: '{{contact.name}}', word: 'contactName' },
  { placeholder: '{{contact.phone}}', word: 'contactPhone' },
  { placeholder: '{{contact.email}}', word: 'contactEmail' },
] as const;

/** The first value of a field. */
export function initialValue({ isManual, defaultValue }: HandlerField): FieldValue {
  return { source: isManual || defaultValue !== '' ? typed : '', text: defaultValue };
}

/**
 * The row of a field. The platform's markup is not known; `value_manual` is the name of the input for typed values
 * (`platform/widget.md §1.6`).
 */
export function fieldHtml(t: Translate<BotWord>, field: HandlerField, value: FieldValue, id: string): string {
  const { name, label, type, isManual, isRequired } = field;
  const isTyped = isManual || value.source === typed;
  const choices = entityFields.filter((one) => !('only' in one) || type !== 'url');
  const option = (source: string, text: string): string =>
    `<option value="${escapeHtml(source)}"${source === value.source ? ' selected' : ''}>${escapeHtml(text)}</option>`;
  const select = isManual
    ? ''
    : `<select class="text-input bot-field__source" name="value" id="${id}">${[
        option('', t('chooseField')),
        ...choices.map(({ placeholder, word }) => option(placeholder, t(word))),
        option(typed, t('typedValue')),
      ].join('')}</select>`;
  return `<div class="bot-field" data-field="${escapeHtml(name)}">
    <label class="bot-field__label" for="${id}">${escapeHtml(label)}${isRequired ? ' <span aria-hidden="true">*</span>' : ''}</label>
    <div class="bot-field__value">${select}<input class="text-input bot-field__typed${isTyped ? '' : ' h-hidden'}" name="value_manual"
      ${isManual ? `id="${id}"` : `aria-label="${escapeHtml(t('typedFor', { field: label }))}"`}
      ${type === 'numeric' ? 'inputmode="decimal"' : type === 'url' ? 'inputmode="url"' : ''} value="${escapeHtml(value.text)}"></div></div>`;
}

/** What stands in the rows now, by field; of two rows of a field, one of which the widget drew, the later. */
export function readFields($body: JQuery, fields: readonly HandlerField[]): Record<string, FieldValue> {
  return Object.fromEntries(
    fields.map((field) => {
      const $row = rowOf($body, field.name).last();
      if ($row.length === 0) return [field.name, initialValue(field)];
      const source = field.isManual ? typed : String($row.find('.bot-field__source').val() ?? '');
      return [field.name, { source, text: String($row.find('.bot-field__typed').val() ?? '') }];
    }),
  );
}

export function rowOf($body: JQuery, field: string): JQuery {
  return $body.find('.bot-field').filter((_index, row) => $(row).attr('data-field') === field);
}

/** The required fields that have no value, by name. */
export function emptyFields(
  fields: readonly HandlerField[],
  values: Readonly<Record<string, FieldValue>>,
): readonly string[] {
  return fields
    .filter((field) => field.isRequired && valueOf(values[field.name]) === '')
    .map(({ name }) => name);
}

/**
 * `params` as widgets get them: the value of each field by its name, the typed text or the placeholder of the chosen
 * field. A typed value was seen under `value_manual` (`platform/widget.md §1.6`), so the first one stands there, too.
 * The platform's own form is deeply nested and not documented (`§4.1`).
 */
export function paramsOf(
  { fields }: Pick<Handler, 'fields'>,
  values: Readonly<Record<string, FieldValue>>,
): Record<string, string> {
  const manual = fields.map(({ name }) => values[name]).find((value) => value?.source === typed);
  return {
    ...(manual && { value_manual: manual.text }),
    ...Object.fromEntries(fields.map(({ name }) => [name, valueOf(values[name])])),
  };
}

function valueOf(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  return value.source === typed ? value.text : value.source;
}
