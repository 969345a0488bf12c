import { $ } from '../../jquery.js';

export interface Dialog {
  readonly isOpen: () => boolean;
  close(): void;
}

const namespace = '.settings-modal';

/**
 * Puts a modal onto the page, with the account's page behind it out of reach. The cross, Escape and a press on
 * the backdrop close it, unless another modal lies above. The sandbox's own bar stays usable.
 */
export function openDialog($modal: JQuery, { closed }: { readonly closed: () => void }): Dialog {
  const $behind = $('#page_holder, #left_menu');
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    $(document).off(namespace);
    $behind.removeAttr('inert');
    $modal.remove();
    closed();
  };
  $(document.body).append($modal);
  $behind.attr('inert', '');
  $modal.on('click', '.modal-body__close', close);
  // A press, since a click that began in a text and ended outside would count too.
  $modal.on('mousedown', '.modal-scroller', (event) => {
    if (event.target === event.currentTarget) close();
  });
  $(document).on(`keydown${namespace}`, (event) => {
    if (event.key === 'Escape' && !event.isDefaultPrevented() && $('.modal').last().is($modal)) close();
  });
  $modal.find('.modal-body').trigger('focus');
  return { isOpen: () => isOpen, close };
}
