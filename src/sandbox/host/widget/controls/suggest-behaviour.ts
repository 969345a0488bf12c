import { escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { attributeOf } from './attribute.js';
import { textOf } from './control.js';
import { controlLanguage } from './language.js';
import { activate, activeItem, itemAfterKey, tellChange } from './list-keys.js';
import { placeList } from './place.js';

const opened = 'control--suggest--list-opened';
const input = '.control--suggest--input';
const item = '.control--suggest--list--item';

/** Milliseconds without a key after which an address is asked. */
const pause = 300;

/** Shows, filters and asks for the proposals of `.control--suggest`. */
export function watchSuggests(): void {
  const asking = new WeakMap<Element, { timer?: number; request?: JQueryXHR }>();

  const ask = (field: HTMLInputElement): void => {
    const state = asking.get(field) ?? {};
    asking.set(field, state);
    clearTimeout(state.timer);
    state.timer = window.setTimeout(() => {
      state.request?.abort();
      const request = $.ajax({ url: field.dataset['url'] ?? '', data: queryOf(field), dataType: 'json' });
      state.request = request;
      request.done((answer: unknown) => {
        if (field.isConnected && document.activeElement === field) propose($(field), answer);
      });
    }, pause);
  };
  const type = (field: HTMLInputElement): void => {
    field.dataset['valueId'] = '';
    if (field.dataset['url'] !== undefined) ask(field);
    else open($(field), field.value);
  };

  $(document)
    .on('input.host', input, (event) => {
      type(event.currentTarget as HTMLInputElement);
    })
    .on('click.host', input, (event) => {
      const field = event.currentTarget as HTMLInputElement;
      if (field.dataset['url'] === undefined) open($(field), '');
    })
    .on('click.host', '.control--suggest--down-btn', (event) => {
      const $input = $(event.currentTarget).siblings(input);
      $input.trigger('focus');
      open($input, '');
    })
    .on('mousedown.host', item, (event) => {
      event.preventDefault();
    })
    .on('click.host', item, (event) => {
      choose($(event.currentTarget));
    })
    .on('click.host', '.control--suggest--clear', (event) => {
      const $input = $(event.currentTarget).siblings(input).val('').attr('data-value-id', '');
      tellChange($input);
      $input.trigger('focus');
    })
    .on('focusout.host', input, (event) => {
      close($(event.currentTarget));
    })
    .on('keydown.host', input, key);
}

function key(event: JQueryEventObject): void {
  const $input = $(event.currentTarget);
  const $list = listOf($input);
  if (!$list.hasClass(opened)) {
    if (event.key !== 'ArrowDown' || $list.children(item).length === 0) return;
    event.preventDefault();
    open($input, '');
    return;
  }
  // Home and End belong to the text.
  const $next = /^(Home|End)$/.test(event.key)
    ? undefined
    : itemAfterKey($list.children(item).filter(':visible'), event.key);
  if ($next !== undefined) activate($input, $next);
  else if (event.key === 'Escape') close($input);
  else if (event.key === 'Enter') {
    const $active = $list.children(`.${activeItem}`);
    if ($active.length > 0) choose($active);
    else close($input);
  } else return;
  event.preventDefault();
}

function open($input: JQuery, filter: string): void {
  if ($input.is('[readonly]')) return;
  const $list = listOf($input);
  const wanted = filter.trim().toLocaleLowerCase();
  $list.children('.control--suggest--empty').remove();
  $list.children(item).each((_index, one) => {
    $(one)
      .removeClass(activeItem)
      .toggleClass('h-hidden', !$(one).text().toLocaleLowerCase().includes(wanted));
  });
  const isEmpty = $list.children(item).not('.h-hidden').length === 0;
  $list.toggleClass(opened, !isEmpty);
  placeList($input, $list);
  $input.attr('aria-expanded', String(!isEmpty)).removeAttr('aria-activedescendant');
}

function close($input: JQuery): void {
  listOf($input).removeClass(opened).children().removeClass(activeItem);
  $input.attr('aria-expanded', 'false').removeAttr('aria-activedescendant');
}

function choose($item: JQuery): void {
  const $input = $item.closest('.control--suggest').children(input);
  $item.siblings().removeClass('control--suggest--list--item-selected').attr('aria-selected', 'false');
  $item.addClass('control--suggest--list--item-selected').attr('aria-selected', 'true');
  $input.val($item.text().trim()).attr('data-value-id', attributeOf($item, 'data-value-id'));
  close($input);
  tellChange($input);
  $input.trigger('suggest:changed');
}

/** Puts proposals of an address into the list: `[{ id, value }]`, `{ items: […] }`, or names by id. */
function propose($input: JQuery, answer: unknown): void {
  const rows = proposals(answer);
  const html = rows.map(
    ({ id, text }) =>
      `<li data-value-id="${escapeHtml(id)}" class="control--suggest--list--item" role="option" aria-selected="false"><span class="control--suggest--list--item-inner" title="${escapeHtml(text)}">${escapeHtml(text)}</span></li>`,
  );
  const $list = listOf($input).html(html.join(''));
  $input.trigger('suggest:loaded');
  open($input, '');
  if (rows.length > 0) return;
  $list
    .html(
      `<li class="control--suggest--empty" role="presentation">${escapeHtml(controlLanguage()('nothing_found'))}</li>`,
    )
    .addClass(opened);
}

function proposals(answer: unknown): readonly { id: string; text: string }[] {
  const { items = answer } = (answer ?? {}) as { items?: unknown };
  if (typeof items !== 'object' || items === null) return [];
  return Object.entries(items).map(([key, one]: [string, unknown]) => {
    if (typeof one !== 'object' || one === null) {
      const text = textOf(one);
      return { id: Array.isArray(items) ? text : key, text };
    }
    const { id = key, value, name } = one as { id?: unknown; value?: unknown; name?: unknown };
    return { id: textOf(id), text: textOf(value ?? name ?? id) };
  });
}

/** Where the query has no `#q#`, what was typed goes into `q`. */
function queryOf({ value, dataset }: HTMLInputElement): string {
  const query = dataset['params'] ?? '';
  const typed = encodeURIComponent(value);
  if (/#q#|%23q%23/i.test(query)) return query.replace(/#q#|%23q%23/gi, typed);
  return [query, `q=${typed}`].filter((part) => part !== '').join('&');
}

const listOf = ($input: JQuery): JQuery => $input.siblings('.control--suggest--list');
