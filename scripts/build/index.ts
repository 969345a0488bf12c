import { readFile } from 'node:fs/promises';
import { sortFiles, type WidgetFiles } from '../archive/files.js';
import { exitCodes, UserError } from '../cli/errors.js';
import { pointToBackend } from './backend-address.js';
import { readObject, versionOf } from './manifest.js';
import { projectPaths } from './paths.js';
import { readStaticFiles } from './static-files.js';
import type { Platform } from './target.js';

export interface BuildOptions {
  /** `widget.version` of the built manifest; by default that of the source. */
  version?: string | undefined;
  /** `dp.webhook_url` of the built manifest (https); by default that of the source. */
  webhookUrl?: string | undefined;
  /** The platform that the archive is for; by default the one that the source manifest is for. */
  target?: Platform | undefined;
}

/**
 * Builds the widget in memory: what goes into the archive, by path, in code-unit order. Nothing is written but
 * caches. A manifest that can't be read is passed on as it is: the validator says what is wrong with it. Throws a
 * `UserError` when sources are missing or do not compile.
 */
export async function buildWidget({ version, webhookUrl, target }: BuildOptions = {}): Promise<WidgetFiles> {
  const { root, manifest } = projectPaths();
  refuseMarkedPath(root);
  const statics = await readStaticFiles(root, { version, webhookUrl, target });
  refuseUnreadableEnglish(await readFile(`${root}/i18n/en.json`, 'utf8').catch(() => ''));
  const stamp = version ?? versionOf(readObject(await readFile(manifest, 'utf8').catch(() => ''))) ?? '';
  // webpack takes half a second to load, which a command that is used wrongly need not take.
  const [{ bundle }, { typecheck }] = await Promise.all([import('./bundle.js'), import('./typecheck.js')]);
  const [modules] = await Promise.all([bundle({ version: stamp }), typecheck(root)]);
  return pointToBackend(sortFiles([...statics, ...modules]));
}

/** webpack takes these signs in a path for marks of its own, and other modules than the sources would come out. */
function refuseMarkedPath(root: string): void {
  const mark = /[#!?]/.exec(root)?.[0];
  if (mark === undefined) return;
  throw new UserError(`The project's path holds "${mark}", which webpack cannot handle: ${root}`, {
    nextStep: 'Move the project to a path without it.',
  });
}

/** The types of all texts come from this file: without it a hundred errors of the compiler would say the same. */
function refuseUnreadableEnglish(text: string): void {
  if (readObject(text) !== undefined) return;
  throw new UserError('i18n/en.json must be a JSON object of texts, and it is missing or something else.', {
    nextStep: 'Every other language and the types of the texts follow it: mend it first.',
    exitCode: exitCodes.findings,
  });
}
