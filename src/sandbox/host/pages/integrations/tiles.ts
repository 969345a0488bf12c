import { escapeHtml } from '../../dom.js';
import type { SessionWidget } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import { logoOf, nameOf } from './manifest.js';
import { stateHtml } from './state-badge.js';
import type { IntegrationsWord } from './words.js';

/** A button for each widget: logo, name and state. */
export function tilesHtml(widgets: readonly SessionWidget[], t: Translate<IntegrationsWord>): string {
  if (widgets.length === 0) return `<p class="widgets-list__empty">${escapeHtml(t('empty'))}</p>`;
  return widgets.map((widget) => tileHtml(widget, t)).join('');
}

function tileHtml(widget: SessionWidget, t: Translate<IntegrationsWord>): string {
  const name = nameOf(widget);
  return `<button type="button" class="widget-card" data-code="${escapeHtml(widget.code)}" aria-haspopup="dialog">
    <span class="widget-card__logo">${logoHtml(widget, ['logo_medium', 'logo_main', 'logo_small', 'logo'])}</span>
    <span class="widget-card__name">${escapeHtml(name)}</span>
    ${stateHtml(widget, t)}</button>`;
}

/** The first of these logos, or the first letter of the name. */
export function logoHtml(widget: SessionWidget, names: readonly string[]): string {
  const logo = logoOf(widget, names);
  if (logo !== undefined) {
    return `<img class="widget_main_info__logo" src="${escapeHtml(`${logo}?v=${widget.version}`)}" alt="">`;
  }
  const letter = String.fromCodePoint(nameOf(widget).codePointAt(0) ?? 63);
  return `<span class="widget-logo-letter" aria-hidden="true">${escapeHtml(letter.toUpperCase())}</span>`;
}
