import { $ } from '../../jquery.js';
import type { MethodParts } from '../base.js';

/** Members of a jqXHR that are read from the request while it runs. */
const live = ['readyState', 'status', 'statusText', 'responseText', 'responseJSON', 'responseXML'] as const;

/** `$authorizedAjax` (`platform/widget.md §3.2`, `§3.4`). */
export function tokenMethods({ settings }: MethodParts) {
  return {
    /**
     * `$.ajax` with a fresh one-time token in `X-Auth-Token`. The answer has the promise methods of a jqXHR,
     * `abort`, and the state of the request that runs: first that for the token, then the widget's own. When no
     * token comes, the promise rejects with that request, and `error` and `complete` of the options are called.
     */
    $authorizedAjax(options: JQueryAjaxSettings) {
      const answer = $.Deferred();
      let aborted = false;
      const asksToken = $.ajax({
        url: `/ajax/v2/integrations/${encodeURIComponent(String(settings['oauth_client_uuid']))}/disposable_token`,
        dataType: 'json',
        cache: false,
      });
      let running: JQueryXHR = asksToken;

      asksToken.then(
        ({ token }: { token: string }) => {
          if (aborted) return;
          running = $.ajax({ ...options, headers: { ...options.headers, 'X-Auth-Token': token } });
          running
            .done((...result: unknown[]) => {
              answer.resolve(...result);
            })
            .fail((...reason: unknown[]) => {
              answer.reject(...reason);
            });
        },
        (...reason: unknown[]) => {
          const { error, complete } = options as unknown as Readonly<Record<string, unknown>>;
          for (const listener of [error, complete]) {
            if (typeof listener === 'function') Reflect.apply(listener, options.context, reason);
          }
          answer.reject(...reason);
        },
      );

      const request = answer.promise({
        abort(text?: string) {
          aborted = true;
          running.abort(text);
          return request;
        },
        getResponseHeader: (name: string) => running.getResponseHeader(name),
        getAllResponseHeaders: () => running.getAllResponseHeaders(),
      });
      for (const name of live) {
        Object.defineProperty(request, name, { get: () => Reflect.get(running, name) as unknown });
      }
      return request;
    },
  };
}
