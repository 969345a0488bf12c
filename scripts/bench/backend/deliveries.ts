import { setTimeout as pause } from 'node:timers/promises';
import { addLeads, startAccountProcess } from './account.js';
import { startBackendProcess } from './backend.js';
import { openBenchStore } from './bench-store.js';
import { buildPrograms } from './programs.js';
import { openQueue } from './queue.js';

export interface Deliveries {
  /** Messages a second, each with its note, by the number of events that wait behind them. */
  readonly perSecond: ReadonlyMap<number, readonly number[]>;
}

export interface DeliveriesOptions {
  readonly waiting: readonly number[];
  readonly rounds: number;
  /** Messages of one measurement. */
  readonly messages: number;
}

/** Messages before the clock starts: connections and plans are made with them. */
const warmUp = 200;

/**
 * How fast one process delivers on PostgreSQL while others wait, in turns. Reading the lead and its contact, sending,
 * the note and the reports of the service are all part of it.
 */
export async function measureDeliveries({ waiting, rounds, messages }: DeliveriesOptions): Promise<Deliveries> {
  const { backend: program } = await buildPrograms();
  const account = await startAccountProcess();
  const store = await openBenchStore('postgresql');
  const perSecond = new Map<number, number[]>(waiting.map((count) => [count, []]));
  try {
    const leads = await addLeads(account, messages + warmUp);
    const start = () =>
      startBackendProcess(program, account, { ...store.backend, apiRequestsPerSecond: Infinity });
    // It makes the tables.
    await (await start()).stop();
    const queue = await openQueue(store.backend.databaseUrl ?? '');
    for (let round = 0; round < rounds; round += 1) {
      for (const [count, figures] of perSecond) {
        await queue.empty();
        await queue.fill(leads, count);
        const backend = await start();
        const reach = async (finished: number): Promise<number> => {
          while ((await queue.finished()) < finished) await pause(20);
          return performance.now();
        };
        const started = await reach(warmUp);
        const before = await queue.finished();
        const ended = await reach(messages + warmUp);
        figures.push(((messages + warmUp - before) * 1000) / (ended - started));
        await backend.stop();
      }
    }
    await queue.close();
    return { perSecond };
  } finally {
    await store.close();
    await account.stop();
  }
}
