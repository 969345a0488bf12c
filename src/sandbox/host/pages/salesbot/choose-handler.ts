import { fillModal } from '../../fill-modal.js';
import { draw, escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import { Modal } from '../../modal.js';
import type { Translate } from '../../words/words.js';
import type { Handler } from './handlers.js';
import type { BotWord } from './words.js';

/** Lets a person choose the handler of a new step. */
export function chooseHandler(
  t: Translate<BotWord>,
  handlers: readonly Handler[],
  onChosen: (handler: Handler) => void,
): void {
  const content =
    handlers.length === 0
      ? `<p>${escapeHtml(t('noHandlers'))}</p>`
      : `<ul class="bot-handlers">${handlers.map((handler) => `<li>${handlerHtml(handler)}</li>`).join('')}</ul>`;
  const modal = new Modal({
    class_name: 'bot-handlers-modal',
    focus_element: '.bot-handlers__item',
    init($body) {
      const $content = draw(
        `<div class="modal-body__inner"><h2 class="modal-body__caption head_2">${escapeHtml(t('addStep'))}</h2>${content}</div>`,
      );
      fillModal($body, $content);
      $content.on('click', '.bot-handlers__item', ({ currentTarget }) => {
        const handler = handlers[$content.find('.bot-handlers__item').index($(currentTarget))];
        modal.destroy();
        if (handler !== undefined) onChosen(handler);
      });
    },
  });
}

function handlerHtml({ name, widgetName, logo }: Handler): string {
  const picture =
    logo === undefined
      ? `<span class="bot-step__logo" aria-hidden="true">${escapeHtml(widgetName.slice(0, 1))}</span>`
      : `<img class="bot-step__logo" src="${escapeHtml(logo)}" alt="">`;
  return `<button type="button" class="bot-handlers__item">${picture}<span>${escapeHtml(name)} <small>${escapeHtml(widgetName)}</small></span></button>`;
}
