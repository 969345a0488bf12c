import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';
import { probeTemplate } from './probe.mjs';

/** Why a template cannot be parsed, and where as far as that can be told. */
export type TemplateFlaw =
  { kind: 'syntax'; reason: string; offset: number | null } | { kind: 'undecided'; reason: string };

/** In milliseconds: for one template, and for all of a widget together. */
const timeouts = { one: 1000, all: 2000 };

/** Brackets within brackets; with each of them the engine needs longer, until nobody would wait for it. */
const maxDepth = 200;

/**
 * Parses templates with the platform's engine, twig.js 0.8.9 (`platform/widget.md §3.3`); none is rendered. The engine
 * takes longer than anybody waits for some templates of a few kilobytes, so it runs in a `node:vm` context, which can be
 * stopped: that is what the context is for, as a template brings no code of its own to be kept away from anything.
 */
export function templateParser(): (text: string) => TemplateFlaw | null {
  const context = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
  });
  const run = (code: string, timeout: number): unknown => runInContext(code, context, { timeout }) as unknown;
  const source = readFileSync(createRequire(import.meta.url).resolve('twig'), 'utf8');
  run(`var window = {}; ${source}`, timeouts.all);
  run(`var probe = ${probeTemplate.toString()}`, timeouts.all);
  let left = timeouts.all;
  return (text) => {
    if (depthOf(text) > maxDepth) return { kind: 'undecided', reason: 'its brackets nest too deep' };
    if (left <= 0) return { kind: 'undecided', reason: 'the templates before it took too long' };
    const started = performance.now();
    try {
      const answer = run(`probe(${JSON.stringify(text)})`, Math.ceil(Math.min(left, timeouts.one)));
      return readAnswer(answer);
    } catch (error) {
      const isTimeout = (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      return { kind: 'undecided', reason: isTimeout ? 'it takes too long' : 'it nests too deep' };
    } finally {
      left -= performance.now() - started;
    }
  };
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[()[\]]/g)) {
    depth = bracket === '(' || bracket === '[' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function readAnswer(answer: unknown): TemplateFlaw | null {
  const flaw = JSON.parse(String(answer)) as { reason: string; offset: number | null } | null;
  if (flaw === null) return null;
  if (/call stack/.test(flaw.reason)) return { kind: 'undecided', reason: 'it nests too deep' };
  return { kind: 'syntax', ...flaw };
}
