import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { SealingKey } from '../config.js';

/** Seconds in which an installation that began here has to come back. */
const lifetime = 600;

const cookieName = 'pipeline_messenger_install';

const audience = 'oauth-state';

export interface OAuthState {
  /** For the consent page, which sends it back as it is (`platform/server.md §1.1`). */
  readonly state: string;
  /** Ties it to the browser: a state that somebody else began is of no use here. */
  readonly cookie: string;
}

/** @param options.isSecure Whether the cookie goes over https alone. */
export async function createState(
  [key]: readonly [SealingKey, ...SealingKey[]],
  { now, isSecure }: { now: Date; isSecure: boolean },
): Promise<OAuthState> {
  const nonce = randomBytes(18).toString('base64url');
  const state = await new SignJWT({ nonce })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + lifetime)
    .sign(signingKey(key));
  return { state, cookie: cookie(nonce, { maxAge: lifetime, isSecure }) };
}

/** A cookie that takes the one of an installation away again. */
export function clearedCookie(options: { isSecure: boolean }): string {
  return cookie('', { maxAge: 0, ...options });
}

/** Whether a state is ours, fresh and of the browser that sends these cookies. */
export async function isOwnState(
  state: string,
  cookies: string | undefined,
  keys: readonly SealingKey[],
  { now }: { now: Date },
): Promise<boolean> {
  const nonce = nonceOf(cookies ?? '');
  if (nonce === undefined) return false;
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(state, signingKey(key), {
        algorithms: ['HS256'],
        audience,
        currentDate: now,
        requiredClaims: ['exp', 'nonce'],
      });
      return isSame(String(payload['nonce']), nonce);
    } catch {
      // Of another key, too old, or none of ours.
    }
  }
  return false;
}

function cookie(value: string, { maxAge, isSecure }: { maxAge: number; isSecure: boolean }): string {
  // Lax: the consent page leads back here from another site.
  const parts = [`${cookieName}=${value}`, 'Path=/oauth', `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Lax'];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}

function nonceOf(cookies: string): string | undefined {
  return new RegExp(`(?:^|;)\\s*${cookieName}=([\\w-]+)`).exec(cookies)?.[1];
}

/** A key of its own, made of the one that seals: neither tells anything about the other. */
function signingKey({ key }: SealingKey): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', audience, 32));
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
