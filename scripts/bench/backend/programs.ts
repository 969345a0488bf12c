import { cp } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../build/paths.js';

export type ProgramName = 'backend' | 'bare';

/**
 * Builds the programs as production is built, to JavaScript in one file with the packages beside it, and gives the
 * path of each.
 */
export async function buildPrograms(): Promise<Record<ProgramName, string>> {
  const folder = path.join(projectRoot, 'node_modules', '.cache', 'pipeline-messenger', 'bench');
  const source = path.join(projectRoot, 'scripts', 'bench', 'backend', 'programs');
  await build({
    entryPoints: [path.join(source, 'backend.ts'), path.join(source, 'bare.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
  });
  await cp(path.join(projectRoot, 'src', 'backend', 'store', 'migrations'), path.join(folder, 'migrations'), {
    recursive: true,
  });
  return { backend: path.join(folder, 'backend.mjs'), bare: path.join(folder, 'bare.mjs') };
}
