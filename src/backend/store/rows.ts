import type { SQL } from 'drizzle-orm';
import type { Database } from './store.js';

/** Rows of a statement that is written by hand; their shape is what the caller says it is, on both stores. */
export async function rowsOf<Row extends Record<string, unknown>>(
  db: Pick<Database, 'execute'>,
  statement: SQL,
): Promise<Row[]> {
  const { rows } = (await db.execute<Row>(statement)) as { rows: Row[] };
  return rows;
}
