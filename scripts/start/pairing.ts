import { randomBytes, randomUUID } from 'node:crypto';
import type { ServeExtras } from '../sandbox/serve.js';

/** What the account and its backend know of each other; made up anew for every start. */
export interface Pairing {
  /** Origin of the backend. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hookSecret: string;
  /** Of the demo chat service: opens its first account. */
  readonly chatKey: string;
  /** The backend's app at the demo chat service, by which accounts are connected. */
  readonly chatApp: { readonly clientId: string; readonly clientSecret: string };
  /** The chats channel that Kommo's support has registered for the backend. */
  readonly chatsChannel: { readonly id: string; readonly secret: string };
}

export function createPairing(port: number): Pairing {
  return {
    url: `http://127.0.0.1:${port}`,
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString('base64url'),
    hookSecret: randomBytes(24).toString('base64url'),
    chatKey: randomBytes(24).toString('base64url'),
    chatApp: { clientId: 'pipeline-messenger', clientSecret: randomBytes(24).toString('base64url') },
    chatsChannel: { id: randomUUID(), secret: randomBytes(20).toString('hex') },
  };
}

/** Where the account's events go: `dp.webhook_url` of the widget. */
export function webhookUrlOf({ url, hookSecret }: Pairing): string {
  return `${url}/hooks/digital-pipeline/${hookSecret}`;
}

/** What the account and its chat service know of the backend from the start. */
export function introductionOf({ url, clientId, chatKey, chatApp, chatsChannel }: Pairing): ServeExtras {
  return {
    demoChat: {
      apiKey: chatKey,
      apps: [
        { ...chatApp, name: 'Pipeline Messenger', redirectUris: [`${url}/chat-services/demo/callback`] },
      ],
    },
    chatsChannels: [
      {
        ...chatsChannel,
        name: 'Pipeline Messenger',
        client_uuid: clientId,
        webhook_url: `${url}/hooks/chats/:scope_id`,
      },
    ],
  };
}
