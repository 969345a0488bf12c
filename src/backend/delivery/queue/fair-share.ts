import { sql, type SQL } from 'drizzle-orm';
import { idList } from '../../store/rows.js';

/** A table of work that is due: its rows have an `installation_id` and a `due_at`, with an index on both. */
export interface DueTable {
  readonly table: SQL;
  /** Its key, a number. */
  readonly key: SQL;
}

/** What this process is working on already. */
export interface Busy {
  readonly id: number;
  readonly installationId: string;
}

export interface ShareOptions {
  readonly limit: number;
  /** Pieces that one installation may have, those that are busy included. */
  readonly most?: number | undefined;
  readonly busy: readonly Busy[];
  /** What makes a row that is due one to be taken. */
  readonly condition?: SQL;
}

/**
 * The keys of up to `limit` rows that are due, as an array, the longest waiting first but no installation with more
 * than its share: one that is slow or has very much to do keeps nobody else waiting. The rows are locked; rows that
 * others have locked are left out, and those that are busy.
 */
export function fairShare(
  { table, key }: DueTable,
  { limit, most = limit, busy, condition = sql`true` }: ShareOptions,
): SQL {
  const taken: Record<string, number> = {};
  for (const { installationId } of busy) taken[installationId] = (taken[installationId] ?? 0) + 1;
  const room = sql`${most}::int - coalesce((${JSON.stringify(taken)}::jsonb ->> installation_id::text)::int, 0)`;
  // From one installation to the next over the index, and a few rows of each: however many wait in one, the others
  // cost the same. An array, since the planner reads all rows when it cannot tell how few these are.
  return sql`array(
    with recursive waiting as (
      (select installation_id from ${table} where due_at is not null order by 1 limit 1)
      union all
      select (
        select following.installation_id from ${table} as following
        where following.due_at is not null and following.installation_id > waiting.installation_id
        order by 1 limit 1
      )
      from waiting where waiting.installation_id is not null
    )
    select piece.key
    from (select installation_id, greatest(0, least(${limit}::int, ${room})) as room from waiting) as share
    cross join lateral (
      select ${key} as key, due_at from ${table}
      where installation_id = share.installation_id and due_at <= now() and ${condition}
        and ${key} <> all(${idList(busy.map(({ id }) => id))})
      order by due_at limit share.room for update skip locked
    ) as piece
    order by piece.due_at limit ${limit}
  )`;
}
