/**
 * Runs a command of this folder from its bundle, which starts in a third of the time that a compiler takes which reads
 * the sources one by one: `node scripts/run.mjs validate …`. Plain JavaScript, since it starts without a compiler.
 *
 * For commands that end soon: one that runs for hours might miss the parts of its bundle that it has not loaded yet.
 */
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { freshBundle } from './run/fresh-bundle.mjs';
import { traceToSources } from './run/trace-to-sources.mjs';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const place = {
  root: path.dirname(scripts),
  command: process.argv[2] ?? '',
  cache: path.join(path.dirname(scripts), 'node_modules', '.cache', 'pipeline-messenger', 'commands'),
};
const source = path.join(scripts, `${place.command}.ts`);
// What the command sees is what it would see without the one that starts it.
process.argv.splice(1, 2, source);

// The heap may grow by half before garbage is collected. By itself it grows fourfold, which is no faster here.
setFlagsFromString('--heap-growing-percent=50');

const bundle = freshBundle(place) ?? (await makeOrNull());
if (bundle === null) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(source).href);
} else {
  keepCompiled();
  traceToSources(path.dirname(bundle));
  await import(pathToFileURL(bundle).href);
}

/** Whatever keeps the bundle from being made, the sources can do without: a folder that cannot be written, most of all. */
async function makeOrNull() {
  try {
    const { makeBundle } = await import('./run/make-bundle.mjs');
    return await makeBundle(place);
  } catch {
    return null;
  }
}

/** From Node 22.1 on the compiled code is kept too. */
function keepCompiled() {
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => unknown }} */ (module);
  enableCompileCache?.(path.join(place.cache, 'compiled'));
}
