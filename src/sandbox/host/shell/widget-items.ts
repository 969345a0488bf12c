import { escapeHtml } from '../dom.js';
import { menuItems, type Host } from '../host.js';
import { textOf } from '../words/look-up.js';
import type { SessionWidget } from '../../wire.js';
import type { MenuEntry, MenuLink } from './entries.js';
import { icons } from './icons.js';
import { navigationWords } from './words.js';

type Item = Readonly<Record<string, unknown>>;

/**
 * The menu with what active widgets put into it by `left_menu` (`platform/widget.md §1.8`):
 *
 * | item | what becomes of it |
 * |---|---|
 * | a name of the widget's own | an item of its own, behind the one in `sort.after`, or before Settings |
 * | `stats`, `settings` | its submenu is added to the account's |
 * | any of the account's but `settings`, with `is_hidden` | goes from the menu, in amoCRM only |
 *
 * Whatever else a manifest says there is passed over.
 */
export function withWidgets(host: Host, own: readonly MenuEntry[]): MenuEntry[] {
  const { session } = host;
  let entries = [...own];
  for (const widget of session.widgets.filter(({ is_active }) => is_active)) {
    for (const [code, item] of itemsIn(widget.manifest['left_menu'])) {
      if (!isSystem(code)) {
        entries.splice(placeOf(entries, asItem(item['sort'])?.['after']), 0, widgetEntry(widget, code, item));
      } else if (code === 'stats' || code === 'settings') {
        entries = withLinks(host, entries, code, linksOf(widget, code, item));
      }
      if (session.account.flavour === 'amocrm' && item['is_hidden'] === true && code !== 'settings') {
        entries = entries.filter((entry) => entry.item !== code);
      }
    }
  }
  return entries;
}

function widgetEntry(widget: SessionWidget, code: string, item: Item): MenuEntry {
  return {
    item: `${widget.code}:${code}`,
    title: nameOf(widget, item, code),
    path: addressOf(widget, code),
    icon: iconOf(widget, item['icon']),
    widget: { code: widget.code, item: code },
    links: linksOf(widget, code, item),
  };
}

/** Statistics have no page in the sandbox: their item is there as soon as a widget has something below it. */
function withLinks(
  host: Host,
  entries: readonly MenuEntry[],
  item: 'stats' | 'settings',
  links: readonly MenuLink[],
): MenuEntry[] {
  const [first] = links;
  if (first === undefined) return [...entries];
  if (!entries.some((entry) => entry.item === item)) {
    const { path } = first;
    const title = host.words(navigationWords)('stats');
    return entries.toSpliced(placeOf(entries, item), 0, { item, title, path, icon: icons.stats, links });
  }
  return entries.map((entry) =>
    entry.item === item ? { ...entry, links: [...entry.links, ...links] } : entry,
  );
}

/**
 * Behind the item of that name and the widgets' that are there already; where the sandbox has no such item, where
 * it would be. What the platform does without `after` is unknown: here it comes before Settings.
 */
function placeOf(entries: readonly MenuEntry[], after: unknown): number {
  const rankOf = (item: unknown): number => menuItems.findIndex((one) => one === item);
  const rank = rankOf(after) === -1 ? rankOf('settings') - 1 : rankOf(after);
  const next = entries.findIndex(({ item }) => rankOf(item) > rank);
  return next === -1 ? entries.length : next;
}

/** The shape of `sort` in a submenu is not documented: a number orders, anything else leaves the order as it is. */
function linksOf(widget: SessionWidget, code: string, item: Item): MenuLink[] {
  return itemsIn(item['submenu'])
    .sort(([, one], [, other]) => (Number(one['sort']) || 0) - (Number(other['sort']) || 0))
    .map(([subitem, link]) => ({
      title: nameOf(widget, link, subitem),
      path: addressOf(widget, code, subitem),
    }));
}

function addressOf({ code }: SessionWidget, ...steps: readonly string[]): string {
  return ['/widget_page', ...[code, ...steps].map(encodeURIComponent)].join('/');
}

function iconOf({ path, version, files }: SessionWidget, icon: unknown): string {
  const file = typeof icon === 'string' ? icon.replace(/^\/+/, '') : '';
  return files.includes(file)
    ? `<img src="${escapeHtml(`${path}/${file}?v=${version}`)}" alt="" width="22" height="22">`
    : icons.widget;
}

function nameOf({ words }: SessionWidget, { title }: Item, otherwise: string): string {
  return typeof title === 'string' ? textOf(words, title) : otherwise;
}

function itemsIn(value: unknown): [string, Item][] {
  return Object.entries(asItem(value) ?? {}).flatMap(([code, one]): [string, Item][] => {
    const item = asItem(one);
    return item === undefined ? [] : [[code, item]];
  });
}

function asItem(value: unknown): Item | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : undefined;
}

function isSystem(code: string): boolean {
  return menuItems.some((item) => item === code);
}
