import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { inParallel } from './cli/in-parallel.js';
import { runPackage } from './cli/run-package.js';
import { ensureBrowser } from './setup/browser.js';

/** A check of the whole project: a program of a package in `node_modules` and its arguments. */
interface Check {
  title: string;
  program: [packageName: string, file: string];
  args: string[];
}

/** Of the sources; the longest first, so that the others are through beside it. */
const readings: readonly Check[] = [
  { title: 'Lint', program: ['eslint', 'bin/eslint.js'], args: ['.', '--max-warnings', '0'] },
  { title: 'Types', program: ['typescript', 'bin/tsc'], args: ['-p', 'tsconfig.json'] },
  {
    title: 'Formatting',
    program: ['prettier', 'bin/prettier.cjs'],
    args: ['--check', '--log-level', 'warn', '.'],
  },
  {
    title: 'Types of the widget',
    program: ['typescript', 'bin/tsc'],
    args: ['-p', 'src/widget/tsconfig.json'],
  },
];

const tests: Check = {
  title: 'Tests',
  program: ['vitest', 'vitest.mjs'],
  args: ['run', '--reporter', 'default', '--reporter', './scripts/testing/closing-line.ts'],
};

/** How many checks are made at once; more would only take memory. */
const lanes = Math.min(2, availableParallelism());

await runCommand({
  usage: 'npm test',
  summary:
    'Checks everything: formatting, types, lint and every test. Installs a Chromium when there is none.',
  options: {},
  async run({ stdout, stderr, outColors, errColors }) {
    const browser = await ensureBrowser({ log: (line) => stderr.write(`${line}\n`) });
    stdout.write(`${outColors.bold('Browser')} ${path.basename(browser)}\n`);
    const failed: string[] = [];
    const colors = outColors.isColorSupported ? { FORCE_COLOR: '1' } : {};
    const read = inParallel(readings, (check) => collected(check, { ...process.env, ...colors }), { lanes });
    for (const [index, { title }] of readings.entries()) {
      stdout.write(`${outColors.bold(title)}\n`);
      const { printed, isPassed } = (await read[index]) ?? { printed: '', isPassed: false };
      stdout.write(printed);
      if (!isPassed) failed.push(title);
    }
    stdout.write(`${outColors.bold(tests.title)}\n`);
    if ((await runPackage(...tests.program, tests.args)) !== 0) failed.push(tests.title);
    if (failed.length === 0) return exitCodes.done;
    stderr.write(`${errColors.red('failed')} ${failed.join(', ')}\n`);
    return exitCodes.findings;
  },
});

/** Makes a check beside others: what it prints is kept until its turn. */
async function collected(
  { program, args }: Check,
  env: NodeJS.ProcessEnv,
): Promise<{ printed: string; isPassed: boolean }> {
  let printed = '';
  const exitCode = await runPackage(...program, args, { env, collect: (text) => (printed += text) });
  return { printed, isPassed: exitCode === 0 };
}
