import { areas } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import { pathMatcher, type Page } from '../../host.js';
import { openBotList } from './bot-list.js';
import { openDesigner } from './designer.js';
import { botWords } from './words.js';

/** Settings → Salesbot: the account's bots, and the designer of one (`platform/widget.md §1.6`, `§4.1`). */
export const salesbotPage: Page = {
  match: pathMatcher('/settings/salesbot/:bot?'),
  menu: 'settings',
  area: () => areas.settings,
  async open($holder, host, { bot: id }) {
    if (id === undefined) return openBotList($holder, host);
    const bot = (await host.api.bots()).find((one) => String(one.id) === id);
    if (bot !== undefined) return openDesigner($holder, host, bot);
    const t = host.words(botWords);
    $holder.append(
      draw(`<section class="empty-page"><h1>${escapeHtml(t('title'))}</h1><p>${escapeHtml(t('noBot', { id }))}</p>
        <p><a class="js-navigate-link" href="/settings/salesbot">${escapeHtml(t('title'))}</a></p></section>`),
    );
    return { title: t('title') };
  },
};
