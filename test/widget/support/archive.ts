import type { AmdRequire } from './amd-require.js';

interface ArchiveModule {
  exports: object;
  /** Further files that the module asks for first. */
  needs?: readonly string[];
}

/**
 * The widget's folder behind RequireJS as the widget meets it: a module is fetched once by its address, always
 * answers later than the call, and one that failed stays failed until `undef` (`platform/widget.md §12`).
 */
export function createArchive(modules: Readonly<Record<string, ArchiveModule>>) {
  /** Addresses that were fetched, in their order. */
  const requests: string[] = [];
  const remembered = new Map<string, Promise<object>>();
  const broken = new Set<string>();
  const replaced = new Map<string, ArchiveModule>();
  const held = new Map<string, Promise<void>>();

  const load = (address: string): Promise<object> => {
    const known = remembered.get(address) ?? fetchModule(address);
    remembered.set(address, known);
    return known;
  };

  async function fetchModule(address: string): Promise<object> {
    requests.push(address);
    const file = fileOf(address);
    await held.get(file);
    const module = replaced.get(file) ?? modules[file];
    if (broken.has(file) || module === undefined) throw new Error(`${file} did not come`);
    await Promise.all((module.needs ?? []).map((needed) => load(address.replace(file, needed))));
    return module.exports;
  }

  const require: AmdRequire = (ids, loaded, failed) => {
    Promise.all(ids.map(load)).then((exports) => {
      loaded(...exports);
    }, failed);
  };

  return {
    requests,
    require,
    undef: (address: string): void => {
      remembered.delete(address);
    },
    /** From now on this file doesn't come. Returns what makes it come again. */
    lose(file: string): () => void {
      broken.add(file);
      return () => broken.delete(file);
    },
    /** From now on this file holds something else. */
    replace(file: string, exports: object): void {
      replaced.set(file, { exports });
    },
    /** Whoever asks for this file from now on waits. Returns what lets it come. */
    hold(file: string): () => void {
      const { promise, resolve } = pending();
      held.set(file, promise);
      return resolve;
    },
  };
}

/** A promise and what fulfils it. */
export function pending(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

/** `settings.js` of `https://…/settings.js?v=1.0.0`. */
function fileOf(address: string): string {
  return /([^/?]+)(\?|$)/.exec(address)?.[1] ?? address;
}
