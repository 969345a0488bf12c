import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';

/** What the manifest is given at build time; what is left out stays as the source has it. */
export interface ManifestValues {
  version?: string | undefined;
  webhookUrl?: string | undefined;
}

/** Where the parts of the archive come from that need no bundling: source folder → folder in the archive. */
export const staticFolders = { widget: '', i18n: 'i18n', templates: 'templates' } as const;

/** Where the widget's own stylesheets are, and the order in which they are put together. */
export const stylesheetFolder = 'src/widget';
const stylesheets = ['style.css', 'dp-form/dp-form.css', 'settings/settings.css'];

/** Manifest, languages, templates, pictures and the stylesheet, by their paths in the archive. */
export async function readStaticFiles(root: string, values: ManifestValues): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const [source, target] of Object.entries(staticFolders)) {
    const folder = path.join(root, source);
    for (const name of await filesBelow(folder)) {
      files.set(path.posix.join(target, name), await readFile(path.join(folder, name)));
    }
  }
  const manifest = files.get('manifest.json');
  if (manifest !== undefined) files.set('manifest.json', fillManifest(manifest, values));
  files.set('style.css', await readStylesheet(root));
  dropOtherLanguages(files);
  return files;
}

/** Writes values into the manifest's text and leaves the rest of it, its formatting too, as it is. */
export function fillManifest(manifest: Buffer, { version, webhookUrl }: ManifestValues): Buffer {
  let text = manifest.toString('utf8');
  const errors: ParseError[] = [];
  parse(text, errors);
  // A manifest that can't be read is left to the validator, which says where and why.
  if (errors.length > 0) return manifest;
  if (version !== undefined) text = setValue(text, ['widget', 'version'], version);
  if (webhookUrl !== undefined) text = setValue(text, ['dp', 'webhook_url'], webhookUrl);
  return Buffer.from(text, 'utf8');
}

function setValue(text: string, at: string[], value: string): string {
  return applyEdits(text, modify(text, at, value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}

/** The platform wants no unused files: what belongs to a language that `widget.locale` doesn't list stays out. */
function dropOtherLanguages(files: Map<string, Buffer>): void {
  const manifest = parse(files.get('manifest.json')?.toString('utf8') ?? '') as
    { widget?: { locale?: unknown } } | undefined;
  const locale = manifest?.widget?.locale;
  if (!Array.isArray(locale)) return;
  for (const file of files.keys()) {
    const language = /^(?:i18n\/([^/]+)\.json|images\/tour\/([^/]+)\/)/.exec(file)?.slice(1).find(Boolean);
    if (language !== undefined && !locale.includes(language)) files.delete(file);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

async function readStylesheet(root: string): Promise<Buffer> {
  const folder = path.join(root, stylesheetFolder);
  const sheets = await Promise.all(stylesheets.map((file) => readFile(path.join(folder, file), 'utf8')));
  return Buffer.from(sheets.join('\n'), 'utf8');
}
