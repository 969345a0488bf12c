import { draw, escapeHtml } from '../../dom.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import { commonWords } from '../../words/common.js';
import { listKinds, type ListKind } from './kinds.js';
import { openNewTask } from './new-task.js';
import type { ListWord } from './words.js';

export interface ListTop {
  readonly $top: JQuery;
  query(): string;
  search(query: string): void;
  /** How many rows are shown. */
  count(number: number): void;
}

/** The head of a list: its name, the lists beside it, the search field and the button for something new. */
export function drawTop(
  host: Host,
  t: Translate<ListWord>,
  kind: ListKind,
  { search, added }: { readonly search: () => void; readonly added: () => Promise<void> },
): ListTop {
  const searchWord = host.words(commonWords)('search');
  const beside = siblings(kind, t);
  const $top = draw(`<header class="page-header list-top">
    <h1 class="list-top__title">${escapeHtml(t(kind.name))}</h1>
    ${beside.length === 0 ? '' : `<nav class="list-top__lists" aria-label="${escapeHtml(t('views'))}">${beside.map(linkHtml).join('')}</nav>`}
    <input type="search" class="text-input list-top__search" placeholder="${escapeHtml(searchWord)}" aria-label="${escapeHtml(searchWord)}">
    <span class="list-top__count" aria-live="polite"></span>
    <button type="button" class="button-input button-input_blue list-top__new"><span class="button-input-inner"><span
      class="button-input-inner__text">${escapeHtml(t(`new_${kind.name}`))}</span></span></button></header>`);
  const $search = $top.find('.list-top__search');
  $search.on('input', search);
  $top.on('click', '.list-top__new', () => {
    if (kind.name === 'todo') openNewTask(host, t, added);
    else void host.router.go(`/${kind.name}/detail/add`);
  });
  return {
    $top,
    query: () => String($search.val()),
    search(query) {
      $search.val(query);
    },
    count(number) {
      $top.find('.list-top__count').text(t('shown', { number }));
    },
  };
}

interface Sibling {
  readonly path: string;
  readonly text: string;
  readonly isCurrent: boolean;
}

/** Leads have their board beside the list, contacts and companies have each other. */
function siblings(kind: ListKind, t: Translate<ListWord>): readonly Sibling[] {
  if (kind.name === 'leads') {
    return [
      { path: '/leads/pipeline', text: t('board'), isCurrent: false },
      { path: kind.path, text: t('list'), isCurrent: true },
    ];
  }
  return listKinds
    .filter(({ menu }) => kind.menu === 'catalogs' && menu === 'catalogs')
    .map(({ name, path }) => ({ path, text: t(name), isCurrent: name === kind.name }));
}

function linkHtml({ path, text, isCurrent }: Sibling): string {
  return `<a class="js-navigate-link list-top__list" href="${path}"${isCurrent ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a>`;
}
