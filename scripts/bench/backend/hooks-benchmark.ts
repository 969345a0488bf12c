import { atLeast, atMost, type Reading, spell } from '../benchmark.js';
import { startAccountProcess } from './account.js';
import { type Memory, type RunningBackend, startBackendProcess } from './backend.js';
import { openBenchStore, type StoreKind } from './bench-store.js';
import { startChild } from './child.js';
import { hookPath, hooksOf } from './hooks.js';
import { Latencies } from './latencies.js';
import { pressEvenly, pressHard, type Target } from './load.js';
import { buildPrograms } from './programs.js';

const titles: Readonly<Record<StoreKind, string>> = { postgresql: 'PostgreSQL', pglite: 'PGlite' };

/** Share of the hooks that a bare route acknowledges in the same time. */
const floors: Readonly<Record<StoreKind, number>> = { postgresql: 0.8, pglite: 0.5 };

/** Calls that wait for an answer at the same time. */
const connections = 64;

const rounds = 5;
const roundSeconds = 3;
const even = { rate: 200, seconds: 15, connections };

/** Hooks over which the memory must stay flat, and those after which it is what it is going to be. */
const hooks = { all: 100_000, settled: 30_000 };

/** How much more memory at the end: what a garbage collection leaves differs by some percent from one to the next. */
const flat = 1.1;

/**
 * The backend as it runs in production, its worker with the API's limit of calls included, beside a bare route with
 * one INSERT into a store of the same kind, in turns. The generator of the load is this process, on the same
 * processors.
 */
export async function measureHooks(kind: StoreKind): Promise<readonly Reading[]> {
  const programs = await buildPrograms();
  const account = await startAccountProcess();
  const store = await openBenchStore(kind);
  const backend = await startBackendProcess(programs.backend, account, store.backend);
  const bare = startChild(programs.bare);
  try {
    const { url } = await bare.ask<{ url: string }>(store.bare);
    const hook = hooksOf(account);
    const ours = { url: backend.url + hookPath, ...hook };
    const turns = await takeTurns(ours, { url: `${url}/`, ...hook });
    await bare.stop();
    const evenly = await pressEvenly(ours, even);
    const memory = await watchMemory(backend, ours, turns.count);
    return [
      ratioReading(kind, turns),
      {
        title: `p99 at ${even.rate} hooks a second, ${titles[kind]}`,
        figure: `${spell(evenly.latencies.percentile(99))} ms`,
        promise: atMost(evenly.latencies.percentile(99), 100, 'ms'),
        notes: [String(evenly.latencies)],
      },
      memoryReading(kind, memory),
    ];
  } finally {
    await backend.stop();
    await bare.stop();
    await account.stop();
    await store.close();
  }
}

interface Side {
  readonly perSecond: number[];
  readonly latencies: Latencies;
}

interface Turns {
  readonly ours: Side;
  readonly bare: Side;
  /** Hooks that we got. */
  readonly count: number;
}

async function takeTurns(ours: Target, bare: Target): Promise<Turns> {
  const press = async (target: Target, { perSecond, latencies }: Side): Promise<void> => {
    const load = await pressHard(target, {
      connections,
      until: (_calls, seconds) => seconds >= roundSeconds,
    });
    perSecond.push(load.perSecond);
    latencies.addAll(load.latencies);
  };
  const side = (): Side => ({ perSecond: [], latencies: new Latencies() });
  // What is compiled and planned first is no part of it.
  await press(bare, side());
  await press(ours, side());
  const sides = { ours: side(), bare: side() };
  for (let round = 0; round < rounds; round += 1) {
    await press(ours, sides.ours);
    await press(bare, sides.bare);
  }
  return { ...sides, count: sides.ours.latencies.count };
}

function ratioReading(kind: StoreKind, { ours, bare }: Turns): Reading {
  const ratios = ours.perSecond.map((perSecond, round) => perSecond / (bare.perSecond[round] ?? Number.NaN));
  const ratio = middle(ratios);
  const side = (name: string, { perSecond, latencies }: Side): string =>
    `${name}: ${spell(middle(perSecond))} a second, ${String(latencies)}`;
  return {
    title: `Hooks against a bare route, ${titles[kind]}`,
    figure: `${spell(ratio)} ×`,
    promise: atLeast(ratio, floors[kind], '×'),
    notes: [
      side('the backend', ours),
      side('a bare route with one INSERT', bare),
      `median of ${rounds} turns: ${ratios.map((one) => one.toFixed(2)).join(', ')}`,
    ],
  };
}

/** Hooks until there were a hundred thousand of them, and the memory at the first and the last mark. */
async function watchMemory(backend: RunningBackend, target: Target, before: number): Promise<Memory[]> {
  const readings: Memory[] = [];
  let count = before;
  for (const mark of [hooks.settled, (hooks.settled + hooks.all) / 2, hooks.all]) {
    const missing = Math.max(0, mark - count);
    await pressHard(target, { connections, until: (calls) => calls >= missing });
    count += missing;
    readings.push(await backend.memory());
  }
  return readings;
}

function memoryReading(kind: StoreKind, readings: readonly Memory[]): Reading {
  const growth = (of: (memory: Memory) => number): number =>
    Math.max(...readings.slice(1).map(of)) / (readings[0] === undefined ? Number.NaN : of(readings[0]));
  const heap = growth(({ heapUsed }) => heapUsed);
  const rss = growth(({ rss }) => rss);
  const list = (of: (memory: Memory) => number): string =>
    readings.map((memory) => spell(of(memory) / 1024 / 1024, 0)).join(', ');
  return {
    title: `Memory over ${spell(hooks.all)} hooks, ${titles[kind]}`,
    figure: `${spell(Math.max(heap, rss))} ×`,
    promise: atMost(Math.max(heap, rss), flat, '×'),
    notes: [
      `MB after 30, 65 and 100 thousand: ${list(({ heapUsed }) => heapUsed)} of heap, ${list(({ rss }) => rss)} in all`,
    ],
  };
}

function middle(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
