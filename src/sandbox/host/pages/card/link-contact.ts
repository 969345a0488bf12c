import type { AccountApi } from '../../account-api.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Translate } from '../../words/words.js';
import type { CardKind } from './kinds.js';
import { readAll, type CardEntity } from './read-card.js';
import type { CardKey } from './words.js';

export interface LinkParts {
  readonly api: Pick<AccountApi, 'get' | 'post'>;
  readonly kind: CardKind;
  readonly id: number;
  readonly t: Translate<CardKey>;
  /** Reads the card again. */
  readonly reload: () => Promise<void>;
  /** The account refused. */
  readonly fail: (error: unknown) => void;
}

/** Milliseconds without a key after which the account is asked. */
const searchPause = 250;

/** The line under the contacts in which another one is looked for; {@link answerLinking} gives it its behaviour. */
export function linkContactHtml(t: Translate<CardKey>): string {
  return `<div class="card-link-contact"><input class="text-input card-input card-link-contact__search" type="search"
    aria-label="${escapeHtml(t('addContact'))}" placeholder="${escapeHtml(t('addContact'))}" autocomplete="off">
    <ul class="card-link-contact__found"></ul></div>`;
}

/** Links contacts, takes links away and makes a contact the main one (`platform/server.md §5.5`). */
export function answerLinking($root: JQuery, { api, kind, id, t, reload, fail }: LinkParts): void {
  let pause: number | undefined;
  const idOf = (target: Element): number => Number($(target).attr('data-id'));
  const write = (method: 'link' | 'unlink', contact: number, metadata?: { is_main: boolean }): void => {
    const link = { to_entity_id: contact, to_entity_type: 'contacts', ...(metadata && { metadata }) };
    api.post(`/${kind.type}/${id}/${method}`, [link]).then(reload).catch(fail);
  };
  const search = async (input: HTMLInputElement): Promise<void> => {
    const query = input.value.trim();
    const path = `/contacts?limit=5&query=${encodeURIComponent(query)}`;
    const found = query === '' ? [] : await readAll<CardEntity>(api, path, 'contacts');
    if (input.value.trim() !== query) return;
    const items = found.map(
      ({ id: contact, name }) =>
        `<li><button type="button" class="card-link-button card-link-contact__choose" data-id="${contact}">${escapeHtml(name)}</button></li>`,
    );
    const none = query === '' ? '' : `<li class="card-linked__none">${escapeHtml(t('nothingFound'))}</li>`;
    const $list = $(input).siblings('.card-link-contact__found').empty();
    for (const item of items.length === 0 && none !== '' ? [none] : items) $list.append(draw(item));
  };

  // What is typed here is no field of the form.
  $root.on('input change', '.card-link-contact__search', (event) => {
    event.stopPropagation();
    if (event.type !== 'input') return;
    window.clearTimeout(pause);
    pause = window.setTimeout(() => {
      search(event.currentTarget as HTMLInputElement).catch(fail);
    }, searchPause);
  });
  $root.on('click', '.card-link-contact__choose', ({ currentTarget }) => {
    write('link', idOf(currentTarget));
  });
  $root.on('click', '.card-linked__unlink', ({ currentTarget }) => {
    write('unlink', idOf(currentTarget));
  });
  $root.on('click', '.card-linked__make-main', ({ currentTarget }) => {
    write('link', idOf(currentTarget), { is_main: true });
  });
}
