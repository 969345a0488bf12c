import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const boardPage: Page = {
  match: pathMatcher('/leads/pipeline/:pipeline?'),
  menu: 'leads',
  area: () => areas.leadsPipeline,
  open: () => ({ title: 'Pipeline' }),
};
