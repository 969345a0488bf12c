/** The part of RequireJS that the host uses; `@types/requirejs` would clash with Node's `require`. */
interface AmdRequire {
  (ids: readonly string[], loaded: (...modules: unknown[]) => void, failed?: (error: AmdError) => void): void;
  config(options: { baseUrl: string; paths: Record<string, string>; waitSeconds: number }): void;
}

type AmdDefine = (id: string, dependencies: readonly string[], factory: () => unknown) => void;

type AmdError = Error & { requireType?: string };

interface LoadDone {
  (module: unknown): void;
  error(error: unknown): void;
}

/**
 * Makes RequireJS what the platform's pages offer to a widget: the modules of `platform/widget.md §3.7` that
 * the bench has, and the plugins `text!`, `json!` and `optional!`.
 */
export async function prepareAmd(): Promise<void> {
  amdRequire().config({
    baseUrl: '/',
    paths: { jquery: '/vendor/jquery', twigjs: '/vendor/twig' },
    waitSeconds: 20,
  });
  // twig.js 0.8.9 asks the AMD loader for the modules of Node.
  amdDefine('fs', [], () => ({}));
  amdDefine('path', [], () => ({}));
  amdDefine('text', [], () => ({ load: loadText }));
  amdDefine('json', [], () => ({ load: loadJson }));
  amdDefine('optional', [], () => ({ load: loadOptional }));
  await amdLoad(['fs', 'path']);
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

function amdRequire(): AmdRequire {
  return (window as unknown as { requirejs: AmdRequire }).requirejs;
}

function loadText(name: string, _require: AmdRequire, done: LoadDone): void {
  fetchText(name).then(done, (error: unknown) => {
    done.error(error);
  });
}

function loadJson(name: string, _require: AmdRequire, done: LoadDone): void {
  fetchText(name)
    .then((text) => JSON.parse(text) as unknown)
    .then(done, (error: unknown) => {
      done.error(error);
    });
}

/** A file that is missing is no module and no error (`platform/widget.md §7`); one that is broken is an error. */
function loadOptional(name: string, require: AmdRequire, done: LoadDone): void {
  require([name], done, (error) => {
    if (error.requireType === 'scripterror') done(undefined);
    else done.error(error);
  });
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
