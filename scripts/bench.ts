import { loadavg } from 'node:os';
import { benchmarkGroups, type Benchmark } from './bench/benchmark.js';
import { benchmarks } from './bench/benchmarks.js';
import { printReading } from './bench/print.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { progress } from './cli/progress.js';

const names = benchmarks.map(({ name }) => name);

await runCommand({
  usage: 'npm run bench --',
  takes: '[NAME|GROUP]…',
  summary: [
    'Measures what the project promises about speed; all of it unless names are given.',
    ...benchmarkGroups.map((group) => `  ${group}: ${namesOf(group).join(', ')}`),
  ].join('\n'),
  options: {},
  maxPositionals: Number.POSITIVE_INFINITY,
  examples: ['npm run bench -- backend', 'npm run bench -- build-cold validate'],
  async run({ positionals, stdout, outColors }) {
    const chosen = choose(positionals);
    let missed = 0;
    for (const benchmark of chosen) {
      for (const reading of await progress(benchmark.title, benchmark.measure)) {
        stdout.write(printReading(reading, { colors: outColors, columns: stdout.columns || 80 }));
        if (reading.promise?.isKept === false) missed += 1;
      }
    }
    const load = loadavg().map((figure) => figure.toFixed(1));
    stdout.write(`Load of the machine in the last 1, 5 and 15 minutes: ${load.join(', ')}\n`);
    return missed === 0 ? exitCodes.done : exitCodes.findings;
  },
});

function namesOf(group: Benchmark['group']): string[] {
  return benchmarks.filter((benchmark) => benchmark.group === group).map(({ name }) => name);
}

/** Each once, in their own order. */
function choose(wanted: readonly string[]): readonly Benchmark[] {
  const groups: readonly string[] = benchmarkGroups;
  const unknown = wanted.find((name) => !names.includes(name) && !groups.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`There is no benchmark "${unknown}".`, {
      nextStep: `Choose from ${names.join(', ')}; or a group: ${groups.join(', ')}.`,
    });
  }
  return benchmarks.filter(
    ({ name, group }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(group),
  );
}
