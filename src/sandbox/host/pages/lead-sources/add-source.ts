import { fillModal } from '../../fill-modal.js';
import { draw, escapeHtml } from '../../dom.js';
import { Modal } from '../../modal.js';
import type { Translate } from '../../words/words.js';
import type { SourceWidget } from './index.js';
import type { SourceWord } from './words.js';

/** Lets a person choose the widget that becomes a source. */
export function openAddSource(
  t: Translate<SourceWord>,
  widgets: readonly SourceWidget[],
  onChosen: (code: string) => void,
): void {
  const items = widgets.map(
    ({ code, name }) =>
      `<li><button type="button" class="sources__widget" data-code="${escapeHtml(code)}">${escapeHtml(name)}</button></li>`,
  );
  const content =
    items.length === 0
      ? `<p>${escapeHtml(t('noWidgets'))}</p>`
      : `<ul class="sources__widgets">${items.join('')}</ul>`;
  const modal = new Modal({
    class_name: 'sources-modal',
    focus_element: '.sources__widget',
    init($body) {
      const $content = draw(
        `<div class="modal-body__inner"><h2 class="modal-body__caption head_2">${escapeHtml(t('add'))}</h2>${content}</div>`,
      );
      fillModal($body, $content);
      $content.on('click', '.sources__widget', ({ currentTarget }) => {
        modal.destroy();
        onChosen((currentTarget as HTMLElement).dataset['code'] ?? '');
      });
    },
  });
}
