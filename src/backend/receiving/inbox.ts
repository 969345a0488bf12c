import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { DpHookEvent } from '../../kommo/hook/events.js';
import { dpDedupeKey } from '../../kommo/hook/dedupe-key.js';
import { rowsOf } from '../store/rows.js';
import type { Database } from '../store/store.js';

/**
 * - `accepted`: stored, and will be worked on;
 * - `duplicate`: stored before;
 * - `unknown_account`: no installation that could do anything with it.
 */
export type Acceptance = 'accepted' | 'duplicate' | 'unknown_account';

/** The store cannot take the event now; the platform may send it again. */
export class InboxUnavailable extends Error {
  override readonly name = 'InboxUnavailable';
}

export interface Inbox {
  /** Resolves when the event is durable. Rejects with {@link InboxUnavailable}. */
  accept(hook: DpHookEvent): Promise<Acceptance>;
}

export interface InboxOptions {
  /** Called after events came in that were not there before. */
  readonly onAccepted?: () => void;
  /** Milliseconds within which an event must be stored: the platform waits for two seconds at most. */
  readonly patience?: number;
  /** Events that may wait for the store; more of them are refused at once. */
  readonly room?: number;
}

interface Waiting {
  readonly hook: DpHookEvent;
  readonly settle: (result: Acceptance | Error) => void;
  isSettled: boolean;
}

/** Events that one statement stores at most. */
const groupSize = 500;

/**
 * Stores events in groups: while one statement is under way the events that come in gather for the next one, so
 * that the load sets the size of the groups and a lone event waits for nobody.
 */
export function createInbox(
  db: Database,
  { onAccepted, patience = 1500, room = 10_000 }: InboxOptions = {},
): Inbox {
  let gathered: Waiting[] = [];
  let isStoring = false;

  async function store(): Promise<void> {
    isStoring = true;
    while (gathered.length > 0) {
      // PGlite works in this very thread: what has come in meanwhile is read before the next group is made.
      await turn();
      const group = gathered.slice(0, groupSize).filter(({ isSettled }) => !isSettled);
      gathered = gathered.slice(groupSize);
      if (group.length > 0) await storeGroup(group);
    }
    isStoring = false;
  }

  async function storeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await insertEvents(
        db,
        group.map(({ hook }) => hook),
      );
      for (const [place, { settle }] of group.entries()) settle(results[place] ?? 'unknown_account');
      if (results.includes('accepted')) onAccepted?.();
    } catch (error) {
      // One event that the store refuses must not take its neighbours with it.
      if (group.length > 1 && isDataError(error)) for (const waiting of group) await storeGroup([waiting]);
      else for (const { settle } of group) settle(toError(error));
    }
  }

  return {
    accept(hook) {
      return new Promise((resolve, reject) => {
        if (gathered.length >= room) {
          reject(new InboxUnavailable(`${gathered.length} events wait for the store already.`));
          return;
        }
        const waiting: Waiting = {
          hook,
          isSettled: false,
          settle(result) {
            if (waiting.isSettled) return;
            waiting.isSettled = true;
            clearTimeout(timer);
            if (typeof result === 'string') resolve(result);
            else reject(new InboxUnavailable('The store did not take the event.', { cause: result }));
          },
        };
        const timer = setTimeout(() => {
          waiting.settle(new Error(`The store did not answer within ${patience} ms.`));
        }, patience);
        gathered.push(waiting);
        if (!isStoring) void store();
      });
    },
  };
}

/** SQLSTATE class 22: a value that the store cannot hold. */
function isDataError(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && code.startsWith('22');
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Stores these events in one statement and tells of each what became of it, in their order. Accounts are found by
 * their id; the subdomain decides where two platforms have given the same id, and where the hook is too old to have
 * one (`platform/server.md §3.2`).
 */
async function insertEvents(db: Database, hooks: readonly DpHookEvent[]): Promise<Acceptance[]> {
  const rows = hooks.map((hook, place) => ({
    place,
    account_id: hook.accountId ?? null,
    subdomain: hook.subdomain ?? null,
    dedupe_key: dpDedupeKey(hook),
    type: hook.event.code,
    element_type: hook.elementType,
    element_id: hook.elementId,
    pipeline_id: hook.pipelineId ?? null,
    status_id: hook.statusId ?? null,
    settings: hook.settings,
    happened_at: hook.time ?? null,
  }));
  const found = await rowsOf<{ place: number; accepted: boolean }>(
    db,
    sql`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        place int, account_id bigint, subdomain text, dedupe_key text, type int, element_type int,
        element_id bigint, pipeline_id bigint, status_id bigint, settings jsonb, happened_at double precision
      )
    ),
    known as (
      select distinct on (incoming.place) incoming.*, installations.id as installation_id
      from incoming
      join installations
        on installations.state <> 'uninstalled'
        and case when incoming.account_id is null then installations.subdomain = incoming.subdomain
            else installations.account_id = incoming.account_id end
      order by incoming.place, (installations.subdomain = incoming.subdomain) desc nulls last,
        installations.updated_at desc
    ),
    fresh as (
      select distinct on (installation_id, dedupe_key) known.*
      from known
      where not exists (
        select from events
        where events.installation_id = known.installation_id and events.dedupe_key = known.dedupe_key
        -- Keeps it from becoming a join: the plan is kept, and one made for a small table would read the whole of a
        -- large one for every group.
        offset 0
      )
      order by installation_id, dedupe_key, place
    ),
    lanes as (
      insert into delivery_lanes (installation_id, element_type, element_id, due_at, version)
      -- In one order everywhere, so that two processes never wait for each other.
      select distinct installation_id, element_type, element_id, now(), 1 from fresh order by 1, 2, 3
      on conflict (installation_id, element_type, element_id) do update
        set due_at = least(delivery_lanes.due_at, excluded.due_at), version = delivery_lanes.version + 1
      returning id, installation_id, element_type, element_id
    ),
    added as (
      insert into events (installation_id, lane_id, dedupe_key, type, element_type, element_id, pipeline_id,
        status_id, settings, happened_at)
      select fresh.installation_id, lanes.id, fresh.dedupe_key, fresh.type, fresh.element_type, fresh.element_id,
        fresh.pipeline_id, fresh.status_id, fresh.settings, to_timestamp(fresh.happened_at)
      from fresh join lanes using (installation_id, element_type, element_id)
      order by fresh.place
      on conflict (installation_id, dedupe_key) do nothing
      returning installation_id, dedupe_key
    )
    select known.place, fresh.place is not null and added.dedupe_key is not null as accepted
    from known
    left join fresh on fresh.place = known.place
    left join added
      on added.installation_id = known.installation_id and added.dedupe_key = known.dedupe_key
  `,
  );
  const acceptances = hooks.map((): Acceptance => 'unknown_account');
  for (const { place, accepted } of found) acceptances[place] = accepted ? 'accepted' : 'duplicate';
  return acceptances;
}
