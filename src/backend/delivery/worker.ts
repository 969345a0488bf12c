import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { deliver, type DeliverOptions } from './deliver.js';
import { createLanes, type LeasedLane } from './lanes.js';
import { type DueNote, extendNotes, leaseNotes, type NotesOptions, writeNote } from './notes.js';
import { within } from '../within.js';
import { createPool } from './pool.js';

export interface Worker {
  /** Looks for work now rather than at the next look. */
  readonly wake: () => void;
  /**
   * Takes on nothing new, waits for what is in flight, for `seconds` at most, and gives the rest back for others to
   * take up at once.
   */
  stop(seconds: number): Promise<void>;
}

export interface WorkerOptions extends DeliverOptions, Omit<NotesOptions, 'apis' | 'installationOf'> {
  /** Milliseconds between two looks while nothing tells of new work. */
  readonly pollInterval?: number;
}

/**
 * Lanes of one installation that a process works on at a time where the API's limit holds: more would wait for the
 * limit only, and keep the lanes of others waiting.
 */
const lanesOfOne = 4;

/** Seconds for which a lane rests after the store has failed its work. */
const secondsAfterFault = 1;

/** Works on what is due: events by their lanes, and notes. Any number of processes share the work. */
export function startWorker(context: Context, options: WorkerOptions): Worker {
  const { config, store, log, metrics } = context;
  const lanes = createLanes(store.db, randomUUID(), { leaseSeconds: config.leaseSeconds });
  const isLimited = Number.isFinite(config.apiRequestsPerSecond);

  async function workOn(lane: LeasedLane): Promise<void> {
    for (;;) {
      const due = await lanes.due(lane);
      if (due === undefined) return;
      for (const event of due.events) {
        if (pool.isStopping) break;
        const { end } = await deliver(event, context, options);
        metrics.events.inc({ end });
        notePool.wake();
      }
      if (pool.isStopping) {
        await lanes.giveBack([lane]);
        return;
      }
      if (await lanes.release(lane, due.version)) return;
    }
  }

  // No other process can have it open: whoever has leased something there is dead.
  let hasOldLeases = store.kind === 'pglite';

  const onError = (error: unknown): void => {
    log.error({ err: error }, 'The worker met an error and goes on');
  };
  const poll = { pollInterval: options.pollInterval ?? 500, onError };
  const pool = createPool<LeasedLane>({
    ...poll,
    size: config.concurrency,
    async take(limit, busy) {
      if (hasOldLeases) await lanes.breakLeases();
      hasOldLeases = false;
      return lanes.lease(limit, { most: isLimited ? lanesOfOne : undefined, busy });
    },
    async work(lane) {
      try {
        await workOn(lane);
      } catch (error) {
        onError(error);
        // Where this does not reach the store either, the lane is taken up again as one that was left behind.
        await lanes.putOff(lane, secondsAfterFault);
      }
    },
  });
  const notePool = createPool<DueNote>({
    ...poll,
    size: Math.max(2, Math.ceil(config.concurrency / 2)),
    take: (limit, busy) => leaseNotes(context, limit, busy),
    work: (note) => writeNote(note, context, options),
  });

  const heartbeat = setInterval(
    () => {
      lanes.extend(pool.busy()).catch(onError);
      extendNotes(context, notePool.busy()).catch(onError);
    },
    (config.leaseSeconds * 1000) / 3,
  );

  return {
    wake() {
      pool.wake();
    },
    async stop(seconds) {
      await Promise.all([pool.stop(seconds), notePool.stop(seconds)]);
      clearInterval(heartbeat);
      // A store that hangs gives them back itself, when the leases have run out.
      await within(2000, lanes.giveBack(pool.busy())).catch(onError);
    },
  };
}
