/**
 * `APP.notifications` (`platform/widget.md §3.5`). The first three show only in the interface; `add_error`
 * and `add_call` go to every channel that the user has. What they return is not documented.
 */
export interface AppNotifications {
  show_message(message: InfoNotification): void;
  show_message_error(message: ErrorNotification): void;
  show_notification(message: PopupNotification): void;
  add_error(message: ErrorNotification, callbacks?: NotificationCallbacks): void;
  add_call(call: CallNotification): void;
}

interface NotificationBase {
  /** Unix time in seconds. */
  readonly date?: number;
}

export interface InfoNotification extends NotificationBase {
  readonly header: string;
  readonly text: string;
  /** Address of a picture; a robot unless given. */
  readonly icon?: string;
}

export interface ErrorNotification extends NotificationBase {
  readonly header: string;
  readonly text: string;
  /** Where a click leads. */
  readonly link?: string;
}

export interface PopupNotification extends NotificationBase {
  readonly text: { readonly header: string; readonly text: string };
  readonly type: 'call' | 'error';
}

/** As for a jQuery request. */
export interface NotificationCallbacks {
  done?(...args: readonly unknown[]): void;
  fail?(...args: readonly unknown[]): void;
  always?(...args: readonly unknown[]): void;
}

export interface CallNotification extends NotificationBase {
  readonly text: string;
  /** Who called: a number or a name. */
  readonly from: string;
  /** Who was called: a number or a name. */
  readonly to: string;
  /** The card that a click opens, if the caller is known. `type` is for example `contact`. */
  readonly element?: { readonly id: number | string; readonly type: string };
  /** In seconds. */
  readonly duration?: number;
  /** Address of the recording. */
  readonly link?: string;
}
