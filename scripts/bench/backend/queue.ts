import pg from 'pg';

/** The tables of a backend's queue, by their SQL: a hundred thousand events that wait are made in seconds. */
export interface Queue {
  /** Nothing waits, and nothing was ever sent. */
  empty(): Promise<void>;
  /**
   * One event for each of these leads, then `others` of leads that nobody knows, which wait since a later time. No text
   * comes twice.
   */
  fill(leads: readonly number[], others: number): Promise<void>;
  /** Messages that were sent and have their note in the feed. */
  finished(): Promise<number>;
  close(): Promise<void>;
}

export async function openQueue(databaseUrl: string): Promise<Queue> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  return {
    async empty() {
      await client.query('truncate events, delivery_lanes, messages, event_notes');
    },
    async fill(leads, others) {
      await client.query(
        `with leads as (
          select element_id, place from unnest($1::bigint[]) with ordinality as lead(element_id, place)
          union all
          select 100000000 + place, cardinality($1::bigint[]) + place from generate_series(1, $2::int) as place
        ), lanes as (
          insert into delivery_lanes (installation_id, element_type, element_id, due_at, version)
          select installations.id, 2, element_id, now() - interval '1 hour' + place * interval '1 millisecond', 1
          from leads, installations
          returning id, installation_id, element_id, due_at
        )
        insert into events (installation_id, lane_id, dedupe_key, type, element_type, element_id, settings, due_at)
        select installation_id, id, id::text, 15, 2, element_id,
          jsonb_build_object('message', 'Hello {{contact_name}}, {{lead_name}} is ready: ' || id), due_at
        from lanes`,
        [leads, others],
      );
    },
    async finished() {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from messages join event_notes using (event_id)
         where state in ('sent', 'delivered', 'read') and note_id is not null`,
      );
      return rows[0]?.count ?? 0;
    },
    close: () => client.end(),
  };
}
