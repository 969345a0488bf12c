import { setImmediate } from 'node:timers/promises';
import type { ArchiveContents, ArchiveProblem, WidgetFiles } from '../archive/files.js';
import { isObject, type JsonDocument, readJson } from './json-document.js';
import { lazy } from './lazy.js';
import { collectTexts, type LanguageTexts } from './language-texts.js';
import { compareTrees, type TreeDifference } from './language-trees.js';
import { targetOf } from './manifest-facts.js';
import { checkSchema, type SchemaProblem } from './manifest-schema.js';
import { isPictureName, type Picture, readPicture } from './picture/index.js';
import { pixelBudget } from './picture/png.js';
import { codeChecks } from './rules/script/checks.js';
import {
  type ScriptStudy,
  type ScriptVerdict,
  studyScript,
  studyScriptBeside,
  type WidgetInstanceFacts,
} from './script/index.js';
import { inspectScripts, type ScriptSource } from './script/source.js';
import type { Situation, SituationOptions } from './situation.js';
import { readSheet, type Sheet } from './styles/sheet.js';
import { readTemplates, type Template } from './templates/template.js';
import { readSourceNames, type SourceNames } from './source-names.js';
import { decodeText, type DecodedText } from './text.js';
import type { Uploaded } from './uploaded/uploaded.js';

/** What the rules look at: an archive, read-only. Everything is worked out once, when a rule first asks. */
export interface WidgetView {
  situation: Situation;
  /** By their path below {@link topFolder}. */
  files: WidgetFiles;
  /** The files, and those that are there but could not be taken in. */
  names: ReadonlySet<string>;
  /** The one of {@link names} that differs from a name in no more than upper and lower case; `null` for none. */
  inOtherCase(name: string): string | null;
  problems: readonly ArchiveProblem[];
  /** The folder that holds the widget when it is not at the root, with a slash at the end; otherwise empty. */
  topFolder: string;
  /** The name of the archive itself; `null` for a folder. */
  archiveName: string | null;
  /** `manifest.json` as a file; `null` when there is none. */
  manifestFile(): JsonDocument | null;
  /** `manifest.json` when it can be read and is an object. */
  manifest(): JsonDocument | null;
  /** What was uploaded last, where somebody has said so. */
  uploaded: Uploaded | null;
  /** What the JSON Schema says about the manifest. */
  schemaProblems(): readonly SchemaProblem[];
  /** Every `i18n/<code>.json` by its code, listed in the manifest or not. */
  languages(): ReadonlyMap<string, JsonDocument>;
  /** Every language of the manifest that can be read, with its texts. */
  texts(): readonly LanguageTexts[];
  /** In which keys the languages differ. */
  treeDifferences(): readonly TreeDifference[];
  /** The text files that are neither the manifest nor language files. */
  otherTexts(): ReadonlyMap<string, DecodedText>;
  /** Every file that is named like a PNG, JPEG or GIF. */
  pictures(): ReadonlyMap<string, Picture>;
  /** The widget's code where the manifest still has one (`platform/widget.md §1.2`); otherwise nobody knows it. */
  codes(): readonly string[];
  /** Every stylesheet that is text. */
  sheets(): ReadonlyMap<string, Sheet>;
  /** Every `.twig` that is text. */
  templates(): ReadonlyMap<string, Template>;
  /** What scripts, templates and stylesheets name; `null` when they don't tell. */
  sourceNames(): SourceNames | null;
  /** What `script.js` gives the platform; `null` when there is none. */
  script(): ScriptVerdict | null;
  /** What the function of `script.js` constructs; `null` when there is no such function. */
  instance(): WidgetInstanceFacts | null;
  /** Every script of the archive, with what is found in its text. */
  scripts(): readonly ScriptSource[];
}

export interface ViewOptions extends SituationOptions {
  readonly archiveName?: string | null | undefined;
  readonly uploaded?: Uploaded | null | undefined;
  /** What is known of `script.js` when a rule first asks; by default it is found out then. */
  readonly study?: (() => ScriptStudy | null) | undefined;
}

/** Makes the view; cheap, nothing but the manifest is parsed yet. */
export function createView(
  { files: all, problems }: Omit<ArchiveContents, 'complete'>,
  { target, audience = 'private', archiveName = null, uploaded = null, study }: ViewOptions = {},
): WidgetView {
  const topFolder = findTopFolder(all);
  const files = topFolder === '' ? all : below(all, topFolder);
  const leftOut = problems.flatMap(({ file }) => (file?.startsWith(topFolder) === true ? [file] : []));
  const names = new Set([...files.keys(), ...leftOut.map((name) => name.slice(topFolder.length))]);
  const spellings = lazy(() => new Map([...names].reverse().map((name) => [name.toLowerCase(), name])));
  const manifestFile = lazy(() => {
    const bytes = files.get('manifest.json');
    return bytes === undefined ? null : readJson('manifest.json', bytes);
  });
  const manifest = (): JsonDocument | null => {
    const document = manifestFile();
    return isObject(document?.value) ? document : null;
  };
  const studied = study ?? lazy(() => studyScript(files));
  const codes = lazy(() => {
    const code = manifest()?.get(['widget', 'code']);
    return typeof code === 'string' && code !== '' ? [code] : [];
  });
  const otherTexts = lazy(() => new Map(pick(files, otherTextName, (_name, bytes) => decodeText(bytes))));
  const view: WidgetView = {
    situation: { target: target ?? targetOf(manifest()), audience },
    files,
    names,
    inOtherCase: (name) => spellings().get(name.toLowerCase()) ?? null,
    problems,
    topFolder,
    archiveName,
    manifestFile,
    manifest,
    uploaded,
    schemaProblems: lazy(() => {
      const document = manifestFile();
      return document?.value === undefined ? [] : checkSchema(document);
    }),
    languages: lazy(() => new Map(pick(files, languageCode, readJson))),
    otherTexts,
    codes,
    sheets: lazy(
      () => new Map(textsNamed(otherTexts(), /\.css$/i, (name, text) => readSheet(name, text, codes()))),
    ),
    texts: lazy(() => collectTexts(view)),
    treeDifferences: lazy(() => compareTrees(view)),
    pictures: lazy(() => {
      const budget = pixelBudget();
      const read = (_name: string, bytes: Buffer): Picture => readPicture(bytes, { budget });
      return new Map(pick(files, (name) => (isPictureName(name) ? name : null), read));
    }),
    templates: lazy(() => readTemplates(textsNamed(otherTexts(), /\.twig$/i, (_name, text) => text))),
    sourceNames: lazy(() => readSourceNames(view)),
    script: () => studied()?.verdict ?? null,
    instance: () => studied()?.instance ?? null,
    scripts: lazy(() => inspectScripts(files, codeChecks)),
  };
  return view;
}

/**
 * {@link createView} with everything worked out that takes long, while `script.js` runs in its process where it has to. Has
 * the event loop turn in between, by which the process gets what it is to read.
 */
export async function prepareView(
  contents: Omit<ArchiveContents, 'complete'>,
  options: Omit<ViewOptions, 'study'> = {},
): Promise<WidgetView> {
  let study: ScriptStudy | null = null;
  const view = createView(contents, { ...options, study: () => study });
  const studying = studyScriptBeside(view.files);
  for (const part of ['languages', 'schemaProblems', 'pictures', 'sheets', 'templates', 'scripts'] as const) {
    view[part]();
    await setImmediate();
  }
  study = await studying;
  return view;
}

function* pick<Value>(
  files: WidgetFiles,
  key: (name: string) => string | null,
  read: (name: string, bytes: Buffer) => Value,
): Generator<[string, Value]> {
  for (const [name, bytes] of files) {
    const found = key(name);
    if (found !== null) yield [found, read(name, bytes)];
  }
}

function* textsNamed<Value>(
  texts: ReadonlyMap<string, DecodedText>,
  pattern: RegExp,
  read: (name: string, text: string) => Value,
): Generator<[string, Value]> {
  for (const [name, { text }] of texts) {
    if (text !== null && pattern.test(name)) yield [name, read(name, text)];
  }
}

function languageCode(name: string): string | null {
  return /^i18n\/([^/]+)\.json$/.exec(name)?.[1] ?? null;
}

function otherTextName(name: string): string | null {
  if (name === 'manifest.json' || languageCode(name) !== null) return null;
  return /\.(?:js|mjs|css|json|md|txt|html?|twig|svg|xml)$/i.test(name) ? name : null;
}

/** Where the only manifest is, when none is at the root. What macOS adds to archives doesn't count. */
function findTopFolder(files: WidgetFiles): string {
  if (files.has('manifest.json')) return '';
  const found = [...files.keys()].filter(
    (name) => /\/manifest\.json$/.test(name) && !name.startsWith('__MACOSX/'),
  );
  const [only] = found;
  return only === undefined || found.length > 1 ? '' : only.slice(0, -'manifest.json'.length);
}

function below(files: WidgetFiles, folder: string): WidgetFiles {
  return new Map(
    [...files]
      .filter(([name]) => name.startsWith(folder))
      .map(([name, bytes]) => [name.slice(folder.length), bytes]),
  );
}
