import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Context } from '../context.js';
import { KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { accountFacts } from './account.js';
import { installations } from './tables.js';

/**
 * Asks accounts that did not answer at their installation for their country and currency: without the country, phone
 * numbers that have no country code cannot be read. Rejects when one did not answer this time either; the others are
 * asked all the same.
 */
export async function fillMissingFacts(
  { store, log }: Pick<Context, 'store' | 'log'>,
  apis: KommoApis,
): Promise<void> {
  const { db } = store;
  const incomplete = await db
    .select({ id: installations.id })
    .from(installations)
    .where(
      and(
        eq(installations.state, 'active'),
        or(isNull(installations.country), isNull(installations.currency)),
      ),
    );
  let failure: KommoApiError | undefined;
  for (const { id } of incomplete) {
    try {
      const facts = accountFacts(await apis.of(id).get('/account'));
      if (facts !== undefined) {
        await db
          .update(installations)
          .set({
            country: sql`coalesce(${installations.country}, ${facts.country})`,
            currency: sql`coalesce(${installations.currency}, ${facts.currency})`,
          })
          .where(eq(installations.id, id));
      }
    } catch (error) {
      if (!(error instanceof KommoApiError)) throw error;
      if (error.kind === 'temporary') failure = error;
      else log.warn({ installation: id, kind: error.kind }, 'the account does not tell its country');
    }
  }
  if (failure !== undefined) throw failure;
}
