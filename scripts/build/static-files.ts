import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../cli/errors.js';
import { manifestFor, type Platform } from './target.js';
import { fillManifest, localeOf, type ManifestValues, readObject } from './manifest.js';

/** Where the parts of the archive come from that need no bundling: source folder → folder in the archive. */
export const staticFolders = { widget: '', i18n: 'i18n', templates: 'templates' } as const;

export interface StaticValues extends ManifestValues {
  /** The platform whose manifest it becomes; by default the source's own. */
  target?: Platform | undefined;
}

/** Where the widget's own stylesheets are. */
export const stylesheetFolder = 'src/widget';
/** In the order in which they are put together. */
export const stylesheets = [
  'style.css',
  'dp-form/dp-form.css',
  'settings/settings.css',
  'connection/connection.css',
];

/**
 * Manifest, languages, templates, pictures and the stylesheet, by their paths in the archive. Throws a `UserError`
 * when one of the folders or a stylesheet is missing.
 */
export async function readStaticFiles(
  root: string,
  { target, ...values }: StaticValues,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const [source, target] of Object.entries(staticFolders)) {
    const folder = path.join(root, source);
    for (const name of await filesBelow(folder)) {
      files.set(path.posix.join(target, name), await readFile(path.join(folder, name)));
    }
  }
  const manifest = files.get('manifest.json');
  if (manifest !== undefined) {
    const filled = fillManifest(manifest, values);
    files.set('manifest.json', target === undefined ? filled : manifestFor(target, filled, files.keys()));
  }
  files.set('style.css', await readStylesheet(root));
  dropOtherLanguages(files);
  return files;
}

/** The platform wants no unused files: what belongs to a language that `widget.locale` doesn't list stays out. */
function dropOtherLanguages(files: Map<string, Buffer>): void {
  const locale = localeOf(readObject(files.get('manifest.json')?.toString('utf8') ?? ''));
  if (!Array.isArray(locale)) return;
  for (const file of files.keys()) {
    const language = /^(?:i18n\/([^/]+)\.json|images\/tour\/([^/]+)\/)/.exec(file)?.slice(1).find(Boolean);
    if (language !== undefined && !locale.includes(language)) files.delete(file);
  }
}

/** All but what is hidden and the validator's configuration, which may stand beside the manifest. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missing(folder));
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'widget.config.json')
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

async function readStylesheet(root: string): Promise<Buffer> {
  const folder = path.join(root, stylesheetFolder);
  const sheets = await Promise.all(
    stylesheets.map((file) => {
      const sheet = path.join(folder, file);
      return readFile(sheet, 'utf8').catch(missing(sheet));
    }),
  );
  return Buffer.from(sheets.join('\n'), 'utf8');
}

function missing(place: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new UserError(`${place} is missing: the widget is built from it.`);
  };
}
