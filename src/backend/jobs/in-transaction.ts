import { sql } from 'drizzle-orm';
import type PgBoss from 'pg-boss';
import type { Database } from '../store/store.js';

/** Lets pg-boss take part in the transaction: its option `db`. */
export function executorOf(transaction: Pick<Database, 'execute'>): PgBoss.Db {
  return {
    async executeSql(text, values: unknown[]) {
      const query = text
        .split(/\$(\d+)/)
        .map((part, at) =>
          at % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1] ?? null)}`,
        );
      const result: unknown = await transaction.execute(sql.join(query));
      return result as { rows: unknown[] };
    },
  };
}
