import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const listPage: Page = {
  match: pathMatcher('/leads/list'),
  menu: 'leads',
  area: () => areas.leads,
  open: () => ({ title: 'Leads' }),
};
