import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Has the stack of an error name the sources of a bundle. Maps are read when the first stack is asked for, which is
 * when there is a bug: Node's own `--enable-source-maps` would read them at every start.
 *
 * @param {string} folder of the bundle
 */
export function traceToSources(folder) {
  /** @type {Map<string, SourceMap | null>} */
  const maps = new Map();
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => `    at ${inSource(site, folder, maps)}`)].join('\n');
}

/** @param {Error} error */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** @param {NodeJS.CallSite & { toString(): string }} site @param {string} folder @param {Map<string, SourceMap | null>} maps */
function inSource(site, folder, maps) {
  const [url, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  const written = site.toString();
  if (url?.startsWith('file:') !== true || line === null || column === null) return written;
  const file = fileURLToPath(url);
  if (path.dirname(file) !== folder) return written;
  const entry = mapOf(file, maps)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return written;
  const source = path.resolve(folder, entry.originalSource);
  return written.replace(
    `${url}:${line}:${column}`,
    `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}

/** @param {string} file @param {Map<string, SourceMap | null>} maps */
function mapOf(file, maps) {
  let map = maps.get(file);
  if (map === undefined) {
    map = readMap(file);
    maps.set(file, map);
  }
  return map;
}

/** @param {string} file */
function readMap(file) {
  try {
    /** @type {unknown} */
    const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
    return new SourceMap(/** @type {import('node:module').SourceMapPayload} */ (payload));
  } catch {
    return null;
  }
}
