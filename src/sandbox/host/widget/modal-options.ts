import { escapeHtml } from '../dom.js';

/** The options of the platform's modal (`platform/widget.md §3.6`). `preload_templates` is taken and not used. */
export interface ModalOptions {
  class_name?: string;
  init?: ($body: JQuery) => void;
  /** False keeps the modal open. */
  destroy?: () => unknown;
  container?: Element | JQuery | string;
  disable_overlay_click?: boolean;
  disable_escape_keydown?: boolean;
  disable_enter_keydown?: boolean;
  disable_cancel_click?: boolean;
  disable_resize?: boolean;
  init_animation?: boolean;
  /** True makes the overlay dark; it is white otherwise. */
  default_overlay?: boolean;
  focus_element?: string | Element | JQuery;
  can_centrify?: boolean;
  centrify_animation?: boolean;
}

/** The window before its content. */
export function modalHtml({
  class_name = '',
  default_overlay,
  init_animation,
  centrify_animation,
}: ModalOptions): string {
  const classes = [
    'modal modal_widget modal_loading',
    default_overlay === true ? '' : 'modal_white',
    init_animation === true ? 'modal_animated' : '',
    centrify_animation === true ? 'modal_gliding' : '',
    escapeHtml(class_name),
  ];
  return `<div class="${classes.filter((one) => one !== '').join(' ')}" role="dialog" aria-modal="true" tabindex="-1">
    <div class="modal-scroller custom-scroll"><div class="modal-body"></div></div></div>`;
}
