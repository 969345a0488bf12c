import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const require = createRequire(import.meta.url);
const fontFolder = path.join(path.dirname(require.resolve('@fontsource/pt-sans/package.json')), 'files');

/** The platform's own libraries in its versions, by AMD id (`platform/widget.md §3.7`, `§12`). */
const libraries: Readonly<Record<string, () => string>> = {
  require: () => require.resolve('requirejs/require.js'),
  jquery: () => require.resolve('jquery/dist/jquery.js'),
  underscore: () => require.resolve('underscore/underscore.js'),
  backbone: () => require.resolve('backbone/backbone.js'),
  twigjs: () => require.resolve('twig/twig.js'),
  moment: () => require.resolve('moment/moment.js'),
  clipboard: () => require.resolve('clipboard/dist/clipboard.js'),
};

const fontSubsets: readonly (readonly [name: string, range: string])[] = [
  ['latin', 'U+0000-00FF, U+2000-206F, U+20AC'],
  ['latin-ext', 'U+0100-024F, U+1E00-1EFF'],
  ['cyrillic', 'U+0400-045F, U+0490-0491, U+2116'],
];

/** Serves what the pages take from packages: the platform's libraries, its font and its colours. */
export function libraryFiles(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/sandbox/libraries/:id', async ({ params }, reply) => {
    const file = libraries[params.id.replace(/\.js$/, '')];
    if (file === undefined) return notFound(reply);
    return reply.type('text/javascript; charset=utf-8').send(await readFile(file()));
  });
  app.get<{ Params: { file: string } }>('/sandbox/fonts/:file', async ({ params }, reply) => {
    if (!/^pt-sans-[a-z-]+-(400|700)-normal\.woff2$/.test(params.file)) return notFound(reply);
    return reply.type('font/woff2').send(await readFile(path.join(fontFolder, params.file)));
  });
  app.get('/sandbox/fonts.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(fontFaces()));
  app.get('/sandbox/palette.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(await palette()),
  );
}

/**
 * The `--palette-*` variables of the platform, for both schemes. Their values are those that the platform's own
 * component kit publishes; its own names are replaced, so that a widget cannot live off the kit's variables.
 */
async function palette(): Promise<string> {
  const css = await readFile(require.resolve('@kommo-crm/crm-react-ui-kit/assets/theme.css'), 'utf8');
  return css
    .replaceAll('--crm-ui-kit-palette-', '--palette-')
    .replaceAll('--crm-ui-kit-', '--host-')
    .replaceAll(':root[data-crm-ui-kit-theme=alternative]', ':root[data-color-scheme="dark"]');
}

function fontFaces(): string {
  return fontSubsets
    .flatMap(([subset, range]) =>
      [400, 700].map(
        (weight) => `@font-face { font-family: 'PT Sans'; font-weight: ${weight}; unicode-range: ${range};
  src: url('/sandbox/fonts/pt-sans-${subset}-${weight}-normal.woff2') format('woff2'); }`,
      ),
    )
    .join('\n');
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
}
