import { $ } from '../jquery.js';
import { draw } from '../dom.js';

/** The options of the platform's modal (`platform/widget.md §3.6`) that the host plays. */
interface ModalOptions {
  class_name?: string;
  init?: ($body: JQuery) => void;
  /** False keeps the modal open. */
  destroy?: () => unknown;
  disable_overlay_click?: boolean;
}

/** `lib/components/base/modal`, with which a widget opens windows of its own. */
export class Modal {
  readonly #options: ModalOptions;
  readonly #$modal: JQuery;

  constructor(options: ModalOptions = {}) {
    this.#options = options;
    this.#$modal = draw(`<div class="modal ${options.class_name ?? ''}"><div class="modal-scroller">
      <div class="modal-body"><div class="modal-body__inner"></div></div></div></div>`);
    $(document.body).append(this.#$modal);
    this.#$modal.on('click', '.modal-body__close, .js-modal-accept, .button-cancel', () => {
      this.destroy();
    });
    this.#$modal.on('click', '.modal-scroller', (event) => {
      if (event.target === event.currentTarget && options.disable_overlay_click !== true) this.destroy();
    });
    options.init?.(this.#$modal.find('.modal-body__inner'));
  }

  destroy(): void {
    if (this.#options.destroy?.() !== false) this.#$modal.remove();
  }
}
