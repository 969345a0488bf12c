import type {} from '../kommo/globals.js';
import type { Notify } from './on-save.js';
import type { Words } from './words.js';

/**
 * Notifications through `APP.notifications` (`platform/widget.md §3.5`). A host without them, or one that
 * refuses, leaves the user without the message but never with a broken page.
 */
export function createNotify(words: Words): Notify {
  return (text, title = words('widget.name')) => {
    try {
      window.APP?.notifications.show_message_error({
        header: title,
        text,
        date: Math.ceil(Date.now() / 1000),
      });
    } catch {
      // Nowhere else to say it: moderation forbids console and alert.
    }
  };
}
