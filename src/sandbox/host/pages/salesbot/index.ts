import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const salesbotPage: Page = {
  match: pathMatcher('/settings/salesbot/:bot?'),
  menu: 'settings',
  area: () => areas.settings,
  open: () => ({ title: 'Salesbot' }),
};
