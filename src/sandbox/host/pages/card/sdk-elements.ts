import type { CardElement } from '../../../../kommo/card-sdk.js';
import { draw, escapeHtml } from '../../dom.js';
import type { Translate } from '../../words/words.js';
import type { CardKey } from './words.js';

export type LinkedElement = CardElement & { readonly quantity: number };

/** The elements that are linked to the card, with their quantity. */
export function drawElements(
  $holder: JQuery,
  elements: readonly LinkedElement[],
  t: Translate<CardKey>,
): void {
  const rows = elements.map((element) => {
    const name = text(element.name);
    return `<tr><th scope="row">${name}<small>${text(element.sku)}</small></th>
      <td>${text(element.price)}</td>
      <td><input class="text-input card-input card-sdk__quantity" type="number" min="1" value="${element.quantity}"
        data-id="${text(element.id)}" aria-label="${escapeHtml(t('quantity'))}: ${name}"></td>
      <td><button type="button" class="card-icon-button card-sdk__unlink" data-id="${text(element.id)}"
        aria-label="${escapeHtml(t('unlink'))}: ${name}">×</button></td></tr>`;
  });
  $holder.empty().append(
    rows.length === 0
      ? draw(`<p class="card-sdk__none">${escapeHtml(t('noElements'))}</p>`)
      : draw(`<table class="card-sdk__table"><thead><tr><th scope="col">${escapeHtml(t('element'))}</th>
          <th scope="col">${escapeHtml(t('price'))}</th><th scope="col">${escapeHtml(t('quantity'))}</th><td></td></tr></thead>
          <tbody>${rows.join('')}</tbody></table>`),
  );
}

/** Elements that can be linked. */
export function drawFound($holder: JQuery, elements: readonly CardElement[], t: Translate<CardKey>): void {
  $holder.empty();
  if (elements.length === 0) {
    $holder.append(draw(`<p class="card-sdk__none">${escapeHtml(t('nothingFound'))}</p>`));
    return;
  }
  const items = elements.map(
    (element) => `<li><button type="button" class="card-sdk__link" data-id="${text(element.id)}">
      <span>${text(element.name)} <small>${text(element.sku)}</small></span>
      <span>${text(element.price)}</span></button></li>`,
  );
  $holder.append(draw(`<ul class="card-sdk__list">${items.join('')}</ul>`));
}

/** Widgets answer what they like. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? escapeHtml(String(value)) : '';
}
