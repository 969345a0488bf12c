import { escapeHtml } from '../../dom.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { BoardCard } from './cards.js';
import type { BoardKind, BoardPlace, Stage } from './kinds.js';
import type { BoardWord } from './words.js';

/** Header and stages, still without cards. */
export function boardHtml(
  { session }: Host,
  t: Translate<BoardWord>,
  { type, list, automation }: BoardKind,
  place: BoardPlace,
): string {
  const title = escapeHtml(place.pipeline?.name ?? t(type));
  const heading =
    place.pipeline === undefined || session.pipelines.length < 2
      ? title
      : `<button type="button" class="board__choice js-choose-pipeline" aria-haspopup="menu" aria-expanded="false">${title}</button>`;
  return `<section class="board board_${type}">
    <header class="page-header"><h1>${heading}</h1>
      <nav class="page-header__views" aria-label="${escapeHtml(t('views'))}">
        <a class="js-navigate-link" href="${escapeHtml(location.pathname)}" aria-current="page">${escapeHtml(t('board'))}</a>
        <a class="js-navigate-link" href="${list}">${escapeHtml(t('list'))}</a></nav>
      <span class="board__total"></span>
      <span class="page-header__actions">
        <a class="button-input js-navigate-link" href="${automation(place)}">${escapeHtml(t('automate'))}</a>
        <button type="button" class="button-input button-input_blue js-new-card">${escapeHtml(t(`new_${type}`))}</button></span></header>
    <p class="visually-hidden" id="board_help">${escapeHtml(t('help'))}</p>
    <div class="board__live visually-hidden" aria-live="assertive"></div>
    <div class="board__scroller" tabindex="0" role="region" aria-label="${escapeHtml(t('stages'))}">
      <div class="board__stages">${place.stages.map((stage) => stageHtml(stage, session.account.language)).join('')}</div></div></section>`;
}

/** One card. An incoming lead can be accepted and declined; others have a menu of what may happen to them. */
export function cardHtml(
  host: Host,
  t: Translate<BoardWord>,
  { type }: BoardKind,
  card: BoardCard,
  isIncoming: boolean,
): string {
  const { id, name, sum, date, contact, tags } = card;
  const { language } = host.session.switches;
  const day = new Date(date * 1000).toLocaleDateString(language, {
    day: 'numeric',
    month: 'short',
    timeZone: host.session.account.timezone,
  });
  const title = name === '' ? t('unnamed', { id }) : name;
  const person =
    contact === undefined
      ? ''
      : `<a class="board-card__contact js-navigate-link" href="/contacts/detail/${contact.id}" draggable="false">${escapeHtml(contact.name)}</a>`;
  const actions = isIncoming
    ? `<div class="board-card__decision"><button type="button" class="button-input js-accept" aria-label="${escapeHtml(`${t('accept')}: ${title}`)}">${escapeHtml(t('accept'))}</button>
      <button type="button" class="button-input js-decline" aria-label="${escapeHtml(`${t('decline')}: ${title}`)}">${escapeHtml(t('decline'))}</button></div>`
    : '';
  const menu = isIncoming
    ? ''
    : `<button type="button" class="board-card__menu js-card-menu" aria-haspopup="menu" aria-expanded="false" aria-label="${escapeHtml(t('menu', { name: title }))}">…</button>`;
  return `<article class="board-card" data-id="${id}" tabindex="0" role="group"
    aria-roledescription="${escapeHtml(t(`card_${type}`))}" aria-label="${escapeHtml(title)}" aria-describedby="board_help">
    <div class="board-card__line"><span class="board-card__person">${person}</span><time class="board-card__date">${escapeHtml(day)}</time></div>
    <a class="board-card__name js-navigate-link" href="/${type}/detail/${id}" draggable="false">${escapeHtml(title)}</a>
    <div class="board-card__line"><span class="board-card__sum">${escapeHtml(money(host, sum))}</span>${menu}</div>
    ${tags.length === 0 ? '' : `<div class="board-card__tags">${tags.map((tag) => `<span class="board-card__tag">${escapeHtml(tag)}</span>`).join('')}</div>`}${actions}</article>`;
}

/** How many cards there are, and what they are worth: of a stage, or of the whole board. */
export function summaryOf(
  host: Host,
  t: Translate<BoardWord>,
  word: 'summary' | 'total',
  cards: readonly BoardCard[],
): string {
  const sum = cards.reduce((total, card) => total + card.sum, 0);
  return t(word, { count: cards.length, sum: money(host, sum) });
}

function money({ session }: Host, amount: number): string {
  return amount.toLocaleString(session.switches.language, {
    style: 'currency',
    currency: session.account.currency,
    maximumFractionDigits: 0,
  });
}

/** @param language Of the account: capitals of its names follow that, not the user's. */
function stageHtml({ id, name, color }: Stage, language: string): string {
  return `<section class="board-stage" data-stage="${id}" aria-label="${escapeHtml(name)}">
    <header class="board-stage__head" style="border-color:${escapeHtml(color)}"><h2 lang="${escapeHtml(language)}">${escapeHtml(name)}</h2>
      <div class="board-stage__summary"></div></header>
    <div class="board-stage__cards"></div></section>`;
}
