import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { readZip } from '../archive/read-zip.js';
import { writeZip } from '../archive/write-zip.js';
import { buildWidget } from '../build/index.js';
import { fillManifest, readObject, versionOf, webhookUrlOf } from '../build/manifest.js';
import { projectPaths } from '../build/paths.js';
import type { Platform } from '../build/target.js';
import { UserError } from '../cli/errors.js';
import { userPath } from '../cli/user-path.js';
import { type Target, writeAll } from '../files/write-all.js';
import {
  type CheckedWidget,
  checkFiles,
  type LoadedConfiguration,
  loadConfiguration,
  readUploaded,
  type Uploaded,
  validate,
  type ValidationReport,
} from '../validate/index.js';
import { withDevLoader } from './dev-archive.js';
import { nextVersion } from './version.js';

export interface PackOptions {
  /** `patch`, `minor`, `major`, `none` or `X.Y.Z`; by default {@link usualBump}. */
  bump?: string | undefined;
  /** The platform that the archive is for; by default the one that the source manifest is for. */
  target?: Platform | undefined;
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
export async function preparePack({ bump, target, out, webhookUrl, devServer }: PackOptions): Promise<Pack> {
  const paths = projectPaths();
  const source = await readFile(paths.manifest).catch(() => {
    throw new UserError(`${paths.manifest} is missing: it is the widget's manifest.`);
  });
  const manifest = readObject(source.toString('utf8'));
  const from = versionOf(manifest) ?? '';
  // A manifest that can't be read is left to the validator, which says what is wrong with it.
  const dev = devServer !== undefined;
  const chosen = bump ?? (await usualBump({ from, target, dev }));
  const version = manifest === undefined ? '' : nextVersion(from, chosen);
  const built = await buildWidget({ version: version === '' ? undefined : version, webhookUrl, target });
  const files = devServer === undefined ? built : await withDevLoader(built, devServer);
  const configuration = await loadConfiguration(path.dirname(paths.manifest), { cwd: paths.root });
  const checked = checkFiles(files, {
    configuration,
    target,
    uploaded: await lastUploaded(configuration, { dev }),
    // The loader stands in for script.js, so that an archive for development tells nothing of ignores.
    ...(!dev && configuration !== null && { configurationFile: asTyped(configuration.path) }),
  });
  const zip = await writeZip(files);
  const archives = await archivePaths({ version, out, dev, target });

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
        verify: verifyArchive(files, { configuration, target }),
      }));
      // Nobody relies on the folder, which is Kommo's; first, so that the archive and the manifest's version change side by side.
      if (!dev && out === undefined && target !== 'amocrm')
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

/** What the configuration says was uploaded last; an archive for development is uploaded as often as one likes. */
async function lastUploaded(
  configuration: LoadedConfiguration | null,
  { dev }: { dev: boolean },
): Promise<Uploaded | null> {
  const said = configuration?.uploaded;
  return dev || said === undefined ? null : readUploaded(said);
}

/** A path as seen from where the command was typed. */
function asTyped(file: string): string {
  return path.relative(userPath('.'), file);
}

async function archivePaths({
  version,
  out,
  dev,
  target,
}: {
  version: string;
  out?: string | undefined;
  dev: boolean;
  target?: Platform | undefined;
}): Promise<string[]> {
  if (out !== undefined) return [out];
  const folder = archiveFolder(target);
  if (dev) return [path.join(folder, 'widget-dev.zip')];
  return [await versionedArchive(folder, version), path.join(folder, 'widget.zip')];
}

/** amoCRM takes an archive of the name `widget.zip` alone (`platform/widget.md §2.1`), so its own are in a folder. */
function archiveFolder(target: Platform | undefined): string {
  const { dist } = projectPaths();
  return target === 'amocrm' ? path.join(dist, 'amocrm') : dist;
}

async function versionedArchive(folder: string, version: string): Promise<string> {
  const { root } = projectPaths();
  const { name } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { name: string };
  return path.join(folder, `${name}-${version}.zip`);
}

/**
 * How the version is raised when nobody says so. Both platforms get the same version of a widget: what was packed for
 * Kommo is packed for amoCRM as it is, and only a second archive for amoCRM needs a version of its own, since a platform
 * serves fresh files for a higher version alone (`platform/widget.md §2.5`).
 *
 * | archive           | of this version there is  | raised by |
 * | ----------------- | ------------------------- | --------- |
 * | for development   | whatever                  | none      |
 * | for Kommo         | whatever                  | patch     |
 * | for amoCRM        | no archive for amoCRM yet | none      |
 * | for amoCRM        | an archive for amoCRM     | patch     |
 */
async function usualBump({
  from,
  target,
  dev,
}: {
  from: string;
  target?: Platform | undefined;
  dev: boolean;
}): Promise<string> {
  if (dev) return 'none';
  if (target !== 'amocrm') return 'patch';
  return existsSync(await versionedArchive(archiveFolder(target), from)) ? 'patch' : 'none';
}

/** Reads the archive back from the disk: it must hold the very files, and pass the validator once more. */
function verifyArchive(
  files: WidgetFiles,
  { configuration, target }: { configuration: LoadedConfiguration | null; target: Platform | undefined },
): (staged: string) => Promise<void> {
  return async (staged) => {
    const { files: read, problems } = await readZip(await readFile(staged));
    const same =
      read.size === files.size &&
      [...files].every(([name, content]) => read.get(name)?.equals(content) === true);
    if (!same || problems.length > 0) throw new Error(`The archive does not hold what was packed: ${staged}`);
    const { summary } = await validate(staged, { configuration: configuration?.path ?? null, target });
    if (summary.errors > 0) throw new Error(`The archive fails the checks that its files passed: ${staged}`);
  };
}
