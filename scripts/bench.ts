import { benchmarks, type Benchmark } from './bench/benchmarks.js';
import { runCommand } from './cli/command.js';
import { exitCodes, UserError } from './cli/errors.js';
import { progress } from './cli/progress.js';

await runCommand({
  usage: 'npm run bench --',
  summary: 'Measures what the project promises about speed. Each figure is the median of several runs.',
  options: {
    only: {
      type: 'string',
      value: 'NAME',
      help: `One benchmark alone: ${benchmarks.map(({ name }) => name).join(', ')}.`,
    },
  },
  async run({ values, stdout, outColors }) {
    const chosen = choose(values['only'] as string | undefined);
    let missed = 0;
    for (const benchmark of chosen) {
      const { milliseconds, ratio } = await progress(benchmark.title, benchmark.measure);
      const within = milliseconds <= benchmark.ceiling;
      if (!within) missed += 1;
      const figure = `${milliseconds.toFixed(0)} ms`.padStart(9);
      const verdict = within ? outColors.green('within') : outColors.red('over');
      stdout.write(
        `${benchmark.title.padEnd(44)}${figure}  ${verdict} ${benchmark.ceiling} ms${ratio === undefined ? '' : `  ${ratio}`}\n`,
      );
    }
    return missed === 0 ? exitCodes.done : exitCodes.findings;
  },
});

function choose(only: string | undefined): readonly Benchmark[] {
  const chosen = benchmarks.filter(({ name }) => only === undefined || name === only);
  if (chosen.length > 0) return chosen;
  throw new UserError(`There is no benchmark "${only ?? ''}".`, {
    nextStep: `Choose one of ${benchmarks.map(({ name }) => name).join(', ')}.`,
  });
}
