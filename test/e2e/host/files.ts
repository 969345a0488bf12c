import { readFile, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

export interface ServedFile {
  status?: number;
  type: string;
  body: string | Buffer;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.twig': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const publicFolder = fileURLToPath(new URL('public/', import.meta.url));
const require = createRequire(import.meta.url);
const fontFolder = path.dirname(require.resolve('@fontsource/pt-sans/package.json'));

/** The platform's own libraries in the versions of `platform/widget.md §3.7`. */
const libraries: Record<string, string> = {
  'require.js': path.join(path.dirname(require.resolve('requirejs/package.json')), 'require.js'),
  'jquery.js': path.join(path.dirname(require.resolve('jquery/package.json')), 'dist/jquery.js'),
  'twig.js': path.join(path.dirname(require.resolve('twig/package.json')), 'twig.js'),
};

/** A file of the page itself. Its scripts are written in TypeScript, one module each, and lose their types here. */
export async function hostFile(name: string): Promise<ServedFile | undefined> {
  if (name === 'palette.css') return { type: contentType('.css'), body: await palette() };
  if (name === 'fonts.css') return { type: contentType('.css'), body: fonts() };
  if (path.extname(name) !== '.js') return fileIn(publicFolder, name);
  const source = await fileIn(publicFolder, `${name.slice(0, -'.js'.length)}.ts`);
  if (source === undefined) return undefined;
  const { code } = await transform(source.body.toString('utf8'), {
    loader: 'ts',
    target: 'es2022',
    sourcefile: name,
    sourcemap: 'inline',
  });
  return { type: contentType('.js'), body: code };
}

/** A library of the platform, or a font file under `fonts/`. */
export async function vendorFile(name: string): Promise<ServedFile | undefined> {
  if (name.startsWith('fonts/')) return fileIn(path.join(fontFolder, 'files'), name.slice('fonts/'.length));
  const file = libraries[name];
  return file === undefined ? undefined : { type: contentType('.js'), body: await readFile(file) };
}

/** A file of the unpacked archive, never one outside of it. */
export async function widgetFile(folder: string, name: string): Promise<ServedFile | undefined> {
  return fileIn(folder, decodeURIComponent(name));
}

async function fileIn(folder: string, name: string): Promise<ServedFile | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(root + path.sep) || !(await stat(file)).isFile()) return undefined;
    return { type: contentType(path.extname(file)), body: await readFile(file) };
  } catch {
    return undefined;
  }
}

function contentType(extension: string): string {
  return contentTypes[extension.toLowerCase()] ?? 'application/octet-stream';
}

/**
 * The `--palette-*` variables of the platform, for both schemes. Their values are those of the platform's own
 * component kit, under other names, so that a widget cannot live off the kit's variables of the page.
 */
async function palette(): Promise<string> {
  const css = await readFile(require.resolve('@kommo-crm/crm-react-ui-kit/assets/theme.css'), 'utf8');
  return css
    .replaceAll('--crm-ui-kit-palette-', '--palette-')
    .replaceAll('--crm-ui-kit-', '--host-')
    .replaceAll(':root[data-crm-ui-kit-theme=alternative]', ':root[data-color-scheme="dark"]');
}

function fonts(): string {
  const face = (subset: string, weight: number, range: string): string =>
    `@font-face { font-family: 'PT Sans'; font-weight: ${weight}; unicode-range: ${range};
       src: url('/vendor/fonts/pt-sans-${subset}-${weight}-normal.woff2') format('woff2'); }`;
  const subsets: [string, string][] = [
    ['latin', 'U+0000-00FF, U+2000-206F, U+20AC'],
    ['latin-ext', 'U+0100-024F, U+1E00-1EFF'],
    ['cyrillic', 'U+0400-045F, U+0490-0491, U+2116'],
  ];
  return subsets
    .flatMap(([subset, range]) => [400, 700].map((weight) => face(subset, weight, range)))
    .join('\n');
}
