import { escapeHtml } from '../../dom.js';
import type { Translate } from '../../words/words.js';
import type { Cell, Column, ListRow } from './read.js';
import type { ListWord } from './words.js';

export interface TableParts {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ListRow[];
  readonly isMarked: (id: number) => boolean;
  /** Whether each row has a button for what may happen to it from outside. */
  readonly hasHappenings: boolean;
  /** Shown in place of rows. */
  readonly empty: string;
}

/** The table of a list. */
export function tableHtml(t: Translate<ListWord>, parts: TableParts): string {
  const { title, columns, rows, isMarked, hasHappenings, empty } = parts;
  const headings = columns.map(
    (column) => `<th scope="col" class="list-table__${column}">${escapeHtml(t(column))}</th>`,
  );
  const body =
    rows.length === 0
      ? `<tr><td class="list-table__none" colspan="${columns.length + 2}">${escapeHtml(empty)}</td></tr>`
      : rows.map((row) => rowHtml(t, row, { columns, isMarked: isMarked(row.id), hasHappenings })).join('');
  return `<table class="list-table" aria-label="${escapeHtml(title)}">
    <thead><tr><th class="list-table__mark">${checkboxHtml('js-mark-all', t('markAll'), false)}</th>${headings.join('')}${
      hasHappenings ? '<td class="list-table__more"></td>' : ''
    }</tr></thead>
    <tbody>${body}</tbody></table>`;
}

function rowHtml(
  t: Translate<ListWord>,
  row: ListRow,
  {
    columns,
    isMarked,
    hasHappenings,
  }: { readonly columns: readonly Column[]; readonly isMarked: boolean; readonly hasHappenings: boolean },
): string {
  const { id, name, path, cells } = row;
  const title =
    path === undefined
      ? `<span>${escapeHtml(name)}</span>`
      : `<a class="js-navigate-link list-table__link" href="${path}">${escapeHtml(name)}</a>`;
  const rest = cells.map((cell, index) => {
    const column = columns[index + 1] ?? 'name';
    return `<td class="list-table__${column}">${cellHtml(cell)}</td>`;
  });
  const more = hasHappenings
    ? `<td class="list-table__more"><button type="button" class="list-table__happen js-happen" aria-haspopup="menu"
        aria-expanded="false" aria-label="${escapeHtml(t('happenings', { name }))}"><span aria-hidden="true">⋯</span></button></td>`
    : '';
  return `<tr class="list-table__row${isMarked ? ' list-table__row_marked' : ''}" data-id="${id}">
    <td class="list-table__mark">${checkboxHtml('js-mark', t('mark', { name }), isMarked)}</td>
    <td class="list-table__first">${title}</td>${rest.join('')}${more}</tr>`;
}

/** The platform's control (`platform/widget.md §3.8`). */
function checkboxHtml(className: string, label: string, isChecked: boolean): string {
  return `<label class="control-checkbox${isChecked ? ' is-checked' : ''}"><span class="control-checkbox__body">
    <input type="checkbox" class="${className}" aria-label="${escapeHtml(label)}"${isChecked ? ' checked' : ''}>
    <span class="control-checkbox__helper"></span></span></label>`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') return escapeHtml(cell);
  if ('link' in cell)
    return `<a class="js-navigate-link" href="${cell.link}">${escapeHtml(cell.text === '' ? '…' : cell.text)}</a>`;
  if ('stage' in cell) {
    const pipeline =
      cell.pipeline === '' ? '' : `<span class="list-table__pipeline">${escapeHtml(cell.pipeline)}</span>`;
    return `<span class="list-table__stage-name" style="background:${escapeHtml(cell.color)}">${escapeHtml(cell.stage)}</span>${pipeline}`;
  }
  const scheme = cell.type === 'phone' ? 'tel' : 'mailto';
  return `<a class="card-address__link" href="${scheme}:${escapeHtml(encodeURI(cell.value))}" data-type="${cell.type}"
    data-value="${escapeHtml(cell.value)}" data-owner="${cell.owner}" aria-haspopup="menu" aria-expanded="false">${escapeHtml(cell.value)}</a>`;
}
