import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const catalogsPage: Page = {
  match: pathMatcher('/catalogs/:id?'),
  menu: 'catalogs',
  area: () => areas.catalogs,
  open: () => ({ title: 'Lists' }),
};
