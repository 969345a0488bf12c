import type { Page } from '../host.js';
import { advancedSettingsPage } from './advanced-settings/index.js';
import { boardPages } from './board/index.js';
import { cardPages } from './card/index.js';
import { catalogsPage } from './catalogs/index.js';
import { dashboardPage } from './dashboard/index.js';
import { customersPipelinePage, digitalPipelinePage } from './digital-pipeline/index.js';
import { integrationsPage } from './integrations/index.js';
import { leadSourcesPage } from './lead-sources/index.js';
import { listPages } from './list/index.js';
import { notFoundPage } from './not-found/index.js';
import { salesbotPage } from './salesbot/index.js';
import { widgetPage } from './widget-page/index.js';

/** Every page of the account; the first that takes an address shows it. */
export const pages: readonly Page[] = [
  dashboardPage,
  ...boardPages,
  ...cardPages,
  ...listPages,
  integrationsPage,
  digitalPipelinePage,
  customersPipelinePage,
  advancedSettingsPage,
  widgetPage,
  salesbotPage,
  leadSourcesPage,
  catalogsPage,
  notFoundPage,
];
