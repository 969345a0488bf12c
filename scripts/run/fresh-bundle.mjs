import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Place
 * @property {string} root the project's folder
 * @property {string} command the name of a file in `scripts/`, without `.ts`
 * @property {string} cache the folder of all bundles
 */

/**
 * What a bundle was made of. A file is known by its size and the time of its last change; one that was not there
 * stands for itself too.
 *
 * @typedef {object} BundleRecord
 * @property {string} root the bundle names places in it
 * @property {string} bundle the path of the file that starts the command, below the cache
 * @property {Record<string, string>} inputs the stamps of all files by their path below the root
 */

/** @param {Place} place */
export function recordFile({ cache, command }) {
  return path.join(cache, `${command}.json`);
}

/** How a file is known again. @param {string} file */
export function stampOf(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.mtimeMs} ${stats.size}`;
}

/**
 * The file that starts the command; `null` when there is none, or a source or a package has changed since it was made.
 *
 * @param {Place} place
 * @returns {string | null}
 */
export function freshBundle(place) {
  try {
    /** @type {unknown} */
    const written = JSON.parse(readFileSync(recordFile(place), 'utf8'));
    const { root, bundle, inputs } = /** @type {BundleRecord} */ (written);
    const file = path.join(place.cache, bundle);
    const isFresh =
      root === place.root &&
      Object.entries(inputs).every(([name, stamp]) => stampOf(path.join(root, name)) === stamp);
    return isFresh && stampOf(file) !== 'none' ? file : null;
  } catch {
    return null;
  }
}
