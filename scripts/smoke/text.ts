import type { Colors } from '../cli/colors.js';
import type { AreaResult, WidgetResult } from './result.js';

/** The result of one widget for a person. */
export function formatWidget(result: WidgetResult, colors: Colors): string {
  const { path, code, loaded, areas, errors, notes } = result;
  const verdict =
    errors.length > 0 ? colors.red('failed') : loaded ? colors.green('passed') : colors.red('not started');
  const lines = [`${colors.bold(path)} ${colors.dim(code)} ${verdict}`];
  for (const area of areas) lines.push(...formatArea(area, colors));
  for (const error of errors) lines.push(`  ${colors.red('error')} ${error}`);
  for (const note of notes) lines.push(`  ${colors.yellow('note')}  ${note}`);
  return lines.join('\n');
}

/** One line at the end for all widgets. */
export function formatSummary(results: readonly WidgetResult[], seconds: number, colors: Colors): string {
  const failed = results.filter(({ errors, loaded }) => errors.length > 0 || !loaded).length;
  const breaches = results
    .flatMap(({ areas }) => areas)
    .reduce((sum, { breaches: found }) => sum + found.length, 0);
  const parts = [
    `${count(results.length, 'widget')} in ${seconds.toFixed(1)} s`,
    failed === 0 ? colors.green('none failed') : colors.red(`${failed} failed`),
    breaches === 0 ? 'no breaches' : colors.yellow(count(breaches, 'breach', 'breaches')),
  ];
  return parts.join(', ');
}

function formatArea({ area, callbacks, breaches }: AreaResult, colors: Colors): string[] {
  const calls = callbacks.map(({ name, ms, error }) => {
    const text = `${name} ${colors.dim(`${ms} ms`)}`;
    return error === null ? text : colors.red(text);
  });
  return [
    `  ${area}${calls.length === 0 ? '' : `: ${calls.join(', ')}`}`,
    ...breaches.map((breach) => `    ${colors.yellow('breach')} ${breach}`),
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
