import type { ActionData, SmsMessage } from '../../../../kommo/widget.js';
import type { MethodParts } from '../base.js';
import { viewError } from '../../report/recorder.js';
import { deferredOf } from './deferred.js';

const actionTypes = ['phone', 'email'] as const;
const sourceTypes = ['sms', 'chat', 'email', 'custom'] as const;

/** What a widget adds to the account's pages (`platform/widget.md §3.2`). It is taken away when it is destroyed. */
export function contributionMethods(parts: MethodParts) {
  const { code, app, area, settings, call, fault } = parts;
  return {
    /** The older documentation writes `e-mail`. */
    add_action(type: unknown, onClick: unknown) {
      const known = actionTypes.find((one) => one === (type === 'e-mail' ? 'email' : type));
      if (known === undefined || typeof onClick !== 'function') {
        fault(expected('add_action', `type ${actionTypes.join(' or ')} and a function`, type, onClick));
        return;
      }
      app.actions.add({
        widget: code,
        type: known,
        run: (data: ActionData) => void call(`add_action.${known}`, onClick, data),
      });
    },
    add_source(type: unknown, handler: unknown, label?: unknown) {
      const known = sourceTypes.find((one) => one === type);
      if (known === undefined || typeof handler !== 'function') {
        fault(expected('add_source', `type ${sourceTypes.join(', ')} and a function`, type, handler));
        return;
      }
      if (known !== 'sms' && (typeof label !== 'string' || label === '')) {
        fault(expected('add_source', `a text as third argument, which names the ${known} source`, label));
        return;
      }
      const name = typeof label === 'string' && label !== '' ? label : nameOf(parts);
      if (known === 'sms')
        app.sources.add({ widget: code, type: known, label: name, send: sender(parts, handler) });
      else {
        app.sources.add({
          widget: code,
          type: known,
          label: name,
          mount: ($el) => void call(`add_source.${known}`, handler, $el),
        });
      }
    },
    /** Waits for the page of lead sources; rejects on every other page, where the platform has none to give. */
    get_pipeline_id: () =>
      deferredOf(
        new Promise<number>((resolve, reject) => {
          if (app.pipelineId === undefined && area().system !== 'lead_sources') {
            reject(new Error('get_pipeline_id: there is a pipeline in location lead_sources only.'));
          } else app.whenPipelineIdKnown(resolve);
        }),
      ),
    setSdkCatalogId(id: unknown) {
      if (!Number.isInteger(Number(id)) || Number(id) <= 0) {
        fault(expected('setSdkCatalogId', 'the id of a list', id));
        return;
      }
      app.sdkCatalogs.release(code);
      app.sdkCatalogs.add({ widget: code, id: Number(id) });
      settings['sdk_catalog_id'] = Number(id);
    },
    /**
     * What `keys` choose is not documented: every message of the channel is handed on.
     * Returns what ends the subscription.
     */
    listenSocketChannel(channel: unknown, keys: unknown, onMessage?: unknown) {
      const listener = typeof keys === 'function' ? keys : onMessage;
      if (typeof channel !== 'string' || typeof listener !== 'function') {
        fault(
          expected('listenSocketChannel', "a channel's name, keys and a function", channel, keys, onMessage),
        );
        return () => undefined;
      }
      return app.channels.subscribe(code, channel, (message) => {
        call('listenSocketChannel', listener, message);
      });
    },
  };
}

/** Resolves when the widget says that the message is on its way; a handler that gives no promise says so at once. */
function sender({ call }: MethodParts, handler: unknown): (message: SmsMessage) => Promise<unknown> {
  return async (message) => {
    const { returned, error } = call('add_source.sms', handler, message);
    if (error !== undefined) throw new Error(viewError(error).message, { cause: error });
    return await returned;
  };
}

function nameOf({ code, session }: MethodParts): string {
  const words = session().widgets.find((widget) => widget.code === code)?.words;
  const { widget } = (words ?? {}) as { widget?: { name?: unknown } };
  return typeof widget?.name === 'string' ? widget.name : code;
}

function expected(method: string, what: string, ...came: unknown[]): Error {
  const shown = came.map((value) => (typeof value === 'string' ? `"${value}"` : typeof value)).join(', ');
  return new Error(`${method}: ${what} were expected, not ${shown}.`);
}
