import { escapeHtml } from '../../dom.js';
import type { Pipeline } from '../../../account/state.js';
import type { Translate } from '../../words/words.js';
import type { SourceWidget } from './index.js';
import type { SourceWord } from './words.js';

/** A source as API v4 prints it. */
export interface ShownSource {
  readonly id: number;
  readonly name: string;
  readonly pipeline_id: number;
  readonly external_id: string;
  readonly default: boolean;
}

export function pageHtml(t: Translate<SourceWord>, pipelines: readonly Pipeline[], chosen: number): string {
  const options = pipelines.map(
    ({ id, name }) => `<option value="${id}"${id === chosen ? ' selected' : ''}>${escapeHtml(name)}</option>`,
  );
  return `<section class="sources"><header class="page-header"><h1>${escapeHtml(t('title'))}</h1>
      <label class="sources__pipeline"><span>${escapeHtml(t('pipeline'))}</span>
        <select class="text-input js-source-pipeline">${options.join('')}</select></label>
      <button type="button" class="button-input button-input_blue sources__add js-add-source"><span class="button-input-inner"><span
        class="button-input-inner__text">${escapeHtml(t('add'))}</span></span></button></header>
    <p class="sources__message h-hidden" role="status"></p>
    <ul class="sources__list" aria-label="${escapeHtml(t('title'))}"></ul></section>`;
}

/**
 * The sources, each with the widgets that may open it. The API does not say whose a source is, so every widget that
 * can be one is offered.
 */
export function rowsHtml(
  t: Translate<SourceWord>,
  sources: readonly ShownSource[],
  widgets: readonly SourceWidget[],
): string {
  if (sources.length === 0) return `<li class="sources__none">${escapeHtml(t('none'))}</li>`;
  return sources
    .map((source) => {
      const buttons = widgets.map(
        ({ code, name }) =>
          `<button type="button" class="button-input js-open-source" data-code="${escapeHtml(code)}" data-id="${source.id}">${escapeHtml(t('open', { name }))}</button>`,
      );
      return `<li class="source"><div class="source__text"><b>${escapeHtml(source.name)}</b>
        <span>${escapeHtml(source.external_id)}${source.default ? ` · ${escapeHtml(t('default'))}` : ''}</span></div>
        <div class="source__buttons">${buttons.join('')}</div></li>`;
    })
    .join('');
}
