import { fillModal } from '../../fill-modal.js';
import { areas } from '../../area.js';
import { draw, escapeHtml } from '../../dom.js';
import { pathMatcher, type Host, type OpenPage, type Page } from '../../host.js';
import { Modal } from '../../modal.js';
import { textOf } from '../../words/look-up.js';
import type { Translate } from '../../words/words.js';
import { products, productsId, type DemoElement } from './demo.js';
import { catalogWords, type CatalogWord } from './words.js';

/** The account's lists, and the elements of one (`platform/widget.md §3.2`, `§4.1`). */
export const catalogsPage: Page = {
  match: pathMatcher('/catalogs/:id?'),
  menu: 'catalogs',
  area: () => areas.catalogs,
  open: ($holder, host, { id }) =>
    id === undefined ? openLists($holder, host) : openElements($holder, host, id),
};

function openLists($holder: JQuery, host: Host): OpenPage {
  const t = host.words(catalogWords);
  const lists = [
    { path: '/contacts/list/contacts', name: t('contacts') },
    { path: '/companies/list', name: t('companies') },
    { path: `/catalogs/${productsId}`, name: t('products') },
  ];
  const items = lists.map(
    ({ path, name }) =>
      `<li><a class="js-navigate-link catalogs__list" href="${path}">${escapeHtml(name)}</a></li>`,
  );
  $holder.append(
    draw(`<section class="catalogs"><header class="page-header"><h1>${escapeHtml(t('title'))}</h1></header>
      <ul class="catalogs__lists">${items.join('')}</ul></section>`),
  );
  return { title: t('title') };
}

function openElements($holder: JQuery, host: Host, id: string): OpenPage {
  const t = host.words(catalogWords);
  if (id !== String(productsId)) {
    $holder.append(
      draw(`<section class="empty-page"><h1>${escapeHtml(t('title'))}</h1><p>${escapeHtml(t('unknown', { id }))}</p>
        <p><a class="js-navigate-link" href="/catalogs">${escapeHtml(t('title'))}</a></p></section>`),
    );
    return { title: t('title') };
  }
  const $page = draw(elementsHtml(host, t));
  const showOwner = (): void => {
    const code = ownerOf(host);
    const name = textOf(host.widget(code ?? '')?.words, 'widget.name');
    $page
      .find('.catalogs__owner')
      .text(code === undefined ? t('free', { id: productsId }) : t('taken', { name }));
  };
  $holder.append($page);
  $page.on('click', '.js-open-element', ({ currentTarget }) => {
    const element = products.find((one) => String(one.id) === (currentTarget as HTMLElement).dataset['id']);
    if (element === undefined) return;
    const code = ownerOf(host);
    if (code !== undefined && host.lifecycle.has(code, 'loadCatalogElement')) {
      host.lifecycle.call(code, 'loadCatalogElement', { ...element, catalog_id: productsId });
    } else openElement(host, t, element);
  });
  // A widget may take the list over as soon as it starts here.
  const stop = host.app.sdkCatalogs.watch(showOwner);
  showOwner();
  return { title: t('products'), loaded: showOwner, close: stop };
}

/**
 * The live widget that has taken the list over: in this page, or before its settings were saved, with which the
 * number was stored.
 */
function ownerOf({ app, lifecycle, session }: Host): string | undefined {
  const now = app.sdkCatalogs.all.find(({ id }) => id === productsId)?.widget;
  const stored = session.widgets.find(
    ({ settings }) => Number(settings['sdk_catalog_id']) === productsId,
  )?.code;
  return [now, stored].find((code) => code !== undefined && lifecycle.codes().includes(code));
}

function elementsHtml(host: Host, t: Translate<CatalogWord>): string {
  const rows = products.map(
    ({ id, name, sku, price, quantity }) => `<tr class="list-table__row"><td class="catalogs__name">
        <button type="button" class="catalogs__element js-open-element" data-id="${id}">${escapeHtml(name)}</button></td>
      <td>${escapeHtml(sku)}</td><td>${escapeHtml(money(host, price))}</td><td>${quantity}</td></tr>`,
  );
  const headings = [t('name'), t('sku'), t('price'), t('quantity')].map(
    (text) => `<th scope="col">${escapeHtml(text)}</th>`,
  );
  return `<section class="catalogs catalogs_elements"><header class="page-header">
      <a class="js-navigate-link catalogs__back" href="/catalogs">${escapeHtml(t('title'))}</a><h1>${escapeHtml(t('products'))}</h1>
      <p class="catalogs__owner" aria-live="polite"></p></header>
    <table class="list-table" aria-label="${escapeHtml(t('products'))}"><thead><tr>${headings.join('')}</tr></thead>
      <tbody>${rows.join('')}</tbody></table></section>`;
}

/** The card of an element that no widget has taken over. */
function openElement(
  host: Host,
  t: Translate<CatalogWord>,
  { name, sku, price, quantity }: DemoElement,
): void {
  const facts = [
    [t('sku'), sku],
    [t('price'), money(host, price)],
    [t('quantity'), String(quantity)],
  ].map(([term, value]) => `<dt>${escapeHtml(term ?? '')}</dt><dd>${escapeHtml(value ?? '')}</dd>`);
  new Modal({
    class_name: 'catalog-element',
    init($body) {
      const $card =
        draw(`<div class="modal-body__inner"><h2 class="modal-body__caption head_2">${escapeHtml(name)}</h2>
        <dl class="catalogs__facts">${facts.join('')}</dl></div>`);
      fillModal($body, $card);
    },
  });
}

function money({ session }: Host, amount: number): string {
  const { switches, account } = session;
  const options = { style: 'currency', currency: account.currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(switches.language, options).format(amount);
}
