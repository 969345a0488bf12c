import { readFile } from 'node:fs/promises';
import { parse } from 'jsonc-parser';
import type { WidgetFiles } from '../archive/files.js';
import { bundle } from './bundle.js';
import { projectPaths } from './paths.js';
import { readStaticFiles } from './static-files.js';
import { typecheck } from './typecheck.js';

export interface BuildOptions {
  /** `widget.version` of the built manifest; by default that of the source. */
  version?: string | undefined;
  /** `dp.webhook_url` of the built manifest (https); by default that of the source. */
  webhookUrl?: string | undefined;
}

/**
 * Builds the widget in memory: what goes into the archive, by path, in code-unit order. Nothing is written but
 * caches. A manifest that can't be read is passed on as it is: the validator says what is wrong with it.
 * Throws a `SourceError` when the sources do not compile.
 */
export async function buildWidget({ version, webhookUrl }: BuildOptions = {}): Promise<WidgetFiles> {
  const { root, manifest } = projectPaths();
  const stamp = version ?? versionOf(await readFile(manifest, 'utf8').catch(() => ''));
  const [modules, statics] = await Promise.all([
    bundle({ version: stamp }),
    readStaticFiles(root, { version, webhookUrl }),
    typecheck(root),
  ]);
  return new Map([...statics, ...modules].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `widget.version` of a manifest's text, when it has one. */
export function versionOf(manifest: string): string | undefined {
  const version = (parse(manifest) as { widget?: { version?: unknown } } | undefined)?.widget?.version;
  return typeof version === 'string' ? version : undefined;
}
