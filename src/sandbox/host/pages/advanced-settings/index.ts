import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const advancedSettingsPage: Page = {
  match: pathMatcher('/settings/advanced/:code'),
  menu: 'settings',
  area: () => areas.settings,
  open: () => ({ title: 'Settings' }),
};
