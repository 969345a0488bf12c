import { draw, escapeHtml } from '../dom.js';
import { $ } from '../jquery.js';

/** `APP.notifications` (`platform/widget.md §3.5`). */
export interface Notifications {
  show_message(message: unknown): void;
  show_message_error(message: unknown): void;
  show_notification(message: unknown): void;
  add_error(message: unknown, callbacks?: { done?(): void; always?(): void }): void;
  add_call(call: unknown): void;
}

/** Shows notifications in the corner of the page and tells the widgets that listen. */
export function createNotifications(
  listeners: ReadonlyMap<string, (notification: unknown) => void>,
): Notifications {
  const show = (kind: 'info' | 'error' | 'call', message: unknown): void => {
    const { header, text } = asMessage(message);
    const $notification = draw(
      `<div class="notification notification_${kind}" role="status">
        <div class="notification__text"><b>${escapeHtml(header)}</b><div>${escapeHtml(text)}</div></div>
        <button type="button" class="notification__close" aria-label="×">×</button></div>`,
    );
    $notification.find('.notification__close').on('click', () => $notification.remove());
    $('#notifications').append($notification);
  };
  const tell = (notification: unknown): void => {
    for (const listener of listeners.values()) listener(notification);
  };
  return {
    show_message(message) {
      show('info', message);
    },
    show_message_error(message) {
      show('error', message);
    },
    show_notification(message) {
      show((message as { type?: unknown } | undefined)?.type === 'error' ? 'error' : 'call', message);
    },
    add_error(message, callbacks = {}) {
      show('error', message);
      tell(message);
      callbacks.done?.();
      callbacks.always?.();
    },
    add_call(call) {
      show('call', call);
      tell(call);
    },
  };
}

/** `show_notification` has its words one level deeper than the others; a call has numbers instead of a header. */
function asMessage(message: unknown): { header: string; text: string } {
  const fields = (typeof message === 'object' && message !== null ? message : {}) as Record<string, unknown>;
  const { header, text, from, to } = fields;
  if (typeof text === 'object' && text !== null) return asMessage(text);
  return {
    header: asText(header ?? (from === undefined ? '' : `${asText(from)} → ${asText(to)}`)),
    text: asText(text),
  };
}

function asText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
