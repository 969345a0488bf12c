import { sql, type SQL } from 'drizzle-orm';
import type { Database } from './store.js';

/** Rows of a statement that is written by hand; their shape is what the caller says it is, on both stores. */
export async function rowsOf<Row extends Record<string, unknown>>(
  db: Pick<Database, 'execute'>,
  statement: SQL,
): Promise<Row[]> {
  const { rows } = (await db.execute<Row>(statement)) as { rows: Row[] };
  return rows;
}

/** Ids as one value, so that a statement reads the same however many there are and its plan can be kept. */
export function idList(ids: readonly number[]): SQL {
  return sql`${`{${ids.join()}}`}::text::bigint[]`;
}
