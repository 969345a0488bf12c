import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CellAnswer } from './cell.mjs';
import type { ScriptStudy, ScriptVerdict, WidgetInstanceFacts } from './index.js';

/** More of the other scripts isn't handed over: a script that needs them stays undecided. */
const maxInput = 16 * 1024 * 1024;

/**
 * Runs a script in a process of its own, in an empty `node:vm` context that stands for the page. Whatever the
 * script does, this returns within five seconds. What holds, and what does not:
 *
 * | what a script could reach for      | what stands before it                                           |
 * | ---------------------------------- | --------------------------------------------------------------- |
 * | files outside this folder, writing | Node's permission model, behind the context                     |
 * | child processes, workers, add-ons  | the same                                                        |
 * | the environment                    | it is empty                                                     |
 * | memory and time                    | the limits of the process                                       |
 * | the network, signals to others     | the context alone: the permission model of Node 20 to 24 is no  |
 * |                                    | help there                                                      |
 *
 * `node:vm` alone is no border: an error of a failed `import()` comes from outside the context, and with its
 * constructors a script could make a function out there. So out there no function is made from text, the
 * intrinsics cannot be changed, and the global object is empty of everything that acts.
 */
export function runScript(given: ScriptInput): ScriptStudy {
  const { stdout, error } = spawnSync(process.execPath, cell(), { ...limits, input: inputOf(given) });
  return studyOf(error === undefined ? stdout : null);
}

/** {@link runScript} beside other work: the process has started when this returns. Never rejects. */
export function startScript(given: ScriptInput): Promise<ScriptStudy> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, cell(), limits, (error, stdout) => {
      resolve(studyOf(error === null ? stdout : null));
    });
    // Whoever ends without having read everything is told of by its answer.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(inputOf(given));
  });
}

/** A script and the others of its archive by their path. */
export interface ScriptInput {
  readonly script: string;
  readonly others: Readonly<Record<string, string>>;
}

const limits = {
  env: {},
  timeout: 5000,
  killSignal: 'SIGKILL',
  maxBuffer: 1024 * 1024,
  encoding: 'utf8',
} as const;

function cell(): string[] {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return [
    '--max-old-space-size=256',
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    '--frozen-intrinsics',
    permissionFlag(),
    `--allow-fs-read=${folder}*`,
    join(folder, 'cell.mjs'),
  ];
}

function inputOf({ script, others }: ScriptInput): string {
  const whole = JSON.stringify({ script, others });
  return whole.length > maxInput ? JSON.stringify({ script, others: {} }) : whole;
}

/** What the process printed says; `null` for one that was ended. */
function studyOf(stdout: string | null): ScriptStudy {
  const answer = stdout === null ? null : readAnswer(stdout);
  if (answer === null) {
    return { verdict: { kind: 'undecided', reason: 'it needs too much time or memory' }, instance: null };
  }
  const isFunction = answer.kind === 'function';
  return { verdict: verdictOf(answer), instance: isFunction ? readInstance(answer.instance) : null };
}

function verdictOf(answer: CellAnswer): ScriptVerdict {
  const nowhere = { line: null, column: null };
  switch (answer.kind) {
    case 'function':
      return { kind: 'function' };
    case 'no-define':
      return { kind: 'no-define', reason: answer.detail };
    case 'only-named':
      return { kind: 'only-named', names: answer.detail.split('\n') };
    case 'remote':
      return { kind: 'remote', address: answer.detail };
    case 'undecided':
      return { kind: 'undecided', reason: answer.detail };
    case 'no-function':
    case 'not-extendable':
      return { kind: answer.kind, found: answer.detail, ...nowhere };
  }
}

/** The permission model left its experimental name in Node 22.13 and 23.5. */
function permissionFlag(): string {
  const isStable = process.allowedNodeEnvironmentFlags.has('--permission');
  return isStable ? '--permission' : '--experimental-permission';
}

function readAnswer(stdout: string): CellAnswer | null {
  try {
    const answer = JSON.parse(stdout) as Partial<CellAnswer> | null;
    const kinds = [
      'function',
      'no-define',
      'only-named',
      'no-function',
      'not-extendable',
      'remote',
      'undecided',
    ];
    if (typeof answer?.detail !== 'string' || !kinds.includes(answer.kind ?? '')) return null;
    return answer as CellAnswer;
  } catch {
    return null;
  }
}

/** What the process says of the constructed widget, with nothing believed that is not looked at. */
function readInstance(told: unknown): WidgetInstanceFacts {
  const { kind, detail, callbacks } = (told ?? {}) as Partial<Record<string, unknown>>;
  const reason = typeof detail === 'string' ? detail : 'it cannot be constructed here';
  if (kind === 'no-callbacks') return { kind, found: reason };
  if (kind !== 'callbacks' || !Array.isArray(callbacks)) return { kind: 'undecided', reason };
  return {
    kind,
    callbacks: callbacks.flatMap((one: unknown) => {
      const { name, empty } = (one ?? {}) as { name?: unknown; empty?: unknown };
      return typeof name === 'string' ? [{ name, empty: empty === true }] : [];
    }),
  };
}
