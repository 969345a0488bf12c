import { decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { disposableToken } from '../../kommo/disposable-token.js';
import type { Client, Config } from '../config.js';
import { Refusal } from '../refusal.js';

/** Seconds by which the platform's clock may differ from ours (`platform/server.md §2`). */
const leeway = 30;

/** Numbers have come as strings elsewhere on the platform. */
const id = z.coerce.number().int().positive();

const claimsSchema = z.object({
  iss: z.url(),
  jti: z.string().min(1),
  exp: z.number(),
  account_id: id,
  user_id: id,
  client_uuid: z.string(),
  is_admin: z.unknown().optional(),
});

export type OneTimeClaims = z.infer<typeof claimsSchema>;

/**
 * The claims of a user's one-time token, after its signature, audience, times and integration were checked
 * (`platform/server.md §2`). A secret that is being replaced is good as well.
 *
 * @throws Refusal 401 `token_expired` or `token_invalid`.
 */
export async function readOneTimeToken(
  token: string,
  { config, now }: { config: Pick<Config, 'clients' | 'publicUrl'>; now: Date },
): Promise<OneTimeClaims> {
  const client = clientOf(token, config.clients);
  for (const secret of client?.secrets ?? []) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: [disposableToken.algorithm],
        audience: audiences(config.publicUrl),
        requiredClaims: ['iss', 'jti', 'exp', 'account_id', 'user_id', 'client_uuid'],
        clockTolerance: leeway,
        currentDate: now,
      });
      const claims = claimsSchema.safeParse(payload);
      if (claims.success) return claims.data;
      throw invalid('Its claims are not those of a one-time token');
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue;
      if (error instanceof errors.JWTExpired) {
        throw new Refusal(401, 'token_expired', 'The one-time token has expired: ask Kommo for a new one');
      }
      if (error instanceof errors.JOSEError) throw invalid(reasonOf(error));
      throw error;
    }
  }
  throw invalid(client === undefined ? 'It is not for an integration of ours' : 'Its signature is wrong');
}

function clientOf(token: string, clients: readonly Client[]): Client | undefined {
  try {
    const { client_uuid: uuid } = decodeJwt(token);
    return clients.find((client) => client.id === uuid);
  } catch {
    throw invalid('It is no JWT');
  }
}

/** The platform writes the address without its port (`platform/server.md §0`, 9); either way it is ours. */
function audiences(publicUrl: string): string[] {
  const { protocol, hostname, origin } = new URL(publicUrl);
  return [origin, `${protocol}//${hostname}`];
}

function reasonOf(error: errors.JOSEError): string {
  return error instanceof errors.JWTClaimValidationFailed
    ? `Its claim "${error.claim}" is wrong`
    : `It cannot be checked (${error.code})`;
}

function invalid(why: string): Refusal {
  return new Refusal(401, 'token_invalid', `The one-time token is not good. ${why}`);
}
