import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const leadSourcesPage: Page = {
  match: pathMatcher('/settings/sources/:pipeline?'),
  menu: 'settings',
  area: () => areas.leadSources,
  open: () => ({ title: 'Sources' }),
};
