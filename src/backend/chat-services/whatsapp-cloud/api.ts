import { createHmac } from 'node:crypto';
import type { ConnectableConfig } from '../../config.js';
import { ask, unreadable, type Answer, type Question, type ServiceOptions } from '../ask.js';
import { graphFailure } from './failures.js';

export type WhatsAppConfig = Extract<ConnectableConfig, { name: 'whatsapp-cloud' }>;

/** Of the Graph API and of its consent page (developers.facebook.com/docs/graph-api/changelog/versions). */
export const version = 'v25.0';

export interface GraphCall {
  readonly method?: Question['method'];
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Of the account that calls, or of our app; without it the call needs none. */
  readonly token?: string;
  /** What must not stand in an error. */
  readonly hidden?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls Meta's Graph API below its version.
 *
 * @throws ChatServiceError when it refuses, or answers with something that is none of its answers.
 */
export type CallGraph = (
  path: string,
  call?: GraphCall,
) => Promise<Answer & { json: NonNullable<Answer['json']> }>;

export function graphApi({ graphUrl, appId, appSecret }: WhatsAppConfig, options: ServiceOptions): CallGraph {
  const address = `${graphUrl.replace(/\/+$/, '')}/${version}`;
  return async (path, { method = 'GET', query, body, token, hidden = [], signal } = {}) => {
    const isOfAccount = token !== undefined && token !== appToken({ appId, appSecret });
    const all = new URLSearchParams({ ...query, ...(isOfAccount && proof(token, appSecret)) });
    const answer = await ask(
      {
        url: `${address}${path}${all.size === 0 ? '' : `?${all.toString()}`}`,
        method,
        headers: {
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal,
      },
      options,
    );
    if (answer.status !== 200) {
      throw graphFailure(
        answer,
        [...hidden, appSecret, ...(token === undefined ? [] : [token])],
        options.now(),
      );
    }
    const { json } = answer;
    if (json === undefined) throw unreadable(answer);
    return { ...answer, json };
  };
}

/** Shows that it is our server that has the token (developers.facebook.com/docs/graph-api/guides/secure-requests). */
function proof(token: string, appSecret: string): Record<string, string> {
  return { appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') };
}

/** By which our app calls for itself (developers.facebook.com/documentation/facebook-login/guides/access-tokens). */
export function appToken({ appId, appSecret }: Pick<WhatsAppConfig, 'appId' | 'appSecret'>): string {
  return `${appId}|${appSecret}`;
}
