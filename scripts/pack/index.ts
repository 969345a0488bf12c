import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { readZip } from '../archive/read-zip.js';
import { writeZip } from '../archive/write-zip.js';
import { buildWidget } from '../build/index.js';
import { fillManifest, readObject, versionOf, webhookUrlOf } from '../build/manifest.js';
import { projectPaths } from '../build/paths.js';
import { UserError } from '../cli/errors.js';
import { type Target, writeAll } from '../files/write-all.js';
import {
  type CheckedWidget,
  checkFiles,
  type LoadedConfiguration,
  loadConfiguration,
  validate,
  type ValidationReport,
} from '../validate/index.js';
import { withDevLoader } from './dev-archive.js';
import { nextVersion } from './version.js';

export interface PackOptions {
  /** `patch`, `minor`, `major`, `none` or `X.Y.Z`. */
  bump: string;
  /** Where the archive goes instead of `dist/`, as an absolute path. */
  out?: string | undefined;
  webhookUrl?: string | undefined;
  /** The development server's address for an archive with the loader; absent for one that customers get. */
  devServer?: string | undefined;
}

/** An archive that is ready, and where it goes. Nothing has been written yet. */
export interface Pack {
  from: string;
  version: string;
  /** `dp.webhook_url` of the packed manifest. */
  webhookUrl: unknown;
  files: WidgetFiles;
  zip: Buffer;
  /** Of the archive, in hexadecimal. */
  sha256: string;
  /** The widget with what the validator found, and the report in it. */
  checked: CheckedWidget;
  report: ValidationReport;
  /** The archives that {@link Pack.write} writes, as absolute paths. */
  archives: string[];
  /** Puts archives, `dist/widget` and the raised manifest in their places, all or none. */
  write(): Promise<void>;
}

/**
 * Builds, checks and zips the widget in memory. Check `report.summary.errors` before {@link Pack.write}: an
 * archive with errors is none to upload. Throws `UserError`s for a version that can't be raised, sources that
 * don't compile and places that can't be written.
 */
export async function preparePack({ bump, out, webhookUrl, devServer }: PackOptions): Promise<Pack> {
  const paths = projectPaths();
  const source = await readFile(paths.manifest).catch(() => {
    throw new UserError(`${paths.manifest} is missing: it is the widget's manifest.`);
  });
  const manifest = readObject(source.toString('utf8'));
  const from = versionOf(manifest) ?? '';
  // A manifest that can't be read is left to the validator, which says what is wrong with it.
  const version = manifest === undefined ? '' : nextVersion(from, bump);
  const built = await buildWidget({ version: version === '' ? undefined : version, webhookUrl });
  const files = devServer === undefined ? built : await withDevLoader(built, devServer);
  const configuration = await loadConfiguration(path.dirname(paths.manifest), { cwd: paths.root });
  const checked = checkFiles(files, { configuration });
  const zip = await writeZip(files);
  const archives = await archivePaths({ version, out, dev: devServer !== undefined });

  return {
    from,
    version,
    webhookUrl: webhookUrlOf(readObject(files.get('manifest.json')?.toString('utf8') ?? '')),
    files,
    zip,
    sha256: createHash('sha256').update(zip).digest('hex'),
    checked,
    report: checked.report,
    archives,
    async write() {
      const targets: Target[] = archives.map((file) => ({
        path: file,
        content: zip,
        verify: verifyArchive(files, configuration),
      }));
      // Nobody relies on the folder; first, so that the archive and the manifest's version change side by side.
      if (devServer === undefined && out === undefined)
        targets.unshift({ path: paths.widget, content: files });
      if (version !== from) {
        targets.push({
          path: paths.manifest,
          content: fillManifest(source, { version }),
          async verify() {
            if ((await readFile(paths.manifest)).equals(source)) return;
            throw new UserError('widget/manifest.json was changed while the archive was being packed.', {
              nextStep: 'Nothing was changed. Run the command again.',
            });
          },
        });
      }
      await writeAll(targets);
    },
  };
}

async function archivePaths({
  version,
  out,
  dev,
}: {
  version: string;
  out?: string | undefined;
  dev: boolean;
}): Promise<string[]> {
  if (out !== undefined) return [out];
  const { root, dist } = projectPaths();
  if (dev) return [path.join(dist, 'widget-dev.zip')];
  const { name } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { name: string };
  return [path.join(dist, `${name}-${version}.zip`), path.join(dist, 'widget.zip')];
}

/** Reads the archive back from the disk: it must hold the very files, and pass the validator once more. */
function verifyArchive(
  files: WidgetFiles,
  configuration: LoadedConfiguration | null,
): (staged: string) => Promise<void> {
  return async (staged) => {
    const { files: read, problems } = await readZip(await readFile(staged));
    const same =
      read.size === files.size &&
      [...files].every(([name, content]) => read.get(name)?.equals(content) === true);
    if (!same || problems.length > 0) throw new Error(`The archive does not hold what was packed: ${staged}`);
    const { summary } = await validate(staged, { configuration: configuration?.path ?? null });
    if (summary.errors > 0) throw new Error(`The archive fails the checks that its files passed: ${staged}`);
  };
}
