import { draw, escapeHtml } from '../../dom.js';
import type { EntityType } from '../../../account/state.js';
import type { Translate } from '../../words/words.js';
import { addressHtml } from './addresses.js';
import { linkContactHtml } from './link-contact.js';
import { cardPath, type CardKind } from './kinds.js';
import { coded, type CardData, type LinkedEntity } from './read-card.js';
import type { CardKey } from './words.js';

/** What each kind of card shows below its fields, in this order. */
const shown: Readonly<Record<EntityType, readonly EntityType[]>> = {
  leads: ['contacts', 'companies'],
  customers: ['contacts', 'companies'],
  contacts: ['companies', 'leads', 'customers'],
  companies: ['contacts', 'leads', 'customers'],
};

/** The people, companies, leads and customers that the card is linked to. Of several contacts one is the main one. */
export function drawLinked(
  $holder: JQuery,
  kind: CardKind,
  { entity, linked }: CardData,
  t: Translate<CardKey>,
): void {
  $holder.empty();
  for (const type of shown[kind.type]) {
    const entities = linked[type];
    if (entities.length === 0 && type !== 'contacts') continue;
    const items = entities.map((one) => itemHtml(t, kind, type, one, entities.length > 1)).join('');
    $holder.append(
      draw(`<section class="card-linked" aria-label="${escapeHtml(t(type))}">
        <h2 class="card-linked__title">${escapeHtml(t(type))}</h2>
        ${items === '' ? `<p class="card-linked__none">${escapeHtml(t('noContacts'))}</p>` : `<ul class="card-linked__list">${items}</ul>`}
        ${type === 'contacts' && entity.id !== 0 ? linkContactHtml(t) : ''}
        </section>`),
    );
  }
}

function itemHtml(
  t: Translate<CardKey>,
  kind: CardKind,
  type: EntityType,
  entity: LinkedEntity,
  isOneOfSeveral: boolean,
): string {
  const addresses = (['phone', 'email'] as const).flatMap((address) =>
    coded(entity, address === 'phone' ? 'PHONE' : 'EMAIL').map(
      (value) => `<li>${addressHtml(t, address, value, entity.id)}</li>`,
    ),
  );
  return `<li class="card-linked__item${entity.isMain ? ' card-linked__item_main' : ''}">
    <div class="card-linked__head"><a class="card-linked__name js-navigate-link" href="${cardPath(type, entity.id)}">${escapeHtml(
      entity.name === '' ? t('noName') : entity.name,
    )}</a>${mainHtml(t, kind, type, entity, isOneOfSeveral)}${type === 'contacts' ? unlinkHtml(t, entity) : ''}</div>
    ${addresses.length === 0 ? '' : `<ul class="card-linked__addresses">${addresses.join('')}</ul>`}</li>`;
}

function mainHtml(
  t: Translate<CardKey>,
  { type: cardType }: CardKind,
  type: EntityType,
  { id, isMain, name }: LinkedEntity,
  isOneOfSeveral: boolean,
): string {
  if (type !== 'contacts' || (cardType !== 'leads' && cardType !== 'customers')) return '';
  if (isMain) {
    return `<span class="card-linked__main"><span aria-hidden="true">★</span> ${escapeHtml(t('mainContact'))}</span>`;
  }
  if (!isOneOfSeveral) return '';
  return `<button type="button" class="card-link-button card-linked__make-main" data-id="${id}"
    aria-label="${escapeHtml(`${t('makeMain')}: ${name}`)}">${escapeHtml(t('makeMain'))}</button>`;
}

function unlinkHtml(t: Translate<CardKey>, { id, name }: LinkedEntity): string {
  return `<button type="button" class="card-icon-button card-linked__unlink" data-id="${id}"
    aria-label="${escapeHtml(`${t('unlink')}: ${name}`)}">×</button>`;
}
