import { ask, unreadable, type Answer, type Question, type ServiceOptions } from '../ask.js';
import { twilioFailure } from './failures.js';

export interface TwilioAccess {
  readonly accountSid: string;
  readonly authToken: string;
  /** Of the API with accounts, messages and numbers, as `https://api.twilio.com`. */
  readonly apiUrl: string;
}

export interface TwilioCall {
  readonly method?: Question['method'];
  /** Senders and messaging services are at another host. */
  readonly at?: 'api' | 'messaging';
  readonly body?: URLSearchParams | object;
  /** What must not stand in an error, beside the access data. */
  readonly hidden?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export type TwilioAnswer = Answer & { readonly json: NonNullable<Answer['json']> };

export interface TwilioCalls {
  /** Origin of the API. */
  readonly origin: string;
  /** `/2010-04-01/Accounts/<sid>` */
  readonly account: string;
  /** Value of the header `Authorization`. */
  readonly authorization: string;
  /**
   * @param path Of the API, as `next_page_uri` gives it too.
   * @throws ChatServiceError when Twilio refuses, or answers with something that is none of its answers.
   */
  readonly call: (path: string, options?: TwilioCall) => Promise<TwilioAnswer>;
}

/** Calls Twilio's REST API with the access data of an account. */
export function callsTo(
  { accountSid, authToken, apiUrl }: TwilioAccess,
  options: ServiceOptions,
  secrets: readonly string[] = [],
): TwilioCalls {
  const origin = apiUrl.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return {
    origin,
    account: `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`,
    authorization,
    async call(path, { method = 'GET', at = 'api', body, hidden = [], signal } = {}) {
      const isForm = body instanceof URLSearchParams;
      const answer = await ask(
        {
          url: `${at === 'api' ? origin : messagingOrigin(origin)}${path}`,
          method,
          headers: {
            Authorization: authorization,
            ...(body && {
              'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
            }),
          },
          ...(body && { body: isForm ? body.toString() : JSON.stringify(body) }),
          signal,
        },
        options,
      );
      if (![200, 201, 202].includes(answer.status)) {
        const all = [...hidden, accountSid, authToken, authorization, ...secrets];
        throw twilioFailure(answer, all, options.now());
      }
      const { json } = answer;
      if (json === undefined) throw unreadable(answer);
      return { ...answer, json };
    },
  };
}

/**
 * `https://messaging.twilio.com` beside `https://api.twilio.com`, in every region and edge
 * (twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region); elsewhere both are one.
 */
function messagingOrigin(origin: string): string {
  return origin.replace(/^(https:\/\/)api\.(?=([\w-]+\.){0,2}twilio\.com$)/, '$1messaging.');
}
