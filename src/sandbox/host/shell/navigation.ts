import { draw, escapeHtml } from '../dom.js';
import { $ } from '../jquery.js';
import type { Host, MenuItem } from '../host.js';
import { ownEntries, type MenuEntry, type MenuLink } from './entries.js';
import { withWidgets } from './widget-items.js';
import { navigationWords } from './words.js';

/**
 * Draws the left navigation with the open page's item marked. It is drawn anew for every page. When the page was
 * opened from it, the submenu is shut and the focus goes to the page.
 */
export function drawNavigation(host: Host, current: MenuItem): void {
  const before = document.getElementById('left_menu');
  const hadFocus = before?.contains(document.activeElement) ?? false;
  const wasPointedAt = before?.matches(':hover') ?? false;

  before?.remove();
  const $menu = draw(navigationHtml(host, current)).prependTo(document.body);
  $menu.toggleClass('nav_quiet', wasPointedAt);
  shutWithEscape($menu);
  $menu.on('click', '.nav__skip', () => {
    $('#page_holder').trigger('focus');
  });
  if (hadFocus) $('#page_holder').trigger('focus');
}

/** Shows what a change of the session made of the menu: a widget may have come with an item, or gone. */
export function redrawNavigation(host: Host): void {
  const current = document.getElementById('left_menu')?.dataset['current'];
  if (current !== undefined) drawNavigation(host, current as MenuItem);
}

function navigationHtml(host: Host, current: MenuItem): string {
  const t = host.words(navigationWords);
  const entries = withWidgets(host, ownEntries(host));
  const name = escapeHtml(host.session.user.name);
  return `<nav id="left_menu" class="nav" aria-label="${escapeHtml(t('menu'))}" data-current="${escapeHtml(current)}">
    <button type="button" class="nav__skip">${escapeHtml(t('skip'))}</button>
    <ul class="nav__menu">${entries.map((entry) => entryHtml(entry, entry.item === current)).join('')}</ul>
    <div class="nav__user n-avatar" id="${host.session.user.id}" role="img" aria-label="${name}" title="${name}">${escapeHtml(initialsOf(host.session.user.name))}</div></nav>`;
}

/** A submenu that was shut stays so until the pointer or the focus comes to an item anew. */
function shutWithEscape($menu: JQuery): void {
  $menu.on('mouseleave', '.nav__menu__item', () => {
    $menu.removeClass('nav_quiet');
  });
  $menu.on('focusin', ({ target, relatedTarget }) => {
    const item = target.closest('.nav__menu__item');
    if (item?.contains(relatedTarget) !== true) $menu.removeClass('nav_quiet');
  });
  $menu.on('keydown', (event) => {
    if (event.key !== 'Escape') return;
    $menu.addClass('nav_quiet');
    const $item = $(event.target).closest('.nav__menu__item');
    $item.children('.nav__menu__item__link').trigger('focus');
  });
}

function entryHtml({ title, path, icon, widget, links }: MenuEntry, isCurrent: boolean): string {
  const known =
    widget === undefined
      ? ''
      : ` data-widget-code="${escapeHtml(widget.code)}" data-widget-item="${escapeHtml(widget.item)}"`;
  const submenu =
    links.length === 0
      ? ''
      : `<div class="nav__submenu"><div class="nav__submenu__title" aria-hidden="true">${escapeHtml(title)}</div>
        <ul>${links.map(linkHtml).join('')}</ul></div>`;
  const current = isCurrent ? ` aria-current="${path === location.pathname ? 'page' : 'true'}"` : '';
  return `<li class="nav__menu__item${isCurrent ? ' nav__menu__item-selected' : ''}"${known}>
    <a class="nav__menu__item__link js-navigate-link" href="${escapeHtml(path)}"${current}>
      <span class="nav__menu__item__icon" aria-hidden="true">${icon}</span><span class="nav__menu__item__title">${escapeHtml(title)}</span></a>${submenu}</li>`;
}

function linkHtml({ title, path }: MenuLink): string {
  const current = path === location.pathname ? ' aria-current="page"' : '';
  return `<li><a class="nav__submenu__link js-navigate-link" href="${escapeHtml(path)}"${current}>${escapeHtml(title)}</a></li>`;
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
}
