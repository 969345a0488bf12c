import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { writeAll } from '../../../scripts/files/write-all.js';
import { preparePack } from '../../../scripts/pack/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which the packed archive was unpacked. */
    packedWidget: string;
  }
}

/** Packs the widget once for all browser tests and unpacks that very archive. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'packed-widget-'));
  const archive = path.join(folder, 'widget.zip');
  const pack = await preparePack({ bump: 'none', out: archive });
  if (pack.report.summary.errors > 0) throw new Error(JSON.stringify(pack.report.findings, null, 2));
  await pack.write();

  const { files } = await readZip(await readFile(archive));
  const unpacked = path.join(folder, 'widget');
  await writeAll([{ path: unpacked, content: files }]);
  project.provide('packedWidget', unpacked);
  return () => rm(folder, { recursive: true });
}
