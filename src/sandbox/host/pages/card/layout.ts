import { draw, escapeHtml } from '../../dom.js';
import { saveButtonHtml } from '../../save-button.js';
import type { Translate } from '../../words/words.js';
import type { commonWords } from '../../words/common.js';
import type { CardKind } from './kinds.js';
import type { CardKey } from './words.js';

type CommonKey = keyof (typeof commonWords)['en'];

/** The frame of a card: left the form, in the middle the feed; the panel of the widgets is put to the right. */
export function layout(
  kind: CardKind,
  id: number,
  {
    t,
    common,
    happenings,
  }: {
    t: Translate<CardKey>;
    common: Translate<CommonKey>;
    /** Name of the menu of what may happen from outside. */
    happenings: string;
  },
): JQuery {
  const more =
    id === 0 || (kind.type !== 'leads' && kind.type !== 'customers')
      ? ''
      : `<button type="button" class="card-icon-button card-fields__more-button" aria-haspopup="menu" aria-expanded="false"
          title="${escapeHtml(happenings)}" aria-label="${escapeHtml(happenings)}">•••</button>`;
  const title = escapeHtml(t(id === 0 ? `${kind.singular}New` : kind.singular));
  return draw(`<div class="card-holder card-holder_${kind.type}">
    <section class="card-fields" aria-label="${title}">
      <div class="card-fields__top">
        <div class="card-fields__line"><button type="button" class="card-icon-button card-fields__back"
          aria-label="${escapeHtml(common('back'))}">‹</button>
          <h1 class="card-fields__title">${title}${id === 0 ? '' : ` <span class="card-fields__id">#${id}</span>`}</h1>
          ${more}</div>
      </div>
      <div class="card-fields__scroll" tabindex="-1"></div>
      <div class="card-fields__save h-hidden">
        ${saveButtonHtml('card-save', '', escapeHtml(common('save')))}
        <button type="button" class="button-cancel card-cancel">${escapeHtml(common('cancel'))}</button>
        <p class="card-fields__error h-hidden" role="alert"></p>
      </div>
    </section>
    <section class="card-feed" aria-label="${escapeHtml(t('feed'))}"></section>
  </div>`);
}

/** What stands in place of a card that cannot be shown, with a way to try again or away. */
export function drawMissing($holder: JQuery, t: Translate<CardKey>, reason: string): JQuery {
  const $page = draw(`<section class="empty-page"><h1>${escapeHtml(t('missing'))}</h1>
    <p>${escapeHtml(reason)}</p>
    <p><button type="button" class="button-input card-again">${escapeHtml(t('again'))}</button>
    <a class="js-navigate-link" href="/leads/pipeline">${escapeHtml(t('toPipeline'))}</a></p></section>`);
  $holder.append($page);
  return $page;
}
