import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type { WidgetFiles } from '../archive/files.js';
import { readJson } from '../validate/json-document.js';

/** Something that the account says about a file of a widget which it refuses. */
export interface FileProblem {
  file: string;
  message: string;
}

/** Why the account refuses these files, a line each that begins with file, line and column where they are known. */
export function refusalFaults(problems: readonly FileProblem[], files: WidgetFiles): string[] {
  return problems.map(({ file, message }) => {
    const bytes = files.get(file);
    const flaw =
      bytes !== undefined && message.startsWith('JSON was expected')
        ? readJson(file, bytes).jsonFlaws.find(({ kind }) => kind === 'syntax')
        : undefined;
    return flaw === undefined
      ? `${file}: ${message}`
      : `${file}:${flaw.line}:${flaw.column} JSON was expected. ${flaw.message}`;
  });
}

/**
 * What will not run in the page although the account takes it, a line each: a script.js that is no JavaScript, and
 * templates that the platform's twig cannot read.
 */
export function runFaults(files: WidgetFiles): string[] {
  return [...files].flatMap(([file, bytes]) => {
    if (file === 'script.js') return scriptFault(file, bytes.toString('utf8'));
    return file.endsWith('.twig') ? twigFault(file, bytes.toString('utf8')) : [];
  });
}

function scriptFault(file: string, source: string): string[] {
  try {
    new Script(source, { filename: file });
    return [];
  } catch (error) {
    // The first line of the stack of a syntax error is its place.
    const place = /^\S+:\d+$/m.exec((error as Error).stack ?? '')?.[0] ?? file;
    return [`${place} ${(error as Error).message}`];
  }
}

/** What twig.js 0.8.9 has no types for. */
interface Twig {
  twig(options: { data: string; rethrow: true }): unknown;
  extend(change: (core: { log: { error: () => void } }) => void): void;
}

function twigFault(file: string, template: string): string[] {
  const platform = createRequire(import.meta.url)('twig') as Twig;
  // It throws what it would also print.
  platform.extend((core) => {
    core.log.error = () => undefined;
  });
  try {
    platform.twig({ data: template, rethrow: true });
    return [];
  } catch (error) {
    const reason = typeof error === 'string' ? error : (error as Error).message;
    return [`${file} This is no template that twig can read: ${reason.trim().replace(/\.?$/, '.')}`];
  }
}
