import { areas } from '../../area.js';
import { pathMatcher, type Page } from '../../host.js';

export const digitalPipelinePage: Page = {
  match: pathMatcher('/settings/pipeline/leads/:pipeline?'),
  menu: 'leads',
  area: () => areas.digitalPipeline,
  open: () => ({ title: 'Pipeline' }),
};
