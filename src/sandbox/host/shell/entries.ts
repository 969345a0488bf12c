import { textOf } from '../words/look-up.js';
import type { Host, MenuItem } from '../host.js';
import { icons } from './icons.js';
import { navigationWords } from './words.js';

/** A link of a submenu. */
export interface MenuLink {
  readonly title: string;
  readonly path: string;
}

/** An item of the left menu; `links` open beside it. */
export interface MenuEntry extends MenuLink {
  readonly item: MenuItem;
  /** HTML. */
  readonly icon: string;
  /** Of a widget's own item: what it is known by (`platform/widget.md §12`). */
  readonly widget?: { readonly code: string; readonly item: string };
  readonly links: readonly MenuLink[];
}

/**
 * The account's own items that lead to a page of the sandbox. Mail and statistics have none; a widget may still put
 * pages below statistics.
 */
export function ownEntries(host: Host): MenuEntry[] {
  const t = host.words(navigationWords);
  const people: readonly MenuLink[] = [
    { title: t('contacts'), path: '/contacts/list/contacts' },
    { title: t('companies'), path: '/companies/list' },
  ];
  return [
    { item: 'dashboard', title: t('dashboard'), path: '/dashboard', icon: icons.dashboard, links: [] },
    {
      item: 'leads',
      title: t('leads'),
      path: '/leads/pipeline',
      icon: icons.leads,
      links: [
        ...pipelineLinks(host),
        { title: t('leadList'), path: '/leads/list' },
        ...people,
        { title: t('digitalPipeline'), path: '/settings/pipeline/leads' },
      ],
    },
    {
      item: 'customers',
      title: t('customers'),
      path: '/customers/list',
      icon: icons.customers,
      links: [
        { title: t('customerList'), path: '/customers/list' },
        { title: t('customerBoard'), path: '/customers/pipeline' },
        { title: t('digitalPipeline'), path: '/settings/pipeline/customers' },
      ],
    },
    { item: 'tasks', title: t('tasks'), path: '/todo/list', icon: icons.tasks, links: [] },
    {
      item: 'catalogs',
      title: t('lists'),
      path: '/catalogs',
      icon: icons.catalogs,
      links: [{ title: t('lists'), path: '/catalogs' }, ...people],
    },
    {
      item: 'settings',
      title: t('settings'),
      path: '/settings/widgets',
      icon: icons.settings,
      links: [
        { title: t('integrations'), path: '/settings/widgets' },
        { title: t('digitalPipeline'), path: '/settings/pipeline/leads' },
        { title: t('salesbots'), path: '/settings/salesbot' },
        { title: t('sources'), path: '/settings/sources' },
        ...advancedLinks(host),
      ],
    },
  ];
}

function pipelineLinks({ session }: Host): MenuLink[] {
  return [...session.pipelines]
    .filter(({ is_archive }) => !is_archive)
    .sort((one, other) => one.sort - other.sort)
    .map(({ id, name }) => ({ title: name, path: `/leads/pipeline/${id}` }));
}

/** Own pages of widgets in Settings, by their `advanced.title` (`platform/widget.md §1.2`). */
function advancedLinks({ session }: Host): MenuLink[] {
  return session.widgets.flatMap(({ code, is_active, manifest, words }) => {
    const { advanced } = manifest;
    if (!is_active || typeof advanced !== 'object' || advanced === null) return [];
    const { title } = advanced as { readonly title?: unknown };
    return [
      {
        title: typeof title === 'string' ? textOf(words, title) : code,
        path: `/settings/advanced/${encodeURIComponent(code)}`,
      },
    ];
  });
}
