import type { Page } from '../host.js';
import { advancedSettingsPage } from './advanced-settings/index.js';
import { boardPage } from './board/index.js';
import { cardPage } from './card/index.js';
import { catalogsPage } from './catalogs/index.js';
import { digitalPipelinePage } from './digital-pipeline/index.js';
import { integrationsPage } from './integrations/index.js';
import { leadSourcesPage } from './lead-sources/index.js';
import { listPage } from './list/index.js';
import { notFoundPage } from './not-found/index.js';
import { salesbotPage } from './salesbot/index.js';
import { widgetPage } from './widget-page/index.js';

/** Every page of the account; the first that takes an address shows it. */
export const pages: readonly Page[] = [
  boardPage,
  cardPage,
  listPage,
  integrationsPage,
  digitalPipelinePage,
  advancedSettingsPage,
  widgetPage,
  salesbotPage,
  leadSourcesPage,
  catalogsPage,
  notFoundPage,
];
