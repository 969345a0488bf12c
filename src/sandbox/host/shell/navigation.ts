import { draw, escapeHtml } from '../dom.js';
import { $ } from '../jquery.js';
import type { Host, MenuItem } from '../host.js';
import { navigationWords } from './words.js';

/** Draws the left navigation with the open page's item marked. It is drawn anew for every page. */
export function drawNavigation(host: Host, current: MenuItem): void {
  const t = host.words(navigationWords);
  const items = [
    ['leads', '/leads/pipeline', t('leads')],
    ['settings', '/settings/widgets', t('settings')],
  ] as const;
  $('#left_menu').remove();
  const $menu =
    draw(`<nav id="left_menu" class="nav" aria-label="${escapeHtml(t('menu'))}"><ul class="nav__menu">
    ${items
      .map(
        ([
          item,
          path,
          title,
        ]) => `<li class="nav__menu__item${item === current ? ' nav__menu__item-selected' : ''}">
          <a class="nav__menu__item__link js-navigate-link" href="${path}"${item === current ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`,
      )
      .join('')}</ul></nav>`);
  $(document.body).prepend($menu);
}
