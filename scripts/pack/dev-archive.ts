import { readFile } from 'node:fs/promises';
import { sortFiles, type WidgetFiles } from '../archive/files.js';
import { UserError } from '../cli/errors.js';

/** Where `npm run dev` serves the widget unless it is told otherwise. */
export const defaultDevServer = 'http://localhost:4000';

/**
 * The built widget behind a loader that takes it from the development server at `server` while that runs, and
 * from the archive otherwise. Only development archives hold the loader.
 */
export async function withDevLoader(files: WidgetFiles, server: string): Promise<WidgetFiles> {
  const loader = async (name: string): Promise<Buffer> => {
    const source = await readFile(new URL(`dev-loader/${name}`, import.meta.url), 'utf8');
    return Buffer.from(
      source.replace("'__DEV_SERVER__'", () => JSON.stringify(server)),
      'utf8',
    );
  };
  return sortFiles([
    ...files,
    ['packed.js', files.get('script.js') ?? Buffer.alloc(0)],
    ['script.js', await loader('script.js')],
    ['dev-source.js', await loader('dev-source.js')],
  ]);
}

/** The origin of a development server's address. Throws a `UserError` for an address that is none. */
export function devOrigin(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const isOrigin =
    url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) {
    throw new UserError(
      `--url must be an address such as ${defaultDevServer}, without a path; it is "${server}".`,
    );
  }
  return url.origin;
}
