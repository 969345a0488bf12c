import { $ } from '../jquery.js';
import { draw, escapeHtml } from '../dom.js';
import { commonWords } from '../words/common.js';
import { translator } from '../words/words.js';
import { focusFirst, keepFocusInside } from './modal-focus.js';
import { showMessage } from './modal-message.js';
import { modalHtml, type ModalOptions } from './modal-options.js';

/** Distance of the window from the top when it does not fit, in pixels. */
const margin = 20;

let opened = 0;

/**
 * `lib/components/base/modal`, with which a widget opens windows of its own. `init` gets `.modal-body`; the window
 * is shown with `modal:loaded`, which is triggered there. The cross and `.button-cancel` close it; what
 * `.js-modal-accept` does is the widget's.
 */
export class Modal {
  /** Widgets that were seen change `destroy` in it. */
  readonly options: ModalOptions;
  readonly $modal: JQuery;
  readonly $modal_body: JQuery;
  readonly #events = `.host-modal-${++opened}`;
  readonly #focusBefore = document.activeElement;
  #isOpen = true;

  constructor(options: ModalOptions = {}) {
    this.options = options;
    this.$modal = draw(modalHtml(options));
    this.$modal_body = this.$modal.find('.modal-body');
    const $container = $((options.container ?? document.body) as Element);
    this.$modal.toggleClass('modal_inside', !$container.is('body')).appendTo($container);
    this.#listen();
    try {
      options.init?.(this.$modal_body);
    } catch (error) {
      // Nobody could close a window that its owner does not know of.
      this.#remove();
      throw error;
    }
    this.#complete();
    this.#focus();
  }

  show(): void {
    this.$modal.removeClass('modal_hidden');
    this.#centrify();
  }

  hide(): void {
    this.$modal.addClass('modal_hidden');
  }

  /** Closes the window, unless the option `destroy` answers false. */
  destroy(): void {
    if (!this.#isOpen) return;
    if (this.options.destroy?.() === false) return;
    this.#remove();
  }

  /** What a second argument does is not known. */
  showError(text: unknown): void {
    showMessage(this.$modal_body, 'error', String(text));
  }

  _showError(text: unknown): void {
    this.showError(text);
  }

  /** After `timeout` milliseconds, where one is given, the window closes. What the second argument does is not known. */
  showSuccess(text: unknown, _unknown?: unknown, timeout?: unknown): void {
    showMessage(this.$modal_body, 'success', String(text));
    if (typeof timeout !== 'number' || timeout <= 0) return;
    setTimeout(() => {
      this.destroy();
    }, timeout);
  }

  #listen(): void {
    const { $modal, options } = this;
    let pressedOverlay = false;
    $modal
      .on('modal:loaded', () => {
        $modal.removeClass('modal_loading');
        this.#centrify();
        // The content comes right after it.
        queueMicrotask(() => {
          this.#complete();
          this.#focus();
        });
      })
      .on('modal:centrify', () => {
        this.#complete();
        this.#centrify();
      })
      .on('click', '.modal-body__close', () => {
        if (options.disable_cancel_click !== true) this.destroy();
      })
      .on('click', '.button-cancel', () => {
        this.destroy();
      })
      .on('mousedown', (event) => {
        pressedOverlay = this.#isOverlay(event.target);
      })
      .on('click', (event) => {
        if (!pressedOverlay || !this.#isOverlay(event.target)) return;
        if (options.disable_overlay_click !== true && options.disable_cancel_click !== true) this.destroy();
      })
      .on('keydown', (event) => {
        keepFocusInside($modal, event);
      });
    $(document).on(`keydown${this.#events}`, (event) => {
      if (this.#isTop() && !event.isDefaultPrevented()) this.#key(event);
    });
    $(document).on(`page:changed${this.#events}`, () => {
      this.options.destroy?.();
      this.#remove();
    });
    if (options.disable_resize !== true) {
      $(window).on(`resize${this.#events}`, () => {
        this.#centrify();
      });
    }
  }

  #key(event: JQueryEventObject): void {
    if (event.key === 'Escape' && this.options.disable_escape_keydown !== true) {
      event.preventDefault();
      this.destroy();
    }
    // Where Enter has a meaning of its own it keeps it.
    const isTaken = $(event.target).is('textarea, select, button, a, [contenteditable], [role=option]');
    if (event.key === 'Enter' && this.options.disable_enter_keydown !== true && !isTaken) {
      const $accept = this.$modal.find('.js-modal-accept').first();
      if ($accept.length === 0) return;
      event.preventDefault();
      $accept.trigger('click');
    }
  }

  /** What the widget's content may lack: the cross, and a name for people who do not see it. */
  #complete(): void {
    const { $modal, $modal_body, options } = this;
    if (options.disable_cancel_click !== true && $modal_body.find('.modal-body__close').length === 0) {
      const t = translator(commonWords, document.documentElement.lang);
      $modal_body.append(
        draw(
          `<button type="button" class="modal-body__close" aria-label="${escapeHtml(t('close'))}"><span class="icon icon-modal-close"></span></button>`,
        ),
      );
    }
    const heading = $modal_body.find('h1, h2, h3, .modal-body__caption').first().text().trim();
    if (heading !== '') $modal.attr('aria-label', heading);
  }

  #focus(): void {
    if (!this.#isOpen || $.contains(this.$modal[0] as Element, document.activeElement as Element)) return;
    const { focus_element: wanted = '.js-modal-accept' } = this.options;
    const $wanted = typeof wanted === 'string' ? this.$modal.find(wanted) : $(wanted as Element);
    focusFirst(this.$modal, $wanted);
  }

  #centrify(): void {
    if (this.options.can_centrify === false) return;
    const room = this.$modal.height() - this.$modal_body.outerHeight();
    this.$modal_body.css('margin-top', Math.max(margin, Math.round(room / 2)));
  }

  #isOverlay(target: unknown): boolean {
    return target === this.$modal[0] || target === this.$modal.children('.modal-scroller')[0];
  }

  #isTop(): boolean {
    return $('.modal').not('.modal_hidden').last()[0] === this.$modal[0];
  }

  #remove(): void {
    this.#isOpen = false;
    $(document).off(this.#events);
    $(window).off(this.#events);
    this.$modal.remove();
    if (this.#focusBefore instanceof HTMLElement && this.#focusBefore.isConnected) this.#focusBefore.focus();
  }
}
