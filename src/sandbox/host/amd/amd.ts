import type { AmdFailure } from './failure.js';
import { defineMissing } from './missing.js';
import { defineTwig, twigLibrary } from './twig.js';
import { loadCss, loadJson, loadOptional, loadText } from './plugins.js';

/** The part of RequireJS that the host uses; `@types/requirejs` would clash with Node's `require`. */
export interface AmdRequire {
  (ids: readonly string[], loaded: (...modules: unknown[]) => void, failed?: (error: AmdError) => void): void;
  config(options: {
    baseUrl: string;
    paths: Record<string, string>;
    shim: Record<string, { deps?: readonly string[]; exports: string }>;
    waitSeconds: number;
  }): void;
  undef(id: string): void;
  s: { contexts: { _: { defined: Record<string, unknown>; registry: Record<string, unknown> } } };
}

export type AmdDefine = (
  id: string,
  dependencies: readonly string[],
  factory: (...modules: never[]) => unknown,
) => void;

export type AmdError = Error & {
  /** RequireJS's own word, or `answer` for a text that the server did not give. */
  requireType?: string;
  requireModules?: readonly string[];
  failure?: AmdFailure;
};

/** Libraries of the platform that the sandbox has, by AMD id (`platform/widget.md §3.7`). */
export const libraries = ['jquery', 'underscore', 'backbone', 'twigjs', 'moment', 'clipboard'] as const;

/** As on the platform (`platform/widget.md §12`). */
const waitSeconds = 45;

/**
 * Makes RequireJS what the platform's pages offer to a widget: its libraries and the plugins `text!`, `json!`,
 * `optional!` and `css!`.
 */
export async function prepareAmd(): Promise<void> {
  amdRequire().config({
    baseUrl: '/frontend/js/',
    paths: {
      ...Object.fromEntries(libraries.map((id) => [id, `/sandbox/libraries/${id}`])),
      [twigLibrary]: '/sandbox/libraries/twigjs',
    },
    shim: { underscore: { exports: '_' } },
    waitSeconds,
  });
  // twig.js 0.8.9 asks the AMD loader for the modules of Node.
  amdDefine('fs', [], () => ({}));
  amdDefine('path', [], () => ({}));
  amdDefine('text', [], () => ({ load: loadText }));
  amdDefine('json', [], () => ({ load: loadJson }));
  amdDefine('optional', [], () => ({ load: loadOptional }));
  amdDefine('css', [], () => ({ load: loadCss }));
  defineTwig(amdDefine);
  defineMissing(libraries, amdDefine);
  // A resource of a plugin has its final id only once the plugin is there.
  await amdLoad(['fs', 'path', 'text', 'json', 'optional', 'css']);
}

/** The modules of these ids; rejects with the error of RequireJS. */
export function amdLoad(ids: readonly string[]): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    amdRequire()(
      ids,
      (...modules) => {
        resolve(modules);
      },
      reject,
    );
  });
}

export const amdDefine: AmdDefine = (...args) => {
  (window as unknown as { define: AmdDefine }).define(...args);
};

/** Forgets every module whose address begins so: the next `require` loads it again. */
export function forgetModules(start: string): void {
  const require = amdRequire();
  const { defined, registry } = require.s.contexts._;
  for (const id of [...Object.keys(defined), ...Object.keys(registry)]) {
    if (id.replace(/^(text|json|optional|css)!/, '').startsWith(start)) require.undef(id);
  }
}

function amdRequire(): AmdRequire {
  return (window as unknown as { requirejs: AmdRequire }).requirejs;
}
