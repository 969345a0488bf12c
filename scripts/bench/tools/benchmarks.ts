import { writeFileSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { watchWidget } from '../../build/watch.js';
import { projectPaths } from '../../build/paths.js';
import { onInterruption } from '../../files/interruption.js';
import { atMost, type Benchmark, spell } from '../benchmark.js';
import { measurePanel } from './panel.js';
import { measureReads } from './account-reads.js';
import { bundleWithEsbuild } from './esbuild.js';
import { median, runScript } from '../measure.js';
import { measureRepaint } from './repaint.js';
import { measureStart } from './start.js';
import { validateBenchmarks } from './validate.js';

interface Timed {
  readonly name: string;
  readonly title: string;
  /** Milliseconds on a machine with two processors. */
  readonly ceiling: number;
  readonly measure: () => Promise<Measurement>;
}

interface Measurement {
  readonly milliseconds: number;
  /** What the figure is compared with, for a machine of any speed, or what it is made of. */
  readonly ratio?: string;
}

const { root } = projectPaths();
const cache = path.join(root, 'node_modules', '.cache', 'pipeline-messenger');

const timed: readonly Timed[] = [
  {
    name: 'build-cold',
    title: 'npm run build, without a cache',
    ceiling: 15_000,
    async measure() {
      const esbuild = await bundleWithEsbuild();
      const milliseconds = await median(3, async () => {
        await rm(cache, { recursive: true, force: true });
        return runScript('build');
      });
      return { milliseconds, ratio: againstEsbuild(milliseconds, esbuild) };
    },
  },
  {
    name: 'build-warm',
    title: 'npm run build, with a cache',
    ceiling: 2000,
    async measure() {
      await runScript('build');
      const esbuild = await bundleWithEsbuild();
      const milliseconds = await median(5, () => runScript('build'));
      return { milliseconds, ratio: againstEsbuild(milliseconds, esbuild) };
    },
  },
  {
    name: 'watch',
    title: 'Rebuild after an edit while watching',
    ceiling: 500,
    async measure() {
      const esbuild = await bundleWithEsbuild();
      const milliseconds = await measureWatch(path.join(root, 'src', 'widget', 'dp-form', 'counter.ts'));
      return { milliseconds, ratio: againstEsbuild(milliseconds, esbuild) };
    },
  },
  {
    name: 'start-cold',
    title: 'npm start to ready, without a cache',
    ceiling: 15_000,
    async measure() {
      const esbuild = await bundleWithEsbuild();
      const milliseconds = await median(3, async () => {
        await rm(cache, { recursive: true, force: true });
        return measureStart();
      });
      return { milliseconds, ratio: againstEsbuild(milliseconds, esbuild) };
    },
  },
  {
    name: 'start-warm',
    title: 'npm start to ready, with a cache',
    ceiling: 5000,
    async measure() {
      await measureStart();
      const esbuild = await bundleWithEsbuild();
      const milliseconds = await median(3, measureStart);
      return { milliseconds, ratio: againstEsbuild(milliseconds, esbuild) };
    },
  },
  {
    name: 'repaint',
    title: 'From an edit to the repainted page',
    ceiling: 1000,
    async measure() {
      const { slowest, kinds } = await measureRepaint();
      const each = [...kinds].map(([kind, milliseconds]) => `${kind} ${milliseconds.toFixed(0)}`);
      return { milliseconds: slowest, ratio: `the slowest of ${each.join(', ')}` };
    },
  },
  {
    name: 'panel',
    title: 'The settings, processor 4 × slower',
    ceiling: 500,
    async measure() {
      return { milliseconds: await measurePanel() };
    },
  },
  {
    name: 'smoke',
    title: 'npm run smoke of our widget',
    ceiling: 20_000,
    async measure() {
      await runScript('build');
      return { milliseconds: await median(3, () => runScript('smoke')) };
    },
  },
  {
    name: 'account-reads',
    title: '1,000 reads of the account’s API',
    ceiling: 1000,
    async measure() {
      const { account, bare } = await measureReads();
      const perSecond = Math.round(1_000_000 / account).toLocaleString('en');
      return {
        milliseconds: account,
        ratio: `${perSecond} a second; ${(account / bare).toFixed(1)} × Node's own server (${bare.toFixed(0)} ms)`,
      };
    },
  },
];

const timedBenchmarks = timed.map<Benchmark>(({ name, title, ceiling, measure }) => ({
  name,
  group: 'tools',
  title,
  async measure() {
    const { milliseconds, ratio } = await measure();
    return [
      {
        title,
        figure: `${spell(milliseconds, 0)} ms`,
        promise: atMost(milliseconds, ceiling, 'ms'),
        notes: ratio === undefined ? [] : [ratio],
      },
    ];
  },
}));

/** What the widget's author waits for. Each figure is the median of several runs. */
export const toolBenchmarks: readonly Benchmark[] = [...timedBenchmarks, ...validateBenchmarks];

function againstEsbuild(milliseconds: number, esbuild: number): string {
  return `${(milliseconds / esbuild).toFixed(1)} × esbuild (${esbuild.toFixed(0)} ms for the same entries)`;
}

/** From the write of an edited file to the files that are ready to be served; the edit is taken back. */
async function measureWatch(file: string): Promise<number> {
  const original = await readFile(file);
  let built: (() => void) | undefined;
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      built = resolve;
    });
  const first = next();
  const watching = watchWidget({ built: () => built?.(), failed: () => undefined });
  const stop = onInterruption(() => {
    writeFileSync(file, original);
  });
  try {
    await first;
    let edit = 0;
    return await median(5, async () => {
      const rebuilt = next();
      edit += 1;
      const started = performance.now();
      await appendFile(file, `\nexport const edit${edit} = '${edit}';\n`);
      await rebuilt;
      return performance.now() - started;
    });
  } finally {
    await watching.close();
    writeFileSync(file, original);
    stop();
  }
}
