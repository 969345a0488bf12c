import { areas } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import type { Translate } from '../../words/words.js';
import { readCards, type BoardCard } from '../board/cards.js';
import { boardKinds, type BoardPlace } from '../board/kinds.js';
import { dashboardWords, type DashboardWord } from './words.js';

/** How many leads each stage has: a page that belongs to no location, where widgets of every page run. */
export const dashboardPage: Page = {
  match: pathMatcher('/dashboard'),
  menu: 'dashboard',
  area: () => areas.dashboard,
  async open($holder, host): Promise<OpenPage> {
    const t = host.words(dashboardWords);
    const first = await pipelinesHtml(host, t);
    const $page =
      draw(`<section class="dashboard"><header class="page-header"><h1>${escapeHtml(t('title'))}</h1></header>
      <div class="dashboard__pipelines">${first}</div></section>`).appendTo($holder);
    let reading = 0;
    return {
      title: t('title'),
      async changed({ type }) {
        if (type !== 'leads') return;
        const mine = ++reading;
        const html = await pipelinesHtml(host, t);
        if (mine === reading) $page.find('.dashboard__pipelines').empty().append(draw(html));
      },
    };
  },
};

async function pipelinesHtml(host: Host, t: Translate<DashboardWord>): Promise<string> {
  const kind = boardKinds.find(({ type }) => type === 'leads');
  if (kind === undefined) return '';
  const parts = host.session.pipelines.map(async ({ id }) => {
    const place = kind.place(host.session, id);
    return pipelineHtml(host, t, place, await readCards(host.api, kind, place));
  });
  return (await Promise.all(parts)).join('');
}

function pipelineHtml(
  { session }: Host,
  t: Translate<DashboardWord>,
  { pipeline, stages }: BoardPlace,
  cards: readonly BoardCard[],
): string {
  const money = new Intl.NumberFormat(session.switches.language, {
    style: 'currency',
    currency: session.account.currency,
    maximumFractionDigits: 0,
  });
  const most = Math.max(1, ...stages.map(({ id }) => cards.filter(({ stage }) => stage === id).length));
  const rows = stages.map(({ id, name, color }) => {
    const mine = cards.filter(({ stage }) => stage === id);
    const sum = mine.reduce((total, card) => total + card.sum, 0);
    const bar = `<span class="dashboard__bar" style="width:${Math.round((mine.length / most) * 100)}%;background:${escapeHtml(color)}"></span>`;
    return `<tr><th scope="row"><span>${escapeHtml(name)}</span>${bar}</th><td>${mine.length}</td><td>${escapeHtml(money.format(sum))}</td></tr>`;
  });
  const title = escapeHtml(pipeline?.name ?? '');
  return `<section class="page-block dashboard__pipeline" aria-label="${title}">
    <h2><a class="js-navigate-link" href="/leads/pipeline/${pipeline?.id ?? ''}">${title}</a></h2>
    <table><thead><tr><th scope="col">${escapeHtml(t('stage'))}</th><th scope="col">${escapeHtml(t('leads'))}</th>
      <th scope="col">${escapeHtml(t('sum'))}</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}
