import { $ } from '../../jquery.js';
import type { MethodParts } from '../base.js';

/** Calls go out at least this many milliseconds apart (`platform/widget.md §3.2`). */
const pause = 1_000;

/** `crm_post`: a POST to any address through the account's proxy. */
export function proxyMethods({ call }: MethodParts) {
  const later = window.setTimeout.bind(window);
  let free = Promise.resolve();

  const post = (target: string, data: unknown, onSuccess: unknown, type: string, onError: unknown): void => {
    const form = { target, data: JSON.stringify(data ?? {}) };
    void $.ajax({ url: '/private/widget/proxy.php', type: 'POST', data: form, dataType: type }).then(
      (answer: unknown) => {
        if (typeof onSuccess === 'function') call('crm_post.success', onSuccess, answer);
      },
      (...reason: unknown[]) => {
        if (typeof onError === 'function') call('crm_post.error', onError, ...reason);
      },
    );
  };

  return {
    /** @param type How the answer is read: text, json, html, xml, script or jsonp */
    crm_post(url: unknown, data?: unknown, onSuccess?: unknown, type?: unknown, onError?: unknown) {
      const send = (): void => {
        post(String(url), data, onSuccess, typeof type === 'string' ? type : 'text', onError);
      };
      free = free.then(() => {
        send();
        return new Promise((resolve) => later(resolve, pause));
      });
    },
  };
}
