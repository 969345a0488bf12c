import { setTimeout as pause } from 'node:timers/promises';
import { atLeast, atMost, type Reading, spell } from '../benchmark.js';
import { addLeads, startAccountProcess } from './account.js';
import { type RunningBackend, startBackendProcess } from './backend.js';
import { openBenchStore } from './bench-store.js';
import { buildPrograms } from './programs.js';
import { openQueue, type Queue } from './queue.js';

/** Events that wait behind those that are measured. */
const waiting = { few: 1000, many: 100_000 };

const rounds = 3;

/**
 * Messages before the clock starts, with which connections and plans are made, those that are measured, and those
 * behind them: a note comes a second after its message, and until the last one is counted only messages like it are
 * to be worked on.
 */
const messages = { warmUp: 400, measured: 800, behind: 800 };

/**
 * How fast one process delivers on PostgreSQL, with the API's limit lifted, while few and many events wait, in turns.
 * Reading the lead and its contact, sending, the note and the reports of the service are all part of it.
 */
export async function measureDeliveries(): Promise<readonly Reading[]> {
  const { backend: program } = await buildPrograms();
  const account = await startAccountProcess();
  const store = await openBenchStore('postgresql');
  const start = (): Promise<RunningBackend> =>
    startBackendProcess(program, account, { ...store.backend, apiRequestsPerSecond: Infinity });
  try {
    const leads = await addLeads(account, messages.warmUp + messages.measured + messages.behind);
    // It makes the tables.
    await (await start()).stop();
    const queue = await openQueue(store.backend.databaseUrl ?? '');
    const few: number[] = [];
    const many: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      few.push(await measureOnce(queue, { leads, others: waiting.few, start }));
      many.push(await measureOnce(queue, { leads, others: waiting.many, start }));
    }
    await queue.close();
    return readings(few, many);
  } finally {
    await store.close();
    await account.stop();
  }
}

/** Messages a second, each with its note. */
async function measureOnce(
  queue: Queue,
  {
    leads,
    others,
    start,
  }: { leads: readonly number[]; others: number; start: () => Promise<RunningBackend> },
): Promise<number> {
  await queue.empty();
  await queue.fill(leads, others);
  const backend = await start();
  try {
    const reach = async (count: number): Promise<{ count: number; at: number }> => {
      for (;;) {
        const finished = await queue.finished();
        if (finished >= count) return { count: finished, at: performance.now() };
        await pause(50);
      }
    };
    const first = await reach(messages.warmUp);
    const last = await reach(messages.warmUp + messages.measured);
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  } finally {
    await backend.stop();
  }
}

function readings(few: readonly number[], many: readonly number[]): readonly Reading[] {
  const best = Math.max(...few);
  const cost = best / Math.max(...many);
  const list = (figures: readonly number[]): string => figures.map((figure) => spell(figure)).join(', ');
  return [
    {
      title: 'Messages a second of one process, PostgreSQL',
      figure: spell(best),
      promise: atLeast(best, 200, 'a second'),
      notes: [`each with its note in the feed and its report; the best of ${list(few)}`],
    },
    {
      title: `A delivery while ${spell(waiting.many)} wait`,
      figure: `${spell(cost)} ×`,
      promise: atMost(cost, 1.2, '×'),
      notes: [
        `of its cost while ${spell(waiting.few)} wait; a second with ${spell(waiting.many)}: the best of ${list(many)}`,
      ],
    },
  ];
}
