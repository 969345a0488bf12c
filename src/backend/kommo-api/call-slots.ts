import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.js';

/** Turns for calls of the API, so that all processes together stay within its limit (`platform/server.md §5.1`). */
export interface CallSlots {
  /** Resolves when this installation may make one call. */
  take(installationId: string): Promise<void>;
  /** After a 429: nobody calls for this many seconds. */
  pushBack(installationId: string, seconds: number): Promise<void>;
}

/**
 * A share of each second that stays free. Calls arrive sooner or later than they left; seven that were sent exactly a
 * seventh of a second apart could arrive as eight in a second.
 */
const margin = 0.05;

/**
 * Turns that a busy process has come too late for are reserved anew: used together, or right before the next ones, they
 * would be too many for a second. One that is always late has to call all the same in the end.
 */
const mostMissed = 10;

/**
 * Turns are spaced evenly by the database's clock: `next_at` of the installation moves on by one interval for each, in
 * the statement that reserves it. Libraries that share a limit (rate-limiter-flexible) count calls in fixed windows of
 * a second, and seven at the end of one with seven at the start of the next are fourteen in a second, which the
 * platform answers with 429 and in the end with a block.
 *
 * Callers of one process that wait reserve together, at most one second's worth at a time: one statement a second
 * under full load, fair turns between processes, and little that is lost when a process dies.
 */
export function createCallSlots({ config, store }: Pick<Context, 'config' | 'store'>): CallSlots {
  const perSecond = config.apiRequestsPerSecond;
  if (perSecond === Infinity) {
    return { take: () => Promise.resolve(), pushBack: () => Promise.resolve() };
  }
  const interval = (1000 * (1 + margin)) / perSecond;
  const most = Math.max(1, Math.floor(perSecond));
  /** Milliseconds that a turn may be used late: as much as the margin of a second leaves. */
  const lateness = 1000 * margin;
  const queues = new Map<string, Queue>();

  /** Milliseconds until the first of `count` turns. */
  const reserve = async (installationId: string, count: number): Promise<number> => {
    const length = sql`${count * interval}::double precision * interval '1 millisecond'`;
    const { rows } = (await store.db.execute(sql`
      insert into api_slots as slots (installation_id, next_at)
      values (${installationId}, clock_timestamp() + ${length})
      on conflict (installation_id) do update
      set next_at = greatest(slots.next_at, clock_timestamp()) + ${length}
      returning extract(epoch from next_at - ${length} - clock_timestamp())::double precision * 1000 as wait
    `)) as { rows: { wait: number }[] };
    return Math.max(0, rows[0]?.wait ?? 0);
  };

  const serve = async (installationId: string, queue: Queue): Promise<void> => {
    let missed = 0;
    try {
      while (queue.waiting.length > 0) {
        const count = Math.min(queue.waiting.length, most);
        const { pushes } = queue;
        const asked = performance.now();
        const wait = await reserve(installationId, count);
        // The database's clock was read some time between these two.
        const earliest = asked + wait;
        const latest = performance.now() + wait;
        for (let turn = 0; turn < count; turn += 1) {
          const left = latest + turn * interval - performance.now();
          if (left > 0) await pause(Math.ceil(left));
          // What was reserved before a 429 is not to be used after it.
          if (queue.pushes !== pushes) break;
          const late = performance.now() - earliest - turn * interval;
          if (late > lateness && missed < mostMissed) {
            missed += 1;
            break;
          }
          missed = 0;
          queue.waiting.shift()?.resolve();
        }
      }
    } catch (error) {
      for (const { reject } of queue.waiting) reject(error);
    } finally {
      // In the same tick as the last look at the queue: who comes later starts anew.
      queues.delete(installationId);
    }
  };

  return {
    take(installationId) {
      const queue = queues.get(installationId) ?? { waiting: [], pushes: 0 };
      const taken = new Promise<void>((resolve, reject) => {
        queue.waiting.push({ resolve, reject });
      });
      if (!queues.has(installationId)) {
        queues.set(installationId, queue);
        void serve(installationId, queue);
      }
      return taken;
    },
    async pushBack(installationId, seconds) {
      const queue = queues.get(installationId);
      if (queue !== undefined) queue.pushes += 1;
      const until = sql`clock_timestamp() + ${seconds}::double precision * interval '1 second'`;
      await store.db.execute(sql`
        insert into api_slots as slots (installation_id, next_at) values (${installationId}, ${until})
        on conflict (installation_id) do update set next_at = greatest(slots.next_at, ${until})
      `);
    },
  };
}

interface Queue {
  readonly waiting: { resolve: () => void; reject: (error: unknown) => void }[];
  /** Goes up with every 429. */
  pushes: number;
}
