import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../build/paths.js';
import { median } from '../measure.js';

const entries = ['script.ts', 'dp-form/index.ts', 'settings/index.tsx'];

/** What esbuild needs to bundle the same entries, React and the kit included. Median in milliseconds. */
export function bundleWithEsbuild(): Promise<number> {
  return median(3, async () => {
    const started = performance.now();
    await build({
      entryPoints: entries.map((entry) => path.join(projectRoot, 'src', 'widget', entry)),
      bundle: true,
      write: false,
      minify: true,
      outdir: 'out',
      format: 'iife',
      jsx: 'automatic',
      target: 'es2021',
      external: ['jquery', 'amd-require'],
      logLevel: 'error',
    });
    return performance.now() - started;
  });
}
