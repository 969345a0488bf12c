import { draw, escapeHtml } from '../../dom.js';
import type { Host, OpenPage } from '../../host.js';
import type { BotView } from '../../../wire.js';
import { botWords } from './words.js';

/** Settings → Salesbot: the account's bots. */
export async function openBotList($holder: JQuery, host: Host): Promise<OpenPage> {
  const t = host.words(botWords);
  const $page = draw(`<section class="bot-page"><header class="page-header"><h1>${escapeHtml(t('title'))}</h1>
    <button type="button" class="button-input button-input_blue bot-page__new js-new-bot"><span class="button-input-inner"><span
      class="button-input-inner__text">${escapeHtml(t('newBot'))}</span></span></button></header>
    <ul class="bot-list" aria-label="${escapeHtml(t('title'))}"></ul></section>`);
  const show = (bots: readonly BotView[]): void => {
    const items =
      bots.length === 0
        ? `<li class="bot-list__none">${escapeHtml(t('noBots'))}</li>`
        : bots.map(({ id, name, steps }) => {
            const number = Object.values(steps).filter(({ question }) => question.length > 0).length;
            return `<li class="bot-list__item"><a class="js-navigate-link" href="/settings/salesbot/${id}">${escapeHtml(name)}</a>
              <span>${escapeHtml(t('stepCount', { number }))}</span></li>`;
          });
    $page
      .find('.bot-list')
      .empty()
      .append(draw([items].flat().join('')));
  };
  $holder.append($page);
  show(await host.api.bots());
  $page.on('click', '.js-new-bot', () => {
    void host.api
      .addBot({ name: t('newBotName'), steps: [{ question: [] }] })
      .then(({ id }) => host.router.go(`/settings/salesbot/${id}`));
  });
  return {
    title: t('title'),
    async changed({ event }) {
      if (event === 'bot_changed') show(await host.api.bots());
    },
  };
}
