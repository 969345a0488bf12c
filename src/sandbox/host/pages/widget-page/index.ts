import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const widgetPage: Page = {
  match: pathMatcher('/widget_page/:code/:item?/:subitem?'),
  menu: 'settings',
  area: () => areas.settings,
  open: () => ({ title: 'Page' }),
};
