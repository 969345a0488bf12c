/**
 * The other end of `run.ts`: reads `{ script, others }` from standard input, runs the script as a page with an
 * AMD loader would, and prints what its module is. Plain JavaScript, since it starts without a compiler.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { buildPage } from './page.mjs';

/**
 * What is printed, as JSON. `detail` is what was found, the address, the reason, or names with line ends between.
 *
 * @typedef {object} CellAnswer
 * @property {'function' | 'no-define' | 'only-named' | 'no-function' | 'not-extendable' | 'remote' | 'undecided'} kind
 * @property {string} detail
 * @property {unknown} [instance] what the function constructs, where there is one
 */

/** In milliseconds, for each of the three steps: loading the script, asking for its module and constructing. */
const timeout = 1000;

/** @type {ReadonlySet<string | symbol>} */
const keptGlobals = new Set([
  'globalThis',
  'Object',
  'Function',
  'Array',
  'Error',
  'String',
  'JSON',
  'Reflect',
]);

/** @type {unknown} */
const given = JSON.parse(readFileSync(0, 'utf8'));
const input = /** @type {{ script: string, others: Record<string, string> }} */ (given);
/** @type {unknown} */
const emptiness = Object.create(null);
const context = createContext(/** @type {object} */ (emptiness), { microtaskMode: 'afterEvaluate' });

/** @param {string} code @param {string} filename */
const run = (code, filename) => /** @type {unknown} */ (runInContext(code, context, { filename, timeout }));

// Should the script get hold of an object from out here, then nothing hangs on the global one that acts on the world.
for (const name of Reflect.ownKeys(globalThis)) {
  if (!keptGlobals.has(name)) Reflect.deleteProperty(globalThis, name);
}
writeSync(1, answer());

function answer() {
  const others = JSON.stringify(JSON.stringify(input.others));
  run(`(${buildPage.toString()})(${others})`, 'page.js');
  try {
    run(input.script, 'script.js');
    const result = run('__answer()', 'answer.js');
    if (typeof result === 'string') return withInstance(result);
    return JSON.stringify({ kind: 'undecided', detail: 'it changes what the check needs' });
  } catch (error) {
    return JSON.stringify({ kind: 'undecided', detail: explain(error) });
  }
}

/** @param {string} result */
function withInstance(result) {
  /** @type {unknown} */
  const parsed = JSON.parse(result);
  const verdict = /** @type {CellAnswer} */ (parsed);
  if (verdict.kind !== 'function') return result;
  return JSON.stringify({ ...verdict, instance: constructed() });
}

/** @returns {unknown} */
function constructed() {
  try {
    const result = run('__construct()', 'construct.js');
    return typeof result === 'string' ? JSON.parse(result) : null;
  } catch (error) {
    return { kind: 'undecided', detail: explain(error) };
  }
}

/** @param {unknown} error @returns {string} */
function explain(error) {
  try {
    const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (error);
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'it does not come to an end';
    return `it stops with “${String(message).slice(0, 200)}”`;
  } catch {
    return 'it stops with an error';
  }
}
