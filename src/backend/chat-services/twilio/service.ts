import type { ChatServiceConfig } from '../../config.js';
import { unreadable, type ServiceOptions } from '../ask.js';
import {
  ChatServiceError,
  type ChatService,
  type OutgoingMessage,
  type SentMessage,
} from '../chat-service.js';
import { callsTo, type TwilioAnswer } from './calls.js';
import { isReachableFrom } from './reachable.js';
import { readTwilioStatus } from './status.js';
import { findTaken } from './taken.js';

export type TwilioConfig = Extract<ChatServiceConfig, { name: 'twilio' }>;

/**
 * Has Twilio call again when we answer 5xx or not at all, which it does not do by itself. It neither sends nor signs
 * this part of the address (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export const againAfterFailure = '#rc=5&rp=5xx,ct,rt';

/**
 * Twilio's Programmable Messaging (twilio.com/docs/messaging/api/message-resource). Its messages have no idempotency
 * keys: a message of which nobody saw the end is looked for in the account's list before it is sent again.
 *
 * A dozen calls and one signature need no package of Twilio's, which would bring axios, jsonwebtoken and an XML
 * builder.
 */
export function twilioService(config: TwilioConfig, options: ServiceOptions): ChatService {
  const { authToken, sender } = config;
  const { call, account, origin } = callsTo(config, options, Object.values(sender));

  return {
    name: 'twilio',
    title: 'Twilio',

    async send({ to, text, triedSince, statusUrl, media, signal }: OutgoingMessage): Promise<SentMessage> {
      const recipient = onChannelOf(sender, to);
      const hidden = [recipient, to, text, ...(media ? [media.url] : [])];
      if (triedSince !== undefined) {
        const list = (path: string): Promise<TwilioAnswer> => call(path, { hidden, signal });
        const taken = await findTaken(list, {
          path: `${account}/Messages.json`,
          to: recipient,
          text,
          hasMedia: media !== undefined,
          since: triedSince,
          now: options.now,
        });
        if (taken !== undefined) return { id: taken };
      }
      const form = new URLSearchParams({
        To: recipient,
        ...('from' in sender ? { From: sender.from } : { MessagingServiceSid: sender.messagingServiceSid }),
        ...((text !== '' || media === undefined) && { Body: text }),
        ...(media && { MediaUrl: media.url }),
      });
      // An address that Twilio cannot reach makes it refuse the message.
      if (statusUrl !== undefined && isReachableFrom(origin, statusUrl)) {
        form.set('StatusCallback', `${statusUrl}${againAfterFailure}`);
      }
      const answer = await call(`${account}/Messages.json`, { method: 'POST', body: form, hidden, signal });
      const { sid } = answer.json;
      if (typeof sid !== 'string' || sid === '') throw unreadable(answer);
      return { id: sid };
    },

    readStatus: (report) => readTwilioStatus(report, authToken),

    async check(signal) {
      requireActive((await call(`${account}.json`, { signal })).json);
    },
  };
}

/** @throws ChatServiceError when the account cannot send */
export function requireActive({ status }: TwilioAnswer['json']): void {
  if (status === 'suspended' || status === 'closed') {
    throw new ChatServiceError('not_connected', `The Twilio account is ${status}`, {
      reason: 'not_connected',
    });
  }
}

/** `whatsapp:+1…` writes to `whatsapp:+1…`, a number to a number. */
function onChannelOf(sender: TwilioConfig['sender'], to: string): string {
  const channel = 'from' in sender ? /^[a-z]+:(?=\+)/.exec(sender.from)?.[0] : undefined;
  return `${channel ?? ''}${to}`;
}
