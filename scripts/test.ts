import path from 'node:path';
import { runCommand } from './cli/command.js';
import { exitCodes } from './cli/errors.js';
import { runPackage } from './cli/run-package.js';
import { ensureBrowser } from './setup/browser.js';

/** A check of the whole project: a program of a package in `node_modules` and its arguments. */
interface Check {
  title: string;
  program: [packageName: string, file: string];
  args: string[];
}

const checks: Check[] = [
  {
    title: 'Formatting',
    program: ['prettier', 'bin/prettier.cjs'],
    args: ['--check', '--log-level', 'warn', '.'],
  },
  { title: 'Types', program: ['typescript', 'bin/tsc'], args: ['-p', 'tsconfig.json'] },
  {
    title: 'Types of the widget',
    program: ['typescript', 'bin/tsc'],
    args: ['-p', 'src/widget/tsconfig.json'],
  },
  { title: 'Lint', program: ['eslint', 'bin/eslint.js'], args: ['.', '--max-warnings', '0'] },
  {
    title: 'Tests',
    program: ['vitest', 'vitest.mjs'],
    args: ['run', '--reporter', 'default', '--reporter', './scripts/testing/closing-line.ts'],
  },
];

await runCommand({
  usage: 'npm test',
  summary:
    'Checks everything: formatting, types, lint and every test. Installs a Chromium when there is none.',
  options: {},
  async run({ stdout, stderr, outColors, errColors }) {
    const browser = await ensureBrowser({ log: (line) => stderr.write(`${line}\n`) });
    stdout.write(`${outColors.bold('Browser')} ${path.basename(browser)}\n`);
    const failed: string[] = [];
    for (const { title, program, args } of checks) {
      stdout.write(`${outColors.bold(title)}\n`);
      if ((await runPackage(...program, args)) !== 0) failed.push(title);
    }
    if (failed.length === 0) return exitCodes.done;
    stderr.write(`${errColors.red('failed')} ${failed.join(', ')}\n`);
    return exitCodes.findings;
  },
});
