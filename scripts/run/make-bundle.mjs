import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { recordFile, stampOf } from './fresh-bundle.mjs';

/** @typedef {import('./fresh-bundle.mjs').Place} Place */
/** @typedef {import('./fresh-bundle.mjs').BundleRecord} BundleRecord */

/**
 * Packages that are needed at nearly every start, with all that they need themselves. The others stay where they are: most
 * are large and seldom needed, and not every package bears to be moved.
 */
const bundled = new Set([
  'acorn',
  'ajv',
  'eslint-scope',
  'globals',
  'image-size',
  'jsonc-parser',
  'picocolors',
  'picomatch',
  'postcss',
  'string-width',
  'tinyglobby',
  'wrap-ansi',
  'yauzl',
]);

/** What decides about a bundle beside its sources. npm writes the first of them whenever it changes a package. */
const alsoInputs = ['node_modules/.package-lock.json', 'tsconfig.json', 'scripts/run/make-bundle.mjs'];

/** In milliseconds: no command that is made for bundles goes on for so long. */
const longest = 10 * 60_000;

/**
 * Bundles a command and gives the file that starts it. Every bundle has a folder of its own, and the record of the newest is
 * put into its place in one step, so that others may start, or make one, at the same moment. Rejects when that
 * cannot be done.
 *
 * @param {Place} place
 * @returns {Promise<string>}
 */
export async function makeBundle(place) {
  const { root, command, cache } = place;
  const began = Date.now();
  const folder = path.join(cache, `${command}-${began}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [path.join(root, 'scripts', `${command}.ts`)],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
    },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [packagesApart, ownPlaces(root)],
  });
  // Packages are judged by what npm wrote of them, which is faster than to look at each of their files.
  const sources = Object.keys(metafile.inputs).filter((name) => !name.startsWith('node_modules/'));
  const names = [...alsoInputs, ...sources];
  const file = path.join(folder, `${command}.js`);
  if (await areOlder(names, root, began)) {
    const inputs = Object.fromEntries(names.map((name) => [name, stampOf(path.join(root, name))]));
    await writeRecord(place, { root, bundle: path.relative(cache, file), inputs });
  }
  await removeOld(place, folder);
  return file;
}

/** A file that changed while it was read may be there in both states; clocks of file systems are coarse. */
async function areOlder(
  /** @type {readonly string[]} */ names,
  /** @type {string} */ root,
  /** @type {number} */ began,
) {
  const times = await Promise.all(
    names.map((name) =>
      stat(path.join(root, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return times.every((time) => time < began - 1000);
}

/** @param {Place} place @param {BundleRecord} record */
async function writeRecord(place, record) {
  const file = recordFile(place);
  await writeFile(`${file}.${process.pid}`, JSON.stringify(record));
  await rename(`${file}.${process.pid}`, file);
}

/** Takes away the bundles of earlier sources that nobody runs any more. @param {Place} place @param {string} current */
async function removeOld({ cache, command }, current) {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    if (folder === current || !name.startsWith(`${command}-`)) continue;
    const { mtimeMs } = await stat(folder);
    if (mtimeMs < Date.now() - longest) await rm(folder, { recursive: true, force: true });
  }
}

/** @type {import('esbuild').Plugin} */
const packagesApart = {
  name: 'packages-apart',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path: id, kind, importer }) => {
      if (kind === 'entry-point' || /[\\/]node_modules[\\/]/.test(importer)) return null;
      const name = id.split('/', id.startsWith('@') ? 2 : 1).join('/');
      return bundled.has(name) ? null : { path: id, external: true };
    });
  },
};

/** A module that looks for files beside itself finds them beside its source. @param {string} root @returns {import('esbuild').Plugin} */
function ownPlaces(root) {
  return {
    name: 'own-places',
    setup(builder) {
      builder.onLoad({ filter: /\.m?[jt]s$/ }, async ({ path: file }) => {
        const isOwn = file.startsWith(root + path.sep) && !file.startsWith(path.join(root, 'node_modules'));
        const text = isOwn ? await readFile(file, 'utf8') : '';
        if (!text.includes('import.meta.')) return null;
        const contents = text
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
          .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
        return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}
