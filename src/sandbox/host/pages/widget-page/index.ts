import { widgetPageArea } from '../../area.js';
import { escapeHtml } from '../../dom.js';
import { menuItems, pathMatcher, type MenuItem, type Page } from '../../host.js';
import { drawFrame, nameIn } from '../advanced-settings/frame.js';
import type { MenuPage } from '../../../../kommo/callbacks.js';
import type { SessionWidget } from '../../../wire.js';

const match = pathMatcher('/widget_page/:code/:item?/:subitem?');

interface Item {
  readonly title?: unknown;
  readonly submenu?: Readonly<Record<string, Item>>;
}

/** A widget's own page in the left menu (`platform/widget.md §1.8`, `§4.1`). */
export const widgetPage: Page = {
  match,
  // The item depends on the address, which the router has set before it draws a page.
  get menu(): MenuItem {
    const { code = '', item = '' } = match(location.pathname) ?? {};
    return menuItems.find((own) => own === item) ?? `${code}:${item}`;
  },
  area: ({ code = '' }) => widgetPageArea(code),
  open($holder, host, { code = '', item, subitem }) {
    return drawFrame($holder, host, {
      code,
      location: 'widget_page',
      callback: 'initMenuPage',
      title: (widget) => titleOf(widget, item, subitem),
      content: `<div id="work-area-${escapeHtml(code)}" class="work-area"></div>`,
      call: () => void host.lifecycle.call(code, 'initMenuPage', menuPage(item, subitem)),
    });
  },
};

/**
 * What `initMenuPage` gets. Where the widget has only put subitems under an item of the platform, `location` is that
 * item: the documentation names `stats` and `settings`, and gives `item_code` only for items of the widget itself.
 */
function menuPage(item: string | undefined, subitem: string | undefined): MenuPage {
  const codes = { ...(subitem !== undefined && { subitem_code: subitem }) };
  if (item === 'stats' || item === 'settings') return { location: item, ...codes };
  return { location: 'widget_page', ...(item !== undefined && { item_code: item }), ...codes };
}

function titleOf(widget: SessionWidget, item = '', subitem = ''): string {
  const items = (widget.manifest['left_menu'] ?? {}) as Readonly<Record<string, Item | undefined>>;
  const below = items[item]?.submenu?.[subitem];
  const name = nameIn(widget, items[item]?.title, item === '' ? undefined : item);
  return below === undefined ? name : nameIn(widget, below.title, name);
}
