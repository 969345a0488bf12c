import { draw, escapeHtml } from '../dom.js';
import { commonWords } from '../words/common.js';
import { translator } from '../words/words.js';

/** Lays a message over the window's content, until it is closed. */
export function showMessage($body: JQuery, kind: 'error' | 'success', text: string): void {
  const t = translator(commonWords, document.documentElement.lang);
  $body.find('.modal-body__message').remove();
  const $message =
    draw(`<div class="modal-body__message modal-body__message_${kind}" role="${kind === 'error' ? 'alert' : 'status'}">
    <span class="modal-body__message-text">${escapeHtml(text)}</span>
    <button type="button" class="button-input"><span class="button-input-inner"><span class="button-input-inner__text">${escapeHtml(t('close'))}</span></span></button></div>`);
  $message.find('button').on('click', () => $message.remove());
  $body.append($message).trigger('modal:loaded').trigger('modal:centrify');
  $message.find('button').trigger('focus');
}
