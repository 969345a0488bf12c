import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { CustomField } from '../../../account/state.js';
import type { FieldValue } from './field-values.js';

/** A control of the form, with its label. */
export interface FieldControl {
  readonly name: string;
  readonly $row: JQuery;
  read(): FieldValue;
  write(value: FieldValue): void;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

const idOf = (name: string): string => `card_${name.replace(/\W+/g, '_')}`;

/** A line, or several where `lines` says so. */
export function textControl(
  name: string,
  label: string,
  { type = 'text', isLong = false, clean = (text: string): string => text } = {},
): FieldControl {
  const attributes = `id="${idOf(name)}" name="${escapeHtml(name)}" placeholder="…" autocomplete="off"`;
  const $row = row(
    name,
    label,
    isLong
      ? `<textarea class="text-input text-input-textarea card-input" rows="2" ${attributes}></textarea>`
      : `<input class="text-input card-input" type="${type}" ${attributes}>`,
  );
  const $input = $row.find(':input');
  return { name, $row, read: () => clean(textOf($input)), write: (value) => $input.val(asText(value)) };
}

/** One of several, in a list that opens. `none` stands for no choice, where that is allowed. */
export function selectControl(
  name: string,
  label: string,
  choices: readonly Choice[],
  { none }: { none?: string } = {},
): FieldControl {
  const all = none === undefined ? choices : [{ id: '', label: none }, ...choices];
  const options = all
    .map(({ id, label: text }) => `<option value="${escapeHtml(id)}">${escapeHtml(text)}</option>`)
    .join('');
  const $row = row(
    name,
    label,
    `<select class="text-input card-input" id="${idOf(name)}" name="${escapeHtml(name)}">${options}</select>`,
  );
  const $select = $row.find('select');
  return { name, $row, read: () => textOf($select), write: (value) => $select.val(asText(value)) };
}

/** On or off. */
export function checkboxControl(name: string, label: string): FieldControl {
  const $row = row(name, label, checkboxHtml(name, '', '', idOf(name)));
  const $box = $row.find('input');
  return {
    name,
    $row,
    read: () => $box.prop('checked') === true,
    write: (value) => {
      check($box, value === true);
    },
  };
}

/** Several of several. */
export function checkboxesControl(name: string, label: string, choices: readonly Choice[]): FieldControl {
  const html = choices.map(({ id, label: text }) => checkboxHtml(name, id, text)).join('');
  const $row = groupRow(name, label, `<div class="card-choices">${html}</div>`);
  const boxes = $row.find('input').toArray() as HTMLInputElement[];
  return {
    name,
    $row,
    read: () =>
      boxes
        .filter((box) => box.checked)
        .map(({ value }) => value)
        .sort(),
    write: (value) => {
      const ids: readonly unknown[] = Array.isArray(value) ? value : [];
      for (const box of boxes) check($(box), ids.includes(box.value));
    },
  };
}

/** One of several that all stand there. */
export function radioControl(name: string, label: string, choices: readonly Choice[]): FieldControl {
  const radios = choices
    .map(
      ({ id, label: text }) =>
        `<label class="card-radio"><input type="radio" name="${escapeHtml(name)}" value="${escapeHtml(id)}"> ${escapeHtml(text)}</label>`,
    )
    .join('');
  const $row = groupRow(
    name,
    label,
    `<div class="card-choices" role="radiogroup" aria-labelledby="${idOf(name)}_label">${radios}</div>`,
    null,
  );
  const $radios = $row.find('input');
  return {
    name,
    $row,
    read: () => textOf($radios.filter(':checked')),
    write: (value) => $radios.val([asText(value)]),
  };
}

/** The choices of a field with enums. */
export function choicesOf({ enums }: CustomField): readonly Choice[] {
  return (enums ?? []).map(({ id, value }) => ({ id: String(id), label: value }));
}

/** The row of a control that a label can name. */
export function row(name: string, label: string, html: string): JQuery {
  const { field, title, value } = partsOf(name, label);
  return draw(`<div ${field}><label ${title} for="${idOf(name)}"><span>${escapeHtml(label)}</span></label>
    <div ${value}>${html}</div></div>`);
}

/** The row of several controls under one name. */
export function groupRow(name: string, label: string, html: string, role: 'group' | null = 'group'): JQuery {
  const named = role === null ? '' : `role="${role}" aria-labelledby="${idOf(name)}_label"`;
  const { field, title, value } = partsOf(name, label);
  return draw(`<div ${field} ${named}>
    <div ${title} id="${idOf(name)}_label"><span>${escapeHtml(label)}</span></div>
    <div ${value}>${html}</div></div>`);
}

/**
 * Attributes of a row and its two halves. The names beside ours are the platform's, by which widgets find a field:
 * `.linked-form__field[data-id=<field id>]` of an official sample, and `.linked-form__field__label[title=<name>]` (CODE).
 */
function partsOf(name: string, label: string): Readonly<Record<'field' | 'title' | 'value', string>> {
  const id = /^CFV\[(\d+)\]$/.exec(name)?.[1];
  return {
    field: `class="card-field linked-form__field"${id === undefined ? '' : ` data-id="${id}"`}`,
    title: `class="card-field__label linked-form__field__label" title="${escapeHtml(label)}"`,
    value: 'class="card-field__value linked-form__field__value"',
  };
}

/** The platform's checkbox (`platform/widget.md §3.8`). */
function checkboxHtml(name: string, value: string, text: string, id = ''): string {
  return `<label class="control-checkbox"><div class="control-checkbox__body"><input type="checkbox"
    name="${escapeHtml(name)}" value="${escapeHtml(value)}"${id === '' ? '' : ` id="${id}"`}><span
    class="control-checkbox__helper"></span></div>
    ${text === '' ? '' : `<div class="control-checkbox__text element__text">${escapeHtml(text)}</div>`}</label>`;
}

function check($box: JQuery, isOn: boolean): void {
  $box.prop('checked', isOn).closest('.control-checkbox').toggleClass('is-checked', isOn);
}

function textOf($control: JQuery): string {
  const value: unknown = $control.val();
  return typeof value === 'string' ? value : '';
}

function asText(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}
