import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { writeZip } from '../../archive/write-zip.js';
import { projectPaths, projectRoot } from '../../build/paths.js';
import { formatBytes } from '../../cli/sizes.js';
import { atMost, type Benchmark, type Reading, spell } from '../benchmark.js';
import { median, runScript } from '../measure.js';
import { largeWidget } from './large-widget.js';

/** In megabytes of 1,000,000 bytes. */
const memoryCeiling = 300;

/** The validator as a whole process: how long it takes, and the most memory that it holds. */
export const validateBenchmarks: readonly Benchmark[] = [
  {
    name: 'validate',
    group: 'tools',
    title: 'npm run validate on the built widget',
    async measure() {
      await runScript('build');
      return measureValidator(projectPaths().widget, { ceiling: 1000, what: 'the built widget' });
    },
  },
  {
    name: 'validate-large',
    group: 'tools',
    title: 'npm run validate on an archive of 5 MB',
    async measure() {
      const folder = await mkdtemp(path.join(tmpdir(), 'pipeline-messenger-bench-'));
      try {
        const files = largeWidget();
        const archive = path.join(folder, 'widget.zip');
        await writeFile(archive, await writeZip(files));
        const size = [...files.values()].reduce((sum, content) => sum + content.byteLength, 0);
        const note = `${files.size} files of ${formatBytes(size)} before they are zipped`;
        return await measureValidator(archive, { ceiling: 3000, what: 'an archive of 5 MB', note });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];

async function measureValidator(
  widget: string,
  { ceiling, what, note }: { ceiling: number; what: string; note?: string },
): Promise<Reading[]> {
  const milliseconds = await median(5, () => runScript('validate', [widget]));
  const megabytes = await median(3, () => memoryOf(widget));
  return [
    {
      title: `npm run validate on ${what}`,
      figure: `${spell(milliseconds, 0)} ms`,
      promise: atMost(milliseconds, ceiling, 'ms'),
      notes: note === undefined ? [] : [note],
    },
    {
      title: `The most memory on ${what}`,
      figure: `${spell(megabytes, 0)} MB`,
      promise: atMost(megabytes, memoryCeiling, 'MB'),
    },
  ];
}

/** The most memory that the validator's process holds, in megabytes of 1,000,000 bytes. */
async function memoryOf(widget: string): Promise<number> {
  const reporter = fileURLToPath(new URL('report-memory.mjs', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', reporter, path.join('scripts', 'run.mjs'), 'validate', widget],
    { cwd: projectRoot, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const [exitCode, complaint, kilobytes] = await Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.on('close', resolve).on('error', reject);
    }),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
  ]);
  if (exitCode !== 0) throw new Error(`The validator ended with ${String(exitCode)}:\n${complaint}`);
  return (Number(kilobytes) * 1024) / 1_000_000;
}
