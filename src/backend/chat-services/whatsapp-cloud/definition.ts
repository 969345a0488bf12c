import { download, unreadable, type ServiceOptions } from '../ask.js';
import { ChatServiceError, type StatusReport } from '../chat-service.js';
import type { ChatServiceDefinition, ConnectedService, Credentials, ServiceEvent } from '../definition.js';
import { textOf } from '../json.js';
import { graphApi, type CallGraph, type WhatsAppConfig } from './api.js';
import { readWhatsAppHook, whatsAppHook } from './hook.js';
import { listNumbers, numberFields, readNumber } from './numbers.js';
import { sendFrom } from './sending.js';
import { whatsAppOAuth } from './sign-in.js';

const names = { name: 'whatsapp-cloud', title: 'WhatsApp Business' } as const;

/** WhatsApp Business Platform, Cloud API (developers.facebook.com/documentation/business-messaging/whatsapp). */
export function whatsAppDefinition(config: WhatsAppConfig, options: ServiceOptions): ChatServiceDefinition {
  const call = graphApi(config, options);
  return {
    ...names,
    oauth: whatsAppOAuth(config, call),
    appHook: whatsAppHook(config),
    open: (credentials) => open(credentials, { config, call, options }),
  };
}

interface At {
  readonly config: WhatsAppConfig;
  readonly call: CallGraph;
  readonly options: ServiceOptions;
}

function open(credentials: Credentials, { config, call, options }: At): ConnectedService {
  const { token = '', phoneNumberId = '', wabaId = '' } = credentials;
  const subscription = `/${encodeURIComponent(wabaId)}/subscribed_apps`;

  const readHook = (report: StatusReport): readonly ServiceEvent[] | undefined =>
    readWhatsAppHook(report, config.appSecret)
      ?.filter(({ key }) => key === phoneNumberId)
      .map(({ event }) => event);

  const describe = async (signal?: AbortSignal): Promise<{ name: string; phone: string | undefined }> => {
    const answer = await call(`/${encodeURIComponent(phoneNumberId)}`, {
      token,
      query: { fields: numberFields },
      signal,
    });
    const { name, phone } = readNumber(answer.json, answer);
    return { name, phone };
  };

  return {
    ...names,

    send: (message) => sendFrom({ call, token, phoneNumberId }, message, options),

    readStatus: (report) => readHook(report)?.flatMap((event) => (event.kind === 'status' ? [event] : [])),

    async check(signal) {
      await describe(signal);
    },

    describe,

    /** Meta calls the address of our app, whatever ours is here (…/reference/whatsapp-business-account/subscribed-apps-api). */
    async listen() {
      const answer = await call(subscription, { method: 'POST', token });
      if (answer.json['success'] !== true) throw unreadable(answer);
    },

    /** The subscription is of all numbers of the account at once, and stays while there are others than ours. */
    async disconnect() {
      try {
        const numbers = await listNumbers(call, { wabaId, token });
        if (numbers.every(({ id }) => id === phoneNumberId))
          await call(subscription, { method: 'DELETE', token });
      } catch (error) {
        const isOut = error instanceof ChatServiceError && error.kind === 'not_connected';
        if (!isOut) throw error;
      }
    },

    readHook,

    async fetchMedia(ref, signal) {
      if (!/^\d+$/.test(ref)) {
        throw new ChatServiceError('permanent', 'Expected the id of a file', { reason: 'internal' });
      }
      // The address is good for five minutes, and with the token alone (…/business-phone-numbers/media).
      const answer = await call(`/${ref}`, {
        token,
        query: { phone_number_id: phoneNumberId },
        signal,
      }).catch((error: unknown) => {
        throw hasCode(error, '100') ? gone() : error;
      });
      const url = textOf(answer.json['url']);
      if (url === undefined || !isSafe(url, config.graphUrl)) throw unreadable(answer);
      return download({ url, headers: { Authorization: `Bearer ${token}` }, signal }, options);
    },
  };
}

/** The token goes nowhere in the clear, but to a server on this machine. */
function isSafe(url: string, graphUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === 'https:' || protocol === new URL(graphUrl).protocol;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof ChatServiceError && error.code === code;
}

function gone(): ChatServiceError {
  return new ChatServiceError('permanent', 'Meta does not have the file any more', {
    reason: 'service_refused',
  });
}
