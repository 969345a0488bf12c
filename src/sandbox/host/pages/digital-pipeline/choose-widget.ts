import { fillModal } from '../../fill-modal.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { Modal } from '../../widget/modal.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import { logoHtml } from './markup.js';
import { dpWidget, type DpWidget, isForDigitalPipeline } from './widgets.js';
import type { DpWord } from './words.js';

/** Lets the person choose a widget for a new trigger among those that are installed for the digital pipeline. */
export function chooseWidget(host: Host, t: Translate<DpWord>, onChosen: (code: string) => void): void {
  const widgets = host.session.widgets.filter(isForDigitalPipeline).map(dpWidget);
  const content =
    widgets.length === 0
      ? `<p class="choose-trigger__empty">${escapeHtml(t('noWidgets'))}
          <a class="js-navigate-link" href="/settings/widgets">${escapeHtml(t('integrations'))}</a></p>`
      : `<div class="choose-trigger__list">${widgets.map(widgetHtml).join('')}</div>`;
  const modal = new Modal({
    class_name: 'choose-trigger',
    init($body) {
      const $content = draw(
        `<div class="modal-body__inner"><h2 class="modal-body__caption head_2">${escapeHtml(t('choose'))}</h2>${content}</div>`,
      );
      fillModal($body, $content);
      $content.on('click', '.choose-trigger__widget', (event) => {
        modal.destroy();
        onChosen($(event.currentTarget).attr('data-widget-code'));
      });
    },
  });
}

function widgetHtml({ code, name, logo }: DpWidget): string {
  return `<button type="button" class="choose-trigger__widget" data-widget-code="${escapeHtml(code)}">
    ${logoHtml({ name, logo })}<span>${escapeHtml(name)}</span></button>`;
}
