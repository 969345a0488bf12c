import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const integrationsPage: Page = {
  match: pathMatcher('/settings/widgets/:code?'),
  menu: 'settings',
  area: () => areas.settings,
  open: () => ({ title: 'Integrations' }),
};
