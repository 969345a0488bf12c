import { areas } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import type { Page } from '../../host.js';
import { notFoundWords } from './words.js';

/** Takes every address that no other page takes. */
export const notFoundPage: Page = {
  match: (path) => ({ path }),
  menu: 'leads',
  area: () => areas.dashboard,
  open($holder, host, { path = '' }) {
    const t = host.words(notFoundWords);
    $holder.append(
      draw(`<section class="empty-page"><h1>${escapeHtml(t('title'))}</h1>
        <p>${escapeHtml(t('text', { path }))}</p>
        <p><a class="js-navigate-link" href="/leads/pipeline">${escapeHtml(t('home'))}</a></p></section>`),
    );
    return { title: t('title') };
  },
};
