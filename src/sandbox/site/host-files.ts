import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FastifyInstance } from 'fastify';

/** The script and the styles of the account's pages, as files that the browser takes. */
export interface HostFiles {
  readonly script: string;
  readonly styles: string;
  /** The script of the phone's own page. */
  readonly phone: string;
}

/** Stands in for global names throughout the script. */
const keptGlobals = fileURLToPath(new URL('../host/kept-globals.ts', import.meta.url));

/**
 * Has Chromium compile the whole script while it is loaded and not piece by piece under a person's clicks
 * (https://v8.dev/blog/explicit-compile-hints); only a comment to other browsers.
 */
const compileAtOnce = '//# allFunctionsCalledOnLoad';

const entries = {
  script: fileURLToPath(new URL('../host/main.ts', import.meta.url)),
  styles: fileURLToPath(new URL('../host/styles/index.css', import.meta.url)),
  phone: fileURLToPath(new URL('../host/phone/page.ts', import.meta.url)),
};

/** Bundles the host from its sources: each script and the styles as one file. */
export async function bundleHost(): Promise<HostFiles> {
  const { outputFiles } = await build({
    entryPoints: entries,
    inject: [keptGlobals],
    outdir: '/',
    bundle: true,
    write: false,
    // Classic scripts: browsers compile a module's functions only as they are called, whatever its first line says.
    format: 'iife',
    banner: { js: compileAtOnce },
    target: 'es2022',
    sourcemap: 'inline',
    sourcesContent: false,
    loader: { '.svg': 'dataurl' },
  });
  const find = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: find('script.js'), styles: find('styles.css'), phone: find('phone.js') };
}

/** Serves the host's files; they are made once, at the first request or before. */
export function hostFiles(app: FastifyInstance, files: () => Promise<HostFiles>): void {
  app.get('/sandbox/host.js', async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('Cache-Control', 'no-cache')
      .send((await files()).script),
  );
  app.get('/sandbox/host.css', async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('Cache-Control', 'no-cache')
      .send((await files()).styles),
  );
}
