import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const cardPage: Page = {
  match: pathMatcher('/leads/detail/:id'),
  menu: 'leads',
  area: () => areas.leadCard,
  open: () => ({ title: 'Lead' }),
};
