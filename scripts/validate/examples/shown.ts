import { isDeepStrictEqual } from 'node:util';
import type { ArchiveProblem } from '../../archive/files.js';
import { lazy } from '../lazy.js';
import { isPictureName, readPicture } from '../picture/index.js';
import type { Example, ExampleParts } from './example.js';
import { type Content, type Json, minimalManifest, widgetFiles } from './widget.js';

/** A piece of an example as a reader sees it: code of a file, or something said in words. */
export type Shown =
  | { readonly kind: 'code'; readonly file: string; readonly language: string; readonly code: string }
  | { readonly kind: 'words'; readonly words: string };

const maxLines = 60;
const maxWidth = 100;

/**
 * What both sides of an example show. Where one of them leaves out what the other one changes, it shows what the
 * minimal widget has there, so that the two can be compared.
 */
export function showExample({ wrong, right }: Pick<Example, 'wrong' | 'right'>): {
  wrong: Shown[];
  right: Shown[];
} {
  return { wrong: showSide(wrong, right), right: showSide(right, wrong) };
}

function showSide(side: ExampleParts, other: ExampleParts): Shown[] {
  if (side.said !== undefined) return [{ kind: 'words', words: side.said }];
  return [
    ...showManifest(side, other),
    ...showFiles(side, other),
    ...(side.configuration === undefined ? [] : [codeOf('widget.config.json', side.configuration)]),
    ...(side.archiveName === undefined
      ? []
      : [{ kind: 'words', words: `The archive is called ${side.archiveName}.` } as const]),
    ...uploadedInWords(side),
    ...(side.problems ?? []).map(({ kind, file }) => problemInWords(kind, file)),
  ];
}

function showManifest(side: ExampleParts, other: ExampleParts): Shown[] {
  const blocks = sameKeys(side.manifest ?? {}, other.manifest ?? {}, minimalManifest);
  const absent = new Set([
    ...blocks.absent,
    ...Object.keys(blocks.keys).filter((name) => blocks.keys[name] === null),
  ]);
  const { without = [] } = side;
  for (const key of without) absent.add(`widget.${key}`);
  const usualWidget = Object.fromEntries(
    Object.entries<Json>(minimalManifest.widget).filter(([key]) => !without.some((one) => one === key)),
  );
  const shown = Object.entries(blocks.keys).flatMap(([name, block]): [string, Json][] => {
    if (block === null) return [];
    if (name !== 'widget') return [[name, block]];
    const [own, others] = [groupOf(side.manifest?.['widget']), groupOf(other.manifest?.['widget'])];
    const inner = sameKeys(own, others, usualWidget);
    for (const key of inner.absent) absent.add(`widget.${key}`);
    return Object.keys(inner.keys).length === 0 ? [] : [[name, inner.keys]];
  });
  return [
    ...(shown.length === 0 ? [] : [codeOf('manifest.json', Object.fromEntries(shown))]),
    ...[...absent].map((name): Shown => ({ kind: 'words', words: `manifest.json without "${name}"` })),
  ];
}

/** The keys of one object, and those of the other with the usual values, as far as there are any. */
function sameKeys(
  own: Record<string, Json>,
  other: Record<string, Json>,
  usual: Readonly<Record<string, Json>>,
): { keys: Record<string, Json>; absent: string[] } {
  const added = Object.keys(other).filter((name) => !(name in own));
  const there = added.flatMap((name): [string, Json][] => {
    const value = usual[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    keys: { ...own, ...Object.fromEntries(there) },
    absent: added.filter((name) => usual[name] === undefined),
  };
}

function groupOf(value: Json | undefined): Record<string, Json> {
  return isGroup(value) ? value : {};
}

function isGroup(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function showFiles(side: ExampleParts, other: ExampleParts): Shown[] {
  const [own, others] = [contentsOf(side), contentsOf(other)];
  return namesToShow(side, other, own, others).map((name) => {
    const content = own.get(name);
    if (content === null) return { kind: 'words', words: `No file ${name}` };
    return isLanguageFile(name)
      ? showWords(name, content, others.get(name), own.usual(name))
      : showContent(name, content);
  });
}

/** Of a language file what the minimal widget has not; of one that is no such file everything. */
function showWords(
  name: string,
  content: Exclude<Content, null>,
  theirs: Content,
  usual: Buffer | undefined,
): Shown {
  const [texts, usualTexts] = [languageTexts(content), languageTexts(usual ?? null)];
  if (texts === null || usualTexts === null) return showContent(name, content);
  return codeOf(name, unusualTexts(texts, languageTexts(theirs) ?? {}, usualTexts));
}

/**
 * The files that a side names or the other one does. Where only words or templates differ, the script that uses them is
 * left out.
 */
function namesToShow(side: ExampleParts, other: ExampleParts, own: Contents, others: Contents): string[] {
  const names = [...new Set([...Object.keys(side.files ?? {}), ...Object.keys(other.files ?? {})])];
  if (!names.some(isUsedByScript)) return names;
  const differing = names.filter((name) => !isSame(own.get(name), others.get(name)));
  const areThere = differing.every((name) => own.get(name) !== null && others.get(name) !== null);
  const onlyThese = differing.length > 0 && areThere && differing.every(isUsedByScript);
  return onlyThese ? names.filter(isUsedByScript) : names;
}

interface Contents {
  /** What a file holds; one that the side does not name is that of the minimal widget. */
  get(name: string): Content;
  /** What the minimal widget has there. */
  usual(name: string): Buffer | undefined;
}

/** The files of a side; the minimal widget is made when it is first asked for, since its pictures take a while. */
function contentsOf({ manifest = {}, files = {} }: ExampleParts): Contents {
  const minimal = lazy(() => widgetFiles({ manifest }));
  const usual = (name: string): Buffer | undefined => minimal().get(name);
  return { get: (name) => (name in files ? (files[name] ?? null) : (usual(name) ?? null)), usual };
}

function isUsedByScript(name: string): boolean {
  return isLanguageFile(name) || name.endsWith('.twig');
}

function isLanguageFile(name: string): boolean {
  return /^i18n\/[^/]+\.json$/.test(name);
}

/** The texts of a language file as the minimal widget or an example writes it; `null` for anything else. */
function languageTexts(content: Content): Record<string, Json> | null {
  const value = Buffer.isBuffer(content) ? tryJson(content) : content;
  return isGroup(value) ? value : null;
}

/** The texts, by their groups, in which one of two sides differs from the minimal widget. */
function unusualTexts(
  own: Record<string, Json>,
  other: Record<string, Json>,
  usual: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const entries = Object.entries(own).flatMap(([key, value]): [string, Json][] => {
    const [theirs, normal] = [other[key], usual[key]];
    if (isGroup(value) && (theirs === undefined || isGroup(theirs)) && isGroup(normal)) {
      const isUsual = isSame(value, normal) && (theirs === undefined || isSame(theirs, normal));
      return isUsual ? [] : [[key, unusualTexts(value, groupOf(theirs), normal)]];
    }
    return isSame(value, normal) && isSame(theirs, normal) ? [] : [[key, value]];
  });
  // Where a side has nothing of its own, what the other one adds is seen by what is there.
  return entries.length === 0 ? own : Object.fromEntries(entries);
}

function isSame(one: Content | undefined, other: Content | undefined): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** Whichever way a side gives a file: as bytes, a text or a value. */
function plain(content: Content | undefined): unknown {
  return Buffer.isBuffer(content) ? tryJson(content) : content;
}

function showContent(name: string, content: Exclude<Content, null>): Shown {
  if (!Buffer.isBuffer(content)) return codeOf(name, content);
  if (isPictureName(name)) return { kind: 'words', words: `${name}: ${pictureInWords(content)}` };
  if (content.includes(0) || content.toString('utf8').includes('\uFFFD')) {
    const start = content.subarray(0, 12).toString('hex').toUpperCase().match(/../g) ?? [];
    return { kind: 'words', words: `${name}, whose bytes begin with ${start.join(' ')}` };
  }
  return codeOf(name, name.endsWith('.json') ? tryJson(content) : content.toString('utf8'));
}

/** JSON as the minimal widget writes it is laid out anew; anything else is shown as it stands. */
function tryJson(content: Buffer): Json {
  const text = content.toString('utf8');
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function codeOf(file: string, content: Json): Shown {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return { kind: 'code', file, language: languageOf(file), code: shorten(visible(text)) };
}

function languageOf(file: string): string {
  const extension = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const known: Record<string, string> = { mjs: 'js', htm: 'html', svg: 'xml', txt: 'text', map: 'json' };
  return (
    known[extension] ??
    (['js', 'json', 'css', 'twig', 'html', 'xml', 'md'].includes(extension) ? extension : 'text')
  );
}

/** What nobody sees in a text, shown. */
function visible(text: string): string {
  return text
    .replaceAll('\uFEFF', '<byte order mark>')
    .replaceAll('\r\n', '<CR LF>\n')
    .replaceAll('\r', '<CR>\n');
}

function shorten(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const shown = lines
    .slice(0, maxLines)
    .map((line) => (line.length > maxWidth ? `${line.slice(0, maxWidth)}…` : line));
  return [...shown, ...(lines.length > maxLines ? ['…'] : [])].join('\n');
}

function pictureInWords(bytes: Buffer): string {
  const { format, size, animated, damage, looksLike } = readPicture(bytes);
  if (format === null) return `no picture but ${looksLike}`;
  const kilobytes = bytes.byteLength >= 20_000 ? `, ${Math.round(bytes.byteLength / 1000)} KB` : '';
  return [
    `a ${animated ? 'moving ' : ''}${format.toUpperCase()}`,
    size === null ? '' : ` of ${size.width} × ${size.height} pixels`,
    kilobytes,
    damage === null ? '' : ` that is damaged (${damage})`,
  ].join('');
}

function uploadedInWords({ uploaded }: ExampleParts): Shown[] {
  if (uploaded === undefined) return [];
  const { version, code } = uploaded;
  const facts = [version && `version ${version}`, code && `the code ${code}`].filter(Boolean);
  return [{ kind: 'words', words: `Uploaded last: ${facts.join(', ')}` }];
}

function problemInWords(kind: ArchiveProblem['kind'], file: string | null): Shown {
  return { kind: 'words', words: `${file ?? 'The archive'}: ${kind.replaceAll('-', ' ')}` };
}
