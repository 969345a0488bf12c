import { randomBytes } from 'node:crypto';

/** A business whose phone is at the demo chat service. */
export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  /** Together with the id it opens the account. */
  readonly secret: string;
}

/** An app that may ask businesses for access to their accounts. */
export interface DemoApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** For the person who is asked. */
  readonly name: string;
  /** Where its consent may lead to. */
  readonly redirectUris: readonly string[];
}

/** Two businesses; the secrets are made anew each time. */
export function demoAccounts(): DemoAccount[] {
  const secret = (): string => randomBytes(18).toString('base64url');
  return [
    { id: 'brightside', name: 'Brightside Studio', phone: '+12025550140', secret: secret() },
    { id: 'green-leaf', name: 'Green Leaf Cafe', phone: '+12025550141', secret: secret() },
  ];
}

/** What the service tells of an account. */
export function printAccount({ id, name, phone }: DemoAccount): object {
  return { id, name, phone };
}
