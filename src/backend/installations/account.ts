import { z } from 'zod';
import { readAnswer } from '../kommo-api/answers.js';
import { NoAnswerError, type SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';

/** What an account says of itself (`GET /api/v4/account`, `platform/server.md §1.7`). */
export interface AccountFacts {
  readonly accountId: number;
  readonly subdomain: string | undefined;
  /** ISO 3166. */
  readonly country: string | null;
  readonly currency: string | null;
}

const text = z.string().trim().min(1).max(200);

const accountSchema = z.object({
  id: z.number().int().positive(),
  subdomain: text.optional().catch(undefined),
  country: text.nullable().catch(null),
  currency: text.nullable().catch(null),
});

/** Undefined when it is no account that is described there. */
export function accountFacts(body: unknown): AccountFacts | undefined {
  const account = accountSchema.safeParse(body);
  if (!account.success) return undefined;
  const { id, subdomain, country, currency } = account.data;
  return { accountId: id, subdomain, country, currency };
}

/**
 * Asks an account which one it is, with a token that belongs to no installation yet.
 *
 * @throws KommoApiError
 */
export async function readAccount(
  origin: string,
  accessToken: string,
  { http, now }: { http: SendHttp; now: Date },
): Promise<AccountFacts> {
  const name = `GET ${origin}/api/v4/account`;
  try {
    const answer = await http({
      method: 'GET',
      url: `${origin}/api/v4/account`,
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
    });
    const facts = accountFacts(readAnswer(answer, { name, method: 'GET', now }));
    if (facts !== undefined) return facts;
    throw new KommoApiError('temporary', `${name} was answered with ${answer.status} and no account.`, {
      status: answer.status,
    });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new KommoApiError('temporary', `${name} was not answered: ${error.message}.`, { cause: error });
  }
}
