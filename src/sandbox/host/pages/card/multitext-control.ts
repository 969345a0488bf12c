import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { CustomField } from '../../../account/state.js';
import type { Translate } from '../../words/words.js';
import { addressHtml, kindName, type AddressType } from './addresses.js';
import { groupRow, type FieldControl } from './controls.js';
import type { FieldValue, MultiValue } from './field-values.js';
import type { CardKey } from './words.js';

/**
 * Phone numbers or e-mail addresses of the entity itself: a stored one is a link with its actions and a pencil that
 * makes it a line to type in; empty lines are not saved.
 */
export function multitextControl(
  name: string,
  field: CustomField,
  { t, ownerId }: { t: Translate<CardKey>; ownerId: number },
): FieldControl {
  const type: AddressType = field.code === 'EMAIL' ? 'email' : 'phone';
  const kinds = (field.enums ?? []).map(({ value }) => value);
  const $row = groupRow(
    name,
    field.name,
    `<div class="card-multi"></div><button type="button" class="card-link-button card-multi__add">${escapeHtml(
      t(type === 'phone' ? 'addPhone' : 'addEmail'),
    )}</button>`,
  );
  const $lines = $row.find('.card-multi');

  const addLine = (): JQuery => draw(lineHtml({ value: '', enum_code: kinds[0] ?? '' })).appendTo($lines);
  const lineHtml = ({ value, enum_code }: MultiValue): string => {
    const options = kinds
      .map(
        (kind) =>
          `<option value="${escapeHtml(kind)}"${kind === enum_code ? ' selected' : ''}>${escapeHtml(kindName(t, kind))}</option>`,
      )
      .join('');
    return `<div class="card-multi__line">
      <select class="text-input card-input card-multi__kind" aria-label="${escapeHtml(t('kind'))}">${options}</select>
      <input class="text-input card-input card-multi__value" type="${type === 'phone' ? 'tel' : 'email'}"
        aria-label="${escapeHtml(field.name)}" value="${escapeHtml(value)}" placeholder="…" autocomplete="off"></div>`;
  };
  const storedHtml = (stored: MultiValue): string =>
    `<div class="card-multi__line" data-stored="${escapeHtml(JSON.stringify(stored))}">
      ${addressHtml(t, type, { value: stored.value, kind: stored.enum_code }, ownerId)}
      <button type="button" class="card-icon-button card-multi__edit" aria-label="${escapeHtml(
        t('editValue', { value: stored.value }),
      )}">✎</button></div>`;

  $row.on('click', '.card-multi__add', () => addLine().find('input').trigger('focus'));
  $row.on('click', '.card-multi__edit', ({ currentTarget }) => {
    const $line = $(currentTarget).closest('.card-multi__line');
    const $edit = draw(lineHtml(storedOf($line)));
    $line.replaceWith($edit);
    $edit.find('input').trigger('focus');
  });

  return {
    name,
    $row,
    read: () =>
      $lines
        .children()
        .toArray()
        .map((line) => lineValue($(line)))
        .filter(({ value }) => value !== ''),
    write(value: FieldValue) {
      $lines.empty();
      for (const one of Array.isArray(value) ? (value as readonly MultiValue[]) : []) {
        $lines.append(draw(storedHtml(one)));
      }
      if ($lines.children().length === 0) addLine();
    },
  };
}

function lineValue($line: JQuery): MultiValue {
  if ($line.is('[data-stored]')) return storedOf($line);
  const text = (selector: string): string => String($line.find(selector).val()).trim();
  return { value: text('.card-multi__value'), enum_code: text('.card-multi__kind') };
}

function storedOf($line: JQuery): MultiValue {
  return JSON.parse($line.attr('data-stored')) as MultiValue;
}
