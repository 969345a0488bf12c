import { download, type ServiceOptions } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import type { ChatServiceDefinition, ConnectedService, Credentials } from '../definition.js';
import { entriesOf, fieldsOf } from '../json.js';
import { wahaApi, type WahaApi, type WahaConfig } from './api.js';
import { hookEvents, readWahaHook, readWahaStatus } from './hook.js';
import { findPhone } from './people.js';
import { deleteSession, wahaQr } from './qr.js';
import { sendFrom } from './sending.js';
import { readOwner, readSession, sessionPath } from './sessions.js';

/**
 * WhatsApp HTTP API (waha.devlike.pro), a server that the installation runs itself, with a session for each phone. Its
 * free version has one session alone, called `default`, and refuses ours: several need the paid one.
 */
export function wahaDefinition(config: WahaConfig, options: ServiceOptions): ChatServiceDefinition {
  const api = wahaApi(config, options);
  return {
    name: 'waha',
    title: 'WhatsApp (WAHA)',
    qr: wahaQr(api),
    open: (credentials) => open(api, credentials, options),
  };
}

function open(api: WahaApi, credentials: Credentials, options: ServiceOptions): ConnectedService {
  const { session = '', hmacKey = '' } = credentials;
  const hook = {
    session,
    hmacKey,
    findPhone: (lid: string) => findPhone(api, session, lid),
  };

  return {
    name: 'waha',
    title: 'WhatsApp (WAHA)',

    send: (message) => sendFrom({ api, session }, message, options),

    readStatus: (report) => readWahaStatus(report, hook),

    async check(signal) {
      await readOwner(api, session, signal);
    },

    describe: (signal) => readOwner(api, session, signal),

    async listen(hookUrl) {
      const { config } = await readSession(api, session);
      const webhooks = entriesOf(config['webhooks']);
      if (webhooks.some((webhook) => isOurs(webhook, { url: hookUrl, hmacKey }))) return;
      // The whole configuration is replaced, and a session that runs is started again.
      await api.object(sessionPath(session), {
        method: 'PUT',
        body: {
          config: {
            ...config,
            webhooks: [...withoutOurs(webhooks, hookUrl, hmacKey), webhookTo(hookUrl, hmacKey)],
          },
        },
        hidden: [hmacKey],
      });
    },

    disconnect: () => deleteSession(api, session),

    readHook: (report) => readWahaHook(report, hook),

    fetchMedia(ref, signal) {
      if (!isFile(ref)) {
        const words = 'Expected a file of the server';
        return Promise.reject(new ChatServiceError('permanent', words, { reason: 'internal' }));
      }
      return download({ url: `${api.address}${ref}`, headers: api.headers, signal }, options);
    },
  };
}

/** It is called again for more than half an hour while we do not answer (how-to/events, "Retries"). */
function webhookTo(url: string, hmacKey: string): object {
  return {
    url,
    events: hookEvents,
    hmac: { key: hmacKey },
    retries: { policy: 'exponential', delaySeconds: 2, attempts: 10 },
  };
}

function isOurs(webhook: unknown, { url, hmacKey }: { url: string; hmacKey: string }): boolean {
  const { url: told, events, hmac } = fieldsOf(webhook);
  const isForAll = hookEvents.every((event) => entriesOf(events).includes(event));
  return told === url && isForAll && fieldsOf(hmac)['key'] === hmacKey;
}

/** Those that somebody else has set up; ours may have had another address. */
function withoutOurs(webhooks: readonly unknown[], url: string, hmacKey: string): readonly unknown[] {
  return webhooks.filter((webhook) => {
    const { url: told, hmac } = fieldsOf(webhook);
    return told !== url && fieldsOf(hmac)['key'] !== hmacKey;
  });
}

/** Whether the path of a file is one without detours, so that our key goes nowhere else. */
function isFile(ref: string): boolean {
  const files = '/api/files/';
  return ref.startsWith(files) && new URL(ref, 'http://localhost').pathname.startsWith(files);
}
