import { createHash } from 'node:crypto';
import path from 'node:path';
import { parse, type Node, type Program } from 'acorn';
import { simple } from 'acorn-walk';
import { loopGuardName } from './loop-guard.js';

/** Texts that are kept; a widget has a few scripts, and each edit makes a new one. */
const kept = 200;

/**
 * Gives what is served for a widget's file: for a script its text with a guard in every loop, so that one that
 * does not end is stopped and the page goes on (`host` of the sandbox; the platform has nothing of this kind). The
 * lines stay as they are. What is served is then not what the archive holds, byte for byte; the archive itself
 * is never changed, and `startSandbox({ loopGuard: false })` serves it as it is.
 */
export function instrumentFiles(): (code: string, file: string, bytes: Uint8Array) => Uint8Array {
  const texts = new Map<string, Uint8Array>();
  return (code, file, bytes) => {
    if (!/^\.m?js$/i.test(path.posix.extname(file))) return bytes;
    const key = `${code} ${createHash('sha1').update(bytes).digest('hex')}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const guarded = guardLoops(text, code);
    const served = guarded === text ? bytes : new TextEncoder().encode(guarded);
    texts.set(key, served);
    const oldest = texts.keys().next().value;
    if (texts.size > kept && oldest !== undefined) texts.delete(oldest);
    return served;
  };
}

/** The script with a call of the guard at the start of every loop's body; one that does not parse as it is. */
export function guardLoops(script: string, code: string): string {
  const program = parsed(script);
  if (program === undefined) return script;
  // Workers and frames load scripts of widgets too, and have no guard.
  const call = `globalThis.${loopGuardName}?.(${JSON.stringify(code)});`;
  const inserts: { readonly at: number; readonly text: string }[] = [];
  const guard = (loop: Node): void => {
    const { body } = loop as Node & { readonly body: Node };
    if (body.type === 'BlockStatement') {
      inserts.push({ at: body.start + 1, text: call });
    } else {
      inserts.push({ at: body.start, text: `{${call}` }, { at: body.end, text: '}' });
    }
  };
  simple(program, {
    ForStatement: guard,
    ForInStatement: guard,
    ForOfStatement: guard,
    WhileStatement: guard,
    DoWhileStatement: guard,
  });
  let text = '';
  let from = 0;
  // Stable: of two brackets that close at one place the order does not matter, and nothing else shares a place.
  for (const { at, text: inserted } of inserts.sort((one, other) => one.at - other.at)) {
    text += script.slice(from, at) + inserted;
    from = at;
  }
  return text + script.slice(from);
}

function parsed(script: string): Program | undefined {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(script, { ecmaVersion: 'latest', sourceType, allowHashBang: true });
    } catch {
      // As the other kind, then; what is neither the browser refuses with its own words.
    }
  }
  return undefined;
}
