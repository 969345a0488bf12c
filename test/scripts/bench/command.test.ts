import { expect, test } from 'vitest';
import { benchmarks } from '../../../scripts/bench/benchmarks.js';
import { atLeast, atMost, type Reading } from '../../../scripts/bench/benchmark.js';
import { printReading } from '../../../scripts/bench/print.js';
import { colorsFor } from '../../../scripts/cli/colors.js';
import { projectRoot } from '../../../scripts/build/paths.js';
import { execFile } from 'node:child_process';
import path from 'node:path';

function bench(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', path.join('scripts', 'bench.ts'), ...args],
      { cwd: projectRoot },
      (_error, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

test('lists every benchmark under its group', async () => {
  const { exitCode, stdout } = await bench('--help');
  expect(exitCode).toBe(0);
  for (const { name, group } of benchmarks) expect(stdout).toMatch(new RegExp(`^  ${group}: .*${name}`, 'm'));
}, 60_000);

test('says which benchmarks there are when it is asked for another one', async () => {
  const { exitCode, stdout, stderr } = await bench('backend', 'nothing');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error There is no benchmark "nothing"\.\n {6}Choose from .*deliveries.*backend\.\n$/,
  );
}, 60_000);

test('has no two benchmarks of one name, and none with the name of a group', () => {
  const names = benchmarks.map(({ name }) => name);
  expect(new Set([...names, 'tools', 'backend']).size).toBe(names.length + 2);
});

const colors = colorsFor({ isTTY: false });

test.each([80, 140])('keeps a reading within %i columns', (columns) => {
  const reading: Reading = {
    title: 'Hooks against a bare route, PostgreSQL',
    figure: '0.95 ×',
    promise: atLeast(0.95, 0.8, '×'),
    notes: ['a bare route with one INSERT: 5,572 a second, p50 9.0, p95 27, p99 44 ms, and more '.repeat(3)],
  };
  const [head = '', ...notes] = printReading(reading, { colors, columns }).trimEnd().split('\n');
  expect(head).toMatch(/^Hooks against a bare route, PostgreSQL +0\.95 × {2}kept: at least 0\.8 ×$/);
  expect(notes.length).toBeGreaterThan(1);
  for (const line of [head, ...notes]) expect(line.length).toBeLessThanOrEqual(columns);
});

test('tells a promise that is missed from one that is kept', () => {
  expect(atMost(1000, 1000, 'ms')).toEqual({ bound: 'at most 1,000 ms', isKept: true });
  expect(atMost(1000.5, 1000, 'ms').isKept).toBe(false);
  expect(atLeast(0.79, 0.8, '×')).toEqual({ bound: 'at least 0.8 ×', isKept: false });
  expect(atLeast(Number.NaN, 0.8, '×').isKept).toBe(false);
  const missed = printReading(
    { title: 'One', figure: '2 ms', promise: atMost(2, 1, 'ms') },
    { colors, columns: 80 },
  );
  expect(missed).toMatch(/missed: at most 1 ms$/m);
});
