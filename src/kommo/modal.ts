/** AMD id of the platform's modal, its only module of its own that is documented (`platform/widget.md §3.7`). */
export const modalModule = 'lib/components/base/modal';

/** What the module {@link modalModule} returns (`platform/widget.md §3.6`). */
export type ModalConstructor = new (options: ModalOptions) => Modal;

export interface ModalOptions {
  /** Further classes of the window. */
  readonly class_name?: string;
  /**
   * The window is ready: fill `$body`, with {@link modalEvents} `loaded` before the content, which shows the
   * window, and `centrify` after it.
   */
  init?($body: JQuery): void;
  /** The window is about to close: answering false keeps it open, anything else or nothing lets it close. */
  destroy?(): unknown;
  /** Holds the window, which is centred on it. */
  readonly container?: HTMLElement | JQuery;
  readonly disable_overlay_click?: boolean;
  readonly disable_escape_keydown?: boolean;
  readonly disable_enter_keydown?: boolean;
  /** Neither the cross nor the overlay closes the window. */
  readonly disable_cancel_click?: boolean;
  readonly disable_resize?: boolean;
  /** Lets the window grow into view. */
  readonly init_animation?: boolean;
  /** The overlay is white unless this says otherwise; the documentation shows only `false`. */
  readonly default_overlay?: boolean;
  /** Gets the focus: `.js-modal-accept` unless given. */
  readonly focus_element?: string | HTMLElement | JQuery;
  readonly can_centrify?: boolean;
  readonly preload_templates?: readonly unknown[];
  readonly centrify_animation?: boolean;
}

/** None of the methods is documented but `_showError`, by one sample; the rest was seen (`§3.6`, `§12`). */
export interface Modal {
  destroy(): void;
  show?(): void;
  hide?(): void;
  showSuccess?(text: string, ...rest: readonly unknown[]): void;
  showError?(text: string, ...rest: readonly unknown[]): void;
  _showError?(text: string): void;
}

/** Events to trigger on the modal's `$body` (`platform/widget.md §3.6`). */
export const modalEvents = { loaded: 'modal:loaded', centrify: 'modal:centrify' } as const;
