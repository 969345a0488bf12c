import type { SalesbotStep } from '../../../../kommo/salesbot.js';
import type { CheckWord } from './check-words.js';

/** A sentence about what `onSalesbotDesignerSave` returned. Of errors the bot is not stored. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly word: CheckWord;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Checked {
  /** Undefined when it cannot be stored. */
  readonly steps: readonly SalesbotStep[] | undefined;
  readonly findings: readonly Finding[];
}

/** Those that the sandbox's bots run (`platform/server.md §9`). */
const run = ['show', 'goto', 'widget_request'];
/** Those that are known beside them (`platform/widget.md §4.1`). */
const known = ['conditions', 'exits'];

/**
 * Checks the answer of `onSalesbotDesignerSave` (`platform/widget.md §4.1`): JSON text of a list of steps, each with
 * a list `question` of handlers. On the platform a wrong answer fails in silence (`§9`).
 *
 * | answer | finding |
 * | --- | --- |
 * | no text, no JSON, no list, an empty list | error |
 * | a step without `question`, a handler without a name or with bad `params` | error |
 * | `goto` to a step that is not in the list | error |
 * | `execute_handlers` anywhere | warning: it has no effect |
 * | a handler that is not known, an exit that was not declared | warning |
 */
export function checkAnswer(answer: unknown, exits: readonly string[]): Checked {
  const findings: Finding[] = [];
  const report =
    (level: Finding['level']) =>
    (word: CheckWord, values: Finding['values'] = {}): void => {
      findings.push({ level, word, values });
    };
  const error = report('error');
  const warn = report('warning');
  const steps = readList(answer, error, warn);
  if (steps !== undefined) {
    if (steps.length === 0) error('empty');
    for (const [index, step] of steps.entries()) {
      checkStep(step, { place: index, count: steps.length, exits, error, warn });
    }
  }
  const isFine = steps !== undefined && !findings.some(({ level }) => level === 'error');
  return { steps: isFine ? (steps as SalesbotStep[]) : undefined, findings };
}

type Report = (word: CheckWord, values?: Finding['values']) => void;

interface Place {
  readonly place: number;
  readonly count: number;
  readonly exits: readonly string[];
  readonly error: Report;
  readonly warn: Report;
}

function readList(answer: unknown, error: Report, warn: Report): readonly unknown[] | undefined {
  if (typeof answer !== 'string') {
    error('notText', { came: nameOf(answer) });
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch (reason) {
    error('notJson', { reason: reason instanceof Error ? reason.message : String(reason) });
    return undefined;
  }
  if (Array.isArray(value)) return value as unknown[];
  if (isObject(value) && 'execute_handlers' in value) warn('executeHandlers');
  error('notList', { came: nameOf(value) });
  return undefined;
}

function checkStep(step: unknown, where: Place): void {
  const { place, error, warn } = where;
  if (isObject(step) && 'execute_handlers' in step) warn('executeHandlers');
  if (!isObject(step) || !Array.isArray(step['question'])) {
    error('noQuestion', { step: place });
    return;
  }
  checkHandlers(step['question'], where);
}

function checkHandlers(handlers: readonly unknown[], where: Place): void {
  const { place: step, exits, error, warn } = where;
  for (const [index, handler] of handlers.entries()) {
    const name = isObject(handler) ? handler['handler'] : undefined;
    if (!isObject(handler) || typeof name !== 'string') {
      error('noHandler', { step, handler: index });
      continue;
    }
    const params = handler['params'] ?? {};
    if (!isObject(params)) {
      error('noParams', { step, handler: name });
      continue;
    }
    if (name === 'execute_handlers' || 'execute_handlers' in handler) warn('executeHandlers');
    else if (name === 'goto') checkGoto(params, where);
    else if (name === 'exits') {
      const exit = exitOf(params);
      if (!exits.includes(exit)) warn('unknownExit', { step, exit });
    } else if (name === 'conditions') {
      warn('notRun', { handler: name });
      if (Array.isArray(params['result'])) checkHandlers(params['result'], where);
    } else if (![...run, ...known].includes(name)) {
      warn('unknownHandler', { step, handler: name });
    }
  }
}

function checkGoto({ type, step: target }: Readonly<Record<string, unknown>>, where: Place): void {
  if (type === 'finish') return;
  const number = Number(target);
  if (!Number.isInteger(number) || number < 0 || number >= where.count) {
    where.error('badGoto', { step: where.place, target: JSON.stringify(target ?? null) });
  }
}

/** The code in an `exits` handler; under which name it stands is not documented. */
export function exitOf(params: Readonly<Record<string, unknown>>): string {
  const code = params['value'] ?? params['code'];
  return typeof code === 'string' || typeof code === 'number' ? String(code) : '';
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
