import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { WidgetFiles } from '../../scripts/archive/files.js';
import { rawZip } from './raw-zip.js';

export {
  type Content,
  type Json,
  minimalManifest,
  plainScript,
  widgetFiles,
  type WidgetParts,
} from '../../scripts/validate/examples/widget.js';

/** Writes files into a new folder that is gone when the test is over. */
export async function writeFolder(files: WidgetFiles): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** Writes files into a new archive that is gone when the test is over. */
export async function writeArchive(files: WidgetFiles): Promise<string> {
  const archive = path.join(await temporaryFolder(), 'widget.zip');
  await writeFile(archive, rawZip([...files].map(([name, data]) => ({ name, data }))));
  return archive;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'widget-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The first line of a file that holds a text, from 1. */
export function lineOf(files: WidgetFiles, file: string, text: string): number {
  const lines = (files.get(file)?.toString('utf8') ?? '').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  if (index === -1) throw new Error(`${file} has no line with ${text}`);
  return index + 1;
}
