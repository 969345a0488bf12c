import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../account/context.js';
import { isSame } from './accesses.js';
import type { DemoAccount, DemoApp } from './accounts.js';

/** What a person has allowed on the consent page. */
export interface Consent {
  readonly app: DemoApp;
  readonly account: DemoAccount;
  readonly redirectUri: string;
  /** S256 of RFC 7636. */
  readonly codeChallenge: string;
}

/** Codes that apps exchange for access: good once, and for ten minutes. */
export interface Codes {
  issue(consent: Consent): string;
  /** The account that the code opens; undefined when it is not good, or not with this. Either way it is used up. */
  redeem(
    code: string,
    by: { readonly app: DemoApp; readonly redirectUri: string; readonly codeVerifier: string },
  ): DemoAccount | undefined;
  clear(): void;
}

const lifetimeMs = 600_000;

export function createCodes(clock: Clock): Codes {
  const known = new Map<string, Consent & { readonly at: number }>();
  return {
    issue(consent) {
      const code = randomBytes(24).toString('base64url');
      known.set(code, { ...consent, at: clock.now() });
      return code;
    },
    redeem(code, { app, redirectUri, codeVerifier }) {
      const consent = known.get(code);
      known.delete(code);
      if (consent === undefined || clock.now() - consent.at > lifetimeMs) return undefined;
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
      const isFit =
        consent.app.clientId === app.clientId &&
        consent.redirectUri === redirectUri &&
        isSame(consent.codeChallenge, challenge);
      return isFit ? consent.account : undefined;
    },
    clear() {
      known.clear();
    },
  };
}
