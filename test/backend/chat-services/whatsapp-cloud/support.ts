import { definitionsOf } from '../../../../src/backend/chat-services/definitions.js';
import type {
  AppHook,
  ChatServiceDefinition,
  ConnectedAccount,
  ConnectedService,
  OAuthMethod,
} from '../../../../src/backend/chat-services/definition.js';
import { graphApp, type GraphNumber, type GraphServer } from '../../../support/graph-server.js';

export const redirectUri = 'http://127.0.0.1:9/chat-services/whatsapp-cloud/callback';

export interface At {
  readonly url: string;
  readonly timeout?: number;
  readonly now?: () => Date;
  readonly appId?: string;
  readonly appSecret?: string;
}

export type Definition = ChatServiceDefinition & { readonly oauth: OAuthMethod; readonly appHook: AppHook };

/** WhatsApp Business with Meta at this address, as the registry has it. */
export function definitionAt({ url, timeout, now, ...app }: At): Definition {
  const config = { ...graphApp, ...app, graphUrl: url, dialogUrl: url, name: 'whatsapp-cloud' } as const;
  const options = { ...(timeout !== undefined && { timeout }), ...(now && { now }) };
  const definition = definitionsOf([config], options).get('whatsapp-cloud');
  const { oauth, appHook } = definition ?? {};
  if (definition === undefined || oauth === undefined || appHook === undefined) {
    throw new Error('WhatsApp is not in the registry.');
  }
  return { ...definition, oauth, appHook };
}

/** A person opens the consent page and agrees: what comes back to our address. */
export async function agree(consentUrl: string): Promise<URLSearchParams> {
  const answer = await fetch(consentUrl, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

/** A person connects what `server.sharing` has. */
export async function connect(
  server: GraphServer,
  { definition = definitionAt(server), address = redirectUri } = {},
): Promise<ConnectedAccount> {
  const request = { state: 'state', codeChallenge: 'c', redirectUri };
  const query = await agree(definitionAt(server).oauth.consentUrl(request));
  const code = query.get('code') ?? '';
  return definition.oauth.complete({ code, codeVerifier: 'v', redirectUri: address, query });
}

/** A number of an account of its own that somebody has connected. */
export async function open(
  server: GraphServer,
): Promise<{ service: ConnectedService; account: ConnectedAccount; number: GraphNumber; wabaId: string }> {
  const wabaId = String(102_290_000_000_000 + server.numbers.length);
  const number = server.add(wabaId);
  server.sharing = [wabaId];
  const account = await connect(server);
  return { service: definitionAt(server).open(account.credentials), account, number, wabaId };
}
