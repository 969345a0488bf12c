import type { ConnectableConfig } from '../../config.js';
import { download, type ServiceOptions } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { clientPhone } from '../client-phone.js';
import { connecting } from '../connect-error.js';
import {
  ConnectError,
  type ApiKeyMethod,
  type ChatServiceDefinition,
  type ConnectedService,
  type Credentials,
} from '../definition.js';
import { callsTo, type TwilioAccess, type TwilioCalls } from './calls.js';
import { readTwilioHook } from './incoming.js';
import { isReachableFrom } from './reachable.js';
import { findSender, readSender, readSid, type FoundSender, type Sender } from './sender.js';
import { againAfterFailure, requireActive, twilioService } from './service.js';

type Config = Extract<ConnectableConfig, { name: 'twilio' }>;

/** Twilio, connected with the Account SID, the auth token and a sender of the account. */
export function twilioDefinition(config: Config, options: ServiceOptions): ChatServiceDefinition {
  return {
    name: 'twilio',
    title: 'Twilio',
    apiKey: apiKeyMethod(config, options),
    open: (credentials) => open(config, credentials, options),
  };
}

function apiKeyMethod({ apiUrl }: Config, options: ServiceOptions): ApiKeyMethod {
  return {
    fields: [
      {
        name: 'account_id',
        label: 'account_id',
        is_secret: false,
        is_required: true,
        example: 'AC0a1b2c3d4e5f60718293a4b5c6d7e8f9',
      },
      { name: 'secret', label: 'secret', is_secret: true, is_required: true, example: null },
      { name: 'sender', label: 'sender', is_secret: false, is_required: true, example: '+15550100' },
    ],
    complete: ({ account_id: id = '', secret: authToken = '', sender: typed = '' }) =>
      connecting('theirs', async () => {
        // An API key (SK…) opens the API too, and yet Twilio signs with the auth token alone.
        const accountSid = readSid('AC', id);
        if (accountSid === undefined) throw new ConnectError('wrong_credentials');
        const access = { accountSid, authToken, apiUrl };
        const sender = readSender(typed);
        const calls = callsTo(access, options, [typed]);
        const name = await nameOf(calls);
        const found = sender && (await findSender(calls, sender));
        if (sender === undefined || found === undefined) throw new ConnectError('no_sender');
        const written = write(sender);
        return {
          key: `${accountSid}:${written}`,
          name: found.name ?? name,
          phone: clientPhone(written),
          credentials: { account_sid: accountSid, auth_token: authToken, sender: written },
        };
      }),
  };
}

function open({ apiUrl }: Config, credentials: Credentials, options: ServiceOptions): ConnectedService {
  const { account_sid: accountSid = '', auth_token: authToken = '', sender: written = '' } = credentials;
  const access: TwilioAccess = { accountSid, authToken, apiUrl };
  const sender: Sender = written.startsWith('MG') ? { messagingServiceSid: written } : { from: written };
  const calls = callsTo(access, options, [written]);

  const found = async (signal?: AbortSignal): Promise<FoundSender> => {
    const its = await findSender(calls, sender, signal);
    if (its !== undefined) return its;
    throw new ChatServiceError('not_connected', 'The sender is not in the Twilio account any more', {
      reason: 'not_connected',
    });
  };

  return {
    ...twilioService({ name: 'twilio', ...access, sender }, options),

    async describe(signal) {
      const name = await nameOf(calls, signal);
      return { name: (await found(signal)).name ?? name, phone: clientPhone(written) };
    },

    async listen(hookUrl) {
      const { hook } = await found();
      if (hook === undefined || !isReachableFrom(calls.origin, hookUrl)) return;
      const url = `${hookUrl}${againAfterFailure}`;
      if (hook.url !== url || !hook.isHeard) await hook.set(url);
    },

    async disconnect(hookUrl) {
      try {
        const { hook } = await found();
        // Somebody may have given the sender another address since.
        if (hook?.url.split('#')[0] === hookUrl) await hook.set('');
      } catch (error) {
        const isGone = error instanceof ChatServiceError && error.kind === 'not_connected';
        if (!isGone) throw error;
      }
    },

    readHook: (report) => readTwilioHook(report, { authToken, now: options.now }),

    async fetchMedia(ref, signal) {
      // The access data goes to files of this account alone.
      const [account, rest] = [ref.slice(0, calls.account.length), ref.slice(calls.account.length)];
      if (account !== calls.account || !/^\/Messages\/\w+\/Media\/\w+$/.test(rest)) {
        throw new ChatServiceError('permanent', 'There is no such file', { reason: 'service_refused' });
      }
      const headers = { Authorization: calls.authorization };
      // The bytes are at another host, where an address that is good for some hours opens them.
      return download({ url: `${calls.origin}${ref}`, headers, redirect: 'follow', signal }, options);
    },
  };
}

/** Of the account. */
async function nameOf({ call, account }: TwilioCalls, signal?: AbortSignal): Promise<string> {
  const { json } = await call(`${account}.json`, { signal });
  requireActive(json);
  const { friendly_name: name } = json;
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : 'Twilio';
}

function write(sender: Sender): string {
  return 'from' in sender ? sender.from : sender.messagingServiceSid;
}
