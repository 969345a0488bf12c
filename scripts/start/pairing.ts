import { randomBytes, randomUUID } from 'node:crypto';

/** What the account and its backend know of each other; made up anew for every start. */
export interface Pairing {
  /** Origin of the backend. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hookSecret: string;
  readonly chatKey: string;
}

export function createPairing(port: number): Pairing {
  return {
    url: `http://127.0.0.1:${port}`,
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString('base64url'),
    hookSecret: randomBytes(24).toString('base64url'),
    chatKey: randomBytes(24).toString('base64url'),
  };
}

/** Where the account's events go: `dp.webhook_url` of the widget. */
export function webhookUrlOf({ url, hookSecret }: Pairing): string {
  return `${url}/hooks/digital-pipeline/${hookSecret}`;
}
