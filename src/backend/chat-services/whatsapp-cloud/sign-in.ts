import { randomInt } from 'node:crypto';
import { unreadable } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { connecting } from '../connect-error.js';
import { ConnectError, type ConnectedAccount, type OAuthMethod } from '../definition.js';
import { entriesOf, fieldsOf, textOf } from '../json.js';
import { appToken, version, type CallGraph, type WhatsAppConfig } from './api.js';
import { listNumbers, type BusinessNumber } from './numbers.js';

/** Which Embedded Signup is shown; without it, it would be one that is gone (…/embedded-signup/versions). */
const signUp = { version: 'v4', setup: {} };

/** Accounts that one consent can share; the newest comes first. */
const mostAccounts = 10;

/**
 * Embedded Signup as a page of its own: Facebook Login for Business with the configuration of our app
 * (developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup and
 * …/facebook-login/guides/advanced/manual-flow).
 *
 * Without PKCE: Meta has it for OpenID Connect alone, in testing, where the verifier stands in the place of the app's
 * secret (…/facebook-login/guides/advanced/oidc-token), and that gives no token for WhatsApp. The code is of no use without
 * the secret, and `state` ties it to the attempt.
 */
export function whatsAppOAuth(config: WhatsAppConfig, call: CallGraph): OAuthMethod {
  const { appId, appSecret, configId, dialogUrl } = config;
  return {
    consentUrl({ state, redirectUri }) {
      const query = new URLSearchParams({
        client_id: appId,
        redirect_uri: redirectUri,
        state,
        config_id: configId,
        response_type: 'code',
        override_default_response_type: 'true',
        extras: JSON.stringify(signUp),
      });
      return `${dialogUrl.replace(/\/+$/, '')}/${version}/dialog/oauth?${query.toString()}`;
    },

    complete: ({ code, redirectUri }) =>
      connecting('ours', async () => {
        const token = await exchange(call, { appId, appSecret, code, redirectUri });
        for (const wabaId of await sharedAccounts(call, { appId, appSecret, token })) {
          const account = await firstSender(call, { wabaId, token });
          if (account !== undefined) return account;
        }
        throw new ConnectError('no_sender');
      }),
  };
}

/** `GET /oauth/access_token` (…/embedded-signup/onboarding-customers-as-a-tech-provider, step 1). */
async function exchange(
  call: CallGraph,
  {
    appId,
    appSecret,
    code,
    redirectUri,
  }: { appId: string; appSecret: string; code: string; redirectUri: string },
): Promise<string> {
  try {
    const answer = await call('/oauth/access_token', {
      query: { client_id: appId, client_secret: appSecret, redirect_uri: redirectUri, code },
      hidden: [code],
    });
    const token = textOf(answer.json['access_token']);
    if (token === undefined) throw unreadable(answer);
    return token;
  } catch (error) {
    // 100: the code was used, is too old, or never was one; that our app is wrong has other codes.
    if (error instanceof ChatServiceError && error.code === '100') {
      throw new ConnectError('expired', error.message, { cause: error });
    }
    throw error;
  }
}

/**
 * WhatsApp Business accounts that the token was given for, in `granular_scopes` of `GET /debug_token`, which our app asks
 * for itself (…/solution-providers/manage-accounts, "Get shared WABA ID with access token").
 */
async function sharedAccounts(
  call: CallGraph,
  { appId, appSecret, token }: { appId: string; appSecret: string; token: string },
): Promise<readonly string[]> {
  const answer = await call('/debug_token', {
    token: appToken({ appId, appSecret }),
    query: { input_token: token },
    hidden: [token],
  });
  const data = fieldsOf(answer.json['data']);
  if (data['is_valid'] !== true || data['app_id'] !== appId) throw unreadable(answer);
  const ids = entriesOf(data['granular_scopes'])
    .map(fieldsOf)
    .filter(({ scope }) => scope === 'whatsapp_business_management')
    .flatMap(({ target_ids: targets }) => entriesOf(targets))
    .flatMap((id) => textOf(id) ?? []);
  return [...new Set(ids)].slice(0, mostAccounts);
}

/** The first number of an account that sends already; else the first that can be made to. */
async function firstSender(
  call: CallGraph,
  { wabaId, token }: { wabaId: string; token: string },
): Promise<ConnectedAccount | undefined> {
  const numbers = await listNumbers(call, { wabaId, token });
  const ready = numbers.find(({ isRegistered }) => isRegistered);
  const number = ready ?? numbers.find(({ isVerified }) => isVerified);
  if (number === undefined) return undefined;
  const pin = ready === undefined ? await register(call, number, token) : undefined;
  return {
    key: number.id,
    name: number.name,
    phone: number.phone,
    credentials: { token, phoneNumberId: number.id, wabaId, ...(pin !== undefined && { pin }) },
  };
}

/**
 * Has Cloud API send from a number, which gives it a PIN for two-step verification
 * (…/business-phone-numbers/registration). It is kept with the token; the owner can set another in WhatsApp Manager.
 *
 * @throws ConnectError `no_sender` with Meta's words, as when the number has another PIN already.
 */
async function register(call: CallGraph, { id }: BusinessNumber, token: string): Promise<string> {
  const pin = String(randomInt(1_000_000)).padStart(6, '0');
  try {
    await call(`/${encodeURIComponent(id)}/register`, {
      method: 'POST',
      token,
      body: { messaging_product: 'whatsapp', pin },
      hidden: [pin],
    });
    return pin;
  } catch (error) {
    if (!(error instanceof ChatServiceError) || error.kind === 'temporary') throw error;
    throw new ConnectError('no_sender', error.message, { cause: error });
  }
}
