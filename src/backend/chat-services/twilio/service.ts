import type { ChatServiceConfig } from '../../config.js';
import { ask, unreadable, type Answer, type Question, type ServiceOptions } from '../ask.js';
import {
  ChatServiceError,
  type ChatService,
  type OutgoingMessage,
  type SentMessage,
} from '../chat-service.js';
import { twilioFailure } from './failures.js';
import { isReachableFrom } from './reachable.js';
import { readTwilioStatus } from './status.js';
import { findTaken } from './taken.js';

export type TwilioConfig = Extract<ChatServiceConfig, { name: 'twilio' }>;

/**
 * Has Twilio call again when we answer 5xx or not at all, which it does not do by itself. It neither sends nor signs
 * this part of the address (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
const againAfterFailure = '#rc=5&rp=5xx,ct,rt';

/**
 * Twilio's Programmable Messaging (twilio.com/docs/messaging/api/message-resource). Its messages have no idempotency
 * keys: a message of which nobody saw the end is looked for in the account's list before it is sent again.
 *
 * Five calls and one signature need no package of Twilio's, which would bring axios, jsonwebtoken and an XML builder.
 */
export function twilioService(config: TwilioConfig, options: ServiceOptions): ChatService {
  const { accountSid, authToken, sender } = config;
  const origin = config.apiUrl.replace(/\/+$/, '');
  const account = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const secrets = [accountSid, authToken, authorization, ...Object.values(sender)];

  /** A path of the API, as `next_page_uri` gives it too. */
  const call = async (
    path: string,
    hidden: readonly string[],
    {
      method = 'GET',
      form,
      signal,
    }: { method?: Question['method']; form?: URLSearchParams; signal?: AbortSignal | undefined },
  ): Promise<Answer & { json: NonNullable<Answer['json']> }> => {
    const answer = await ask(
      {
        url: `${origin}${path}`,
        method,
        headers: {
          Authorization: authorization,
          ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        ...(form && { body: form.toString() }),
        signal,
      },
      options,
    );
    if (answer.status !== 200 && answer.status !== 201) {
      throw twilioFailure(answer, [...hidden, ...secrets], options.now());
    }
    const { json } = answer;
    if (json === undefined) throw unreadable(answer);
    return { ...answer, json };
  };

  return {
    name: 'twilio',
    title: 'Twilio',

    async send({ to, text, triedSince, statusUrl, signal }: OutgoingMessage): Promise<SentMessage> {
      const recipient = onChannelOf(sender, to);
      const hidden = [recipient, to, text];
      if (triedSince !== undefined) {
        const list = (path: string): ReturnType<typeof call> => call(path, hidden, { signal });
        const taken = await findTaken(list, {
          path: `${account}/Messages.json`,
          to: recipient,
          text,
          since: triedSince,
          now: options.now,
        });
        if (taken !== undefined) return { id: taken };
      }
      const form = new URLSearchParams({
        To: recipient,
        ...('from' in sender ? { From: sender.from } : { MessagingServiceSid: sender.messagingServiceSid }),
        Body: text,
      });
      // An address that Twilio cannot reach makes it refuse the message.
      if (statusUrl !== undefined && isReachableFrom(origin, statusUrl)) {
        form.set('StatusCallback', `${statusUrl}${againAfterFailure}`);
      }
      const answer = await call(`${account}/Messages.json`, hidden, { method: 'POST', form, signal });
      const { sid } = answer.json;
      if (typeof sid !== 'string' || sid === '') throw unreadable(answer);
      return { id: sid };
    },

    readStatus: (report) => readTwilioStatus(report, authToken),

    async check(signal) {
      const { json } = await call(`${account}.json`, [], { signal });
      const { status } = json;
      if (status === 'suspended' || status === 'closed') {
        throw new ChatServiceError('not_connected', `The Twilio account is ${status}`, {
          reason: 'not_connected',
        });
      }
    },
  };
}

/** `whatsapp:+1…` writes to `whatsapp:+1…`, a number to a number. */
function onChannelOf(sender: TwilioConfig['sender'], to: string): string {
  const channel = 'from' in sender ? /^[a-z]+:(?=\+)/.exec(sender.from)?.[0] : undefined;
  return `${channel ?? ''}${to}`;
}
