import { draw, escapeHtml } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { $ } from '../../jquery.js';
import { elementTypes } from '../../../../kommo/elements.js';
import { openHappeningsMenu } from '../board/happenings-menu.js';
import { answerAddresses } from '../card/addresses.js';
import { cardWords } from '../card/words.js';
import { listKinds, type ListKind } from './kinds.js';
import { createListPanel } from './list-panel.js';
import { createMarks } from './marks.js';
import { createMultiActions } from './multi-actions.js';
import { columnsOf, readRows, type ListRow } from './read.js';
import { tableHtml } from './table.js';
import { drawTop } from './top.js';
import { listWords } from './words.js';

interface ListState {
  readonly search: string;
  readonly marked: readonly number[];
}

/** The lists of leads, contacts, companies, customers and tasks. */
export const listPages: readonly Page[] = listKinds.map((kind) => ({
  match: pathMatcher(kind.path),
  menu: kind.menu,
  area: () => kind.area,
  open: ($holder, host) => openList($holder, host, kind),
}));

async function openList($holder: JQuery, host: Host, kind: ListKind): Promise<OpenPage> {
  const t = host.words(listWords);
  const title = t(kind.name);
  // Leads have theirs on the board.
  const hasHappenings = kind.name === 'customers';
  let failure = '';
  let all: readonly ListRow[] = [];
  let visible: readonly ListRow[] = [];
  /** What was read before stays when the account does not answer. */
  const fetchRows = async (): Promise<void> => {
    try {
      all = await readRows(host, kind);
      failure = '';
    } catch (error) {
      failure = t('unreadable', { reason: (error as Error).message });
    }
  };
  const [marks] = await Promise.all([createMarks(host), fetchRows()]);
  // Another page was opened meanwhile: what widgets read of the open list is no longer this one's.
  if (!isShown($holder)) return { title };

  const $page = draw(
    `<section class="list-page list-page_${kind.name}" aria-label="${escapeHtml(title)}"></section>`,
  );
  const top = drawTop(host, t, kind, {
    search: () => {
      show();
    },
    added: async () => {
      await read();
    },
  });
  const $table = draw(
    `<div class="list-page__scroller" tabindex="0" role="region" aria-label="${escapeHtml(title)}"></div>`,
  );
  const panel = createListPanel(host, kind.location);
  const actions = createMultiActions(host, t, {
    kind,
    marks,
    unmark: () => {
      marks.set(marks.ids, false);
      showMarks();
      $table.find('.js-mark-all').trigger('focus');
    },
    chosen: panel.unfold,
  });

  const showMarks = (): void => {
    for (const row of $table.find('.list-table__row').toArray()) {
      const isMarked = marks.has(Number($(row).attr('data-id')));
      $(row).toggleClass('list-table__row_marked', isMarked);
      check($(row).find('.js-mark'), isMarked);
    }
    check($table.find('.js-mark-all'), visible.length > 0 && marks.rows.length === visible.length);
    actions.update();
  };
  const show = (): void => {
    visible = all.filter((row) => fits(row, top.query()));
    marks.show(all, visible);
    // A mark or link keeps the focus while its row is drawn again.
    const focused = focusedRow($table);
    const empty = failure === '' ? t(all.length === 0 ? 'none' : 'nothingFound') : failure;
    $table.empty().append(
      draw(
        tableHtml(t, {
          title,
          columns: columnsOf(kind),
          rows: visible,
          isMarked: marks.has,
          hasHappenings,
          empty,
        }),
      ),
    );
    top.count(visible.length);
    focused?.();
    showMarks();
  };
  const read = async (): Promise<void> => {
    await fetchRows();
    if (isShown($holder)) show();
  };

  $table.on('change', '.js-mark', ({ currentTarget }) => {
    const row = currentTarget.closest<HTMLElement>('.list-table__row');
    marks.set([Number(row?.dataset['id'])], (currentTarget as HTMLInputElement).checked);
    showMarks();
  });
  $table.on('change', '.js-mark-all', ({ currentTarget }) => {
    marks.set(
      visible.map(({ id }) => id),
      (currentTarget as HTMLInputElement).checked,
    );
    showMarks();
  });
  $table.on('click', '.js-happen', ({ currentTarget }) => {
    const id = Number($(currentTarget).closest('.list-table__row').attr('data-id'));
    openHappeningsMenu(host, currentTarget as HTMLElement, { element_type: 12, id });
  });
  answerClicks($table, host, (id) => all.find((row) => row.id === id), kind);

  $page.append(top.$top, actions.$bar, $table);
  $holder.append(draw('<div class="list-holder"></div>').append($page, panel.$panel));
  show();
  return {
    title,
    loaded() {
      actions.update();
    },
    changed: () => read(),
    capture: (): ListState => ({ search: top.query(), marked: marks.ids }),
    restore(state) {
      const { search, marked } = state as ListState;
      top.search(search);
      marks.set(marked, true);
      show();
    },
    close() {
      panel.close();
    },
  };
}

/** A click on a phone number or an address offers what widgets have added for it, as on a card. */
function answerClicks(
  $table: JQuery,
  host: Host,
  rowOf: (id: number) => ListRow | undefined,
  { rowType }: ListKind,
): void {
  let clicked = 0;
  $table.on('click', '.card-address__link', ({ currentTarget }) => {
    clicked = Number((currentTarget as HTMLElement).dataset['owner']);
  });
  answerAddresses($table, host, host.words(cardWords), {
    element: () => ({ id: clicked, type: rowType === 'task' ? 0 : elementTypes[rowType] }),
    personOf: (id) => rowOf(id)?.contact,
  });
}

function isShown($holder: JQuery): boolean {
  return $holder[0]?.isConnected === true;
}

function fits({ name, cells }: ListRow, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return true;
  const texts = cells.flatMap((cell) =>
    typeof cell === 'string' ? [cell] : Object.values(cell).map(String),
  );
  return [name, ...texts].some((text) => text.toLowerCase().includes(wanted));
}

function check($checkbox: JQuery, isChecked: boolean): void {
  $checkbox.prop('checked', isChecked).closest('.control-checkbox').toggleClass('is-checked', isChecked);
}

/** What gives the focus back to the row that has it now. */
function focusedRow($table: JQuery): (() => void) | undefined {
  const { activeElement } = document;
  if (activeElement === null || !$.contains($table[0] as Element, activeElement)) return undefined;
  const id = activeElement.closest<HTMLElement>('.list-table__row')?.dataset['id'];
  const control = activeElement.matches('.js-mark') ? '.js-mark' : 'a';
  return () => {
    const $row = $table.find(`.list-table__row[data-id="${id ?? ''}"]`);
    if ($row.length > 0) $row.find(control).first().trigger('focus');
  };
}
