import type { Colors } from '../cli/colors.js';
import { printable } from '../cli/printable.js';
import { wrap } from '../cli/wrap.js';
import { count } from '../validate/words.js';
import type { AreaResult, CallbackResult, WidgetResult } from './result.js';

export interface TextOptions {
  readonly colors: Colors;
  /** How wide the terminal is, in characters. */
  readonly columns?: number | undefined;
}

/** Beyond this, lines are hard to read however wide the terminal is. */
const maxColumns = 120;

/** However narrow the terminal is, texts are not squeezed into less. */
const minRoom = 30;

/** The result of one widget for a person: the verdict, why, and what ran in each area. No line end at the end. */
export function formatWidget(result: WidgetResult, { colors, columns = 80 }: TextOptions): string {
  const { path, code, areas, errors, notes } = result;
  const width = Math.min(columns, maxColumns);
  const verdict = isPassed(result) ? colors.green('✔ passed') : colors.red('✖ failed');
  return [
    [verdict, colors.bold(printable(path)), colors.dim(code)].filter((part) => part !== '').join('  '),
    ...errors.flatMap((error) => finding(['✖ error', colors.red], error, { width, indent: 2 })),
    ...notes.flatMap((note) => finding(['● note ', colors.cyan], note, { width, indent: 2 })),
    ...areas.filter(isTold).flatMap((area) => formatArea(area, { colors, width })),
  ].join('\n');
}

/** The verdict over all widgets; where there are several, the failed ones by name. No line end at the end. */
export function formatSummary(
  results: readonly WidgetResult[],
  seconds: number,
  { colors }: TextOptions,
): string {
  const failed = results.filter((result) => !isPassed(result));
  const breaches = results.flatMap(({ areas }) => areas.flatMap((area) => area.breaches)).length;
  const all = count(results.length, 'widget');
  const verdict =
    failed.length === 0
      ? `${colors.green('✔')} ${colors.bold(`${all} passed`)}`
      : `${colors.red('✖')} ${colors.bold(`${failed.length} of ${all} failed`)}`;
  const found = breaches === 0 ? 'no breaches' : colors.yellow(count(breaches, 'breach', 'breaches'));
  const names = results.length === 1 ? [] : failed.map(({ path }) => `  ${printable(path)}`);
  return [`${verdict}, ${found}, ${seconds.toFixed(1)} s`, ...names].join('\n');
}

/** Whether the widget was started and did nothing that fails the run. */
export function isPassed({ errors, loaded }: WidgetResult): boolean {
  return errors.length === 0 && loaded;
}

/** Of an area where the widget was not started the errors say all. */
function isTold({ callbacks, breaches }: AreaResult): boolean {
  return callbacks.length + breaches.length > 0;
}

function formatArea(
  { area, callbacks, breaches }: AreaResult,
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string[] {
  return [
    `  ${printable(area)}`,
    ...lines(callsOf(callbacks), { width: width - 4 }).map((calls) => {
      const shown = calls.map(({ text, isBroken }) => (isBroken ? colors.red(text) : colors.dim(text)));
      return `    ${shown.join('  ')}`;
    }),
    ...breaches.flatMap((breach) => finding(['▲ breach', colors.yellow], breach, { width, indent: 4 })),
  ];
}

interface Call {
  /** Such as `render ×2 0.3 ms`; of several calls the time of the slowest. */
  readonly text: string;
  readonly isBroken: boolean;
}

/** Each callback once, in the order in which they ran first. */
function callsOf(callbacks: readonly CallbackResult[]): Call[] {
  const groups = new Map<string, CallbackResult[]>();
  for (const callback of callbacks) {
    groups.set(callback.name, [...(groups.get(callback.name) ?? []), callback]);
  }
  return [...groups].map(([name, calls]) => {
    const times = calls.length === 1 ? '' : ` ×${calls.length}`;
    const slowest = Math.max(...calls.map(({ ms }) => ms));
    return {
      text: `${printable(name)}${times} ${slowest} ms`,
      isBroken: calls.some(({ error }) => error !== null),
    };
  });
}

/** Calls in lines, two spaces between them; none is broken in two. */
function lines(calls: readonly Call[], { width }: { readonly width: number }): Call[][] {
  const rows: Call[][] = [];
  let taken = 0;
  for (const call of calls) {
    const row = rows.at(-1);
    if (row === undefined || taken + 2 + call.text.length > width) {
      rows.push([call]);
      taken = call.text.length;
    } else {
      row.push(call);
      taken += 2 + call.text.length;
    }
  }
  return rows;
}

/** A sentence after its sign; further lines begin where the first did. */
function finding(
  [sign, paint]: readonly [sign: string, paint: (text: string) => string],
  text: string,
  { width, indent }: { readonly width: number; readonly indent: number },
): string[] {
  const before = indent + sign.length + 2;
  const [first = '', ...more] = wrap(printable(text), Math.max(minRoom, width - before));
  return [
    `${' '.repeat(indent)}${paint(sign)}  ${first}`,
    ...more.map((line) => `${' '.repeat(before)}${line}`),
  ];
}
