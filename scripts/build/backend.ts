import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './paths.js';

/** What the backend is built of, and what builds it. */
const sources = ['src/backend', 'src/contract', 'src/kommo', 'scripts/build/backend.ts', 'package-lock.json'];

/**
 * Bundles the backend into `dist/backend/main.js`, with its migrations beside it; packages stay in `node_modules`. Gives
 * the file's path, or undefined when it was up to date already and `ifStale` is set.
 */
export async function buildBackend({
  ifStale = false,
  root = projectRoot,
}: { ifStale?: boolean; root?: string } = {}): Promise<string | undefined> {
  const folder = path.join(root, 'dist', 'backend');
  const stamp = path.join(folder, 'sources.sha256');
  const hash = await hashSources(root);
  if (ifStale && (await readFile(stamp, 'utf8').catch(() => '')) === hash) return undefined;

  const making = `${folder}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  try {
    await build({
      entryPoints: [path.join(root, 'src/backend/main.ts')],
      outfile: path.join(making, 'main.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      sourcemap: true,
      logLevel: 'silent',
      absWorkingDir: root,
    });
    await cp(path.join(root, 'src/backend/store/migrations'), path.join(making, 'migrations'), {
      recursive: true,
    });
    await writeFile(path.join(making, 'sources.sha256'), hash);
    await replace(folder, making);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return path.join(folder, 'main.js');
}

/** A backend that runs has read its files; one that starts at this moment finds the old ones or the new ones. */
async function replace(folder: string, by: string): Promise<void> {
  const old = `${by}.old`;
  await rename(folder, old).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  try {
    await rename(by, folder);
  } catch (error) {
    // Another build was faster, of the same sources.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const at = path.join(root, source);
    const names = path.extname(source) === '' ? (await readdir(at, { recursive: true })).sort() : [''];
    for (const name of names) {
      if (name !== '' && path.extname(name) === '') continue;
      hash.update(path.join(source, name)).update(await readFile(path.join(at, name)));
    }
  }
  return hash.digest('hex');
}
