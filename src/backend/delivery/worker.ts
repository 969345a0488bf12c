import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { deliver, type DeliverOptions } from './deliver.js';
import { createLanes, type DueEvents, type LeasedLane } from './queue/lanes.js';
import { type DueNote, extendNotes, type NotesOptions, takeNotes, writeNote } from './notes.js';
import { within } from '../within.js';
import { createLeases, LeaseLostError } from './queue/leases.js';
import { createPool } from './queue/pool.js';

export interface Worker {
  /** Looks for work now rather than at the next look. */
  readonly wake: () => void;
  /**
   * Takes on nothing new, waits for what is in flight, for `seconds` at most, and gives the rest back for others to
   * take up at once.
   */
  stop(seconds: number): Promise<void>;
}

export interface WorkerOptions
  extends DeliverOptions, Omit<NotesOptions, 'apis' | 'installationOf' | 'senders'> {
  /** Milliseconds between two looks while nothing tells of new work. */
  readonly pollInterval?: number;
}

/**
 * Lanes of one installation, and notes, that a process works on at a time where the API's limit holds: more would wait
 * for the limit only, and keep those of others waiting.
 */
const mostOfOne = 4;

/** Seconds for which a lane rests after the store has failed its work. */
const secondsAfterFault = 1;

/** Works on what is due: events by their lanes, and notes. Any number of processes share the work. */
export function startWorker(context: Context, options: WorkerOptions): Worker {
  const { config, store, log, metrics } = context;
  const worker = randomUUID();
  const lanes = createLanes(store.db, worker, { leaseSeconds: config.leaseSeconds });
  const most = Number.isFinite(config.apiRequestsPerSecond) ? mostOfOne : undefined;

  async function workOn(first: DueEvents): Promise<void> {
    for (let due: DueEvents | undefined = first; due !== undefined; [due] = await lanes.due([first.lane])) {
      if (await workThrough(due, first)) return;
    }
  }

  /** Whether the lane was given back. Its lease is that of what was due `first`. */
  async function workThrough(due: DueEvents, first: DueEvents): Promise<boolean> {
    const checkLease = (): void => {
      leases.check(first);
    };
    const last = due.events.at(-1);
    for (const event of due.events) {
      if (pool.isStopping) {
        await lanes.giveBack([due.lane]);
        return true;
      }
      const delivered = await deliver(event, context, options, {
        checkLease,
        release: event === last ? due : undefined,
      });
      metrics.events.inc({ end: delivered.end });
      notePool.wake();
      if (delivered.isReleased) return true;
    }
    return last === undefined && (await lanes.release(due));
  }

  // No other process can have it open: whoever has leased something there is dead.
  let hasOldLeases = store.kind === 'pglite';

  const onError = (error: unknown): void => {
    if (error instanceof LeaseLostError) log.warn('A lease ran out: its work goes on elsewhere');
    else log.error({ err: error }, 'The worker met an error and goes on');
  };
  const poll = { pollInterval: options.pollInterval ?? 500, onError };
  const lanesOf = (busy: readonly DueEvents[]): LeasedLane[] => busy.map(({ lane }) => lane);
  const leases = createLeases<DueEvents>({
    seconds: config.leaseSeconds,
    async extend(pieces) {
      const kept = await lanes.extend(lanesOf(pieces));
      return pieces.filter(({ lane }) => kept.has(lane.id));
    },
    onError,
  });
  const pool = createPool<DueEvents>({
    ...poll,
    size: config.concurrency,
    async take(limit, busy) {
      if (hasOldLeases) await lanes.breakLeases();
      hasOldLeases = false;
      const since = performance.now();
      const taken = await lanes.due(await lanes.lease(limit, { most, busy: lanesOf(busy) }));
      leases.add(taken, since);
      return taken;
    },
    async work(due) {
      try {
        await workOn(due);
      } catch (error) {
        onError(error);
        // Where this does not reach the store either, the lane is taken up again as one that was left behind.
        await lanes.putOff(due.lane, secondsAfterFault);
      } finally {
        leases.remove(due);
      }
    },
  });
  const noteLeases = createLeases<DueNote>({
    seconds: config.leaseSeconds,
    extend: (notes) => extendNotes(context, worker, notes),
    onError,
  });
  const notePool = createPool<DueNote>({
    ...poll,
    // Nobody waits for the tenth of a second, in which many gather for a few statements.
    rest: 100,
    size: config.concurrency,
    async take(limit, busy) {
      const since = performance.now();
      const taken = await takeNotes(context, options, { worker, limit, most, busy });
      noteLeases.add(taken, since);
      return taken;
    },
    async work(note) {
      try {
        await writeNote(note, context, {
          ...options,
          checkLease: () => {
            noteLeases.check(note);
          },
        });
      } finally {
        noteLeases.remove(note);
      }
    },
  });

  return {
    wake() {
      pool.wake();
    },
    async stop(seconds) {
      await Promise.all([pool.stop(seconds), notePool.stop(seconds)]);
      leases.stop();
      noteLeases.stop();
      // A store that hangs gives them back itself, when the leases have run out.
      await within(2000, lanes.giveBack(lanesOf(pool.busy()))).catch(onError);
    },
  };
}
