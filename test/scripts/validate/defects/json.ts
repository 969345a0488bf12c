import { widgetFiles } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const manifest = (): string => widgetFiles().get('manifest.json')?.toString('utf8') ?? '';
const words = (): string => widgetFiles().get('i18n/en.json')?.toString('utf8') ?? '';
const mark = Buffer.from('efbbbf', 'hex');
const error = { severity: 'error', file: 'manifest.json' } as const;
const warning = { severity: 'warning', file: 'style.css', line: 1 } as const;

/** A manifest in which one text is another. */
function changed(from: string | RegExp, to: string): { files: Record<string, string> } {
  const text = manifest().replace(from, to);
  if (text === manifest()) throw new Error(`The manifest has no ${String(from)}`);
  return { files: { 'manifest.json': text } };
}

export const jsonDefects: readonly Defect[] = [
  {
    name: 'Windows line ends in a language file, in the marketplace',
    parts: { files: { 'i18n/en.json': words().replaceAll('\n', '\r\n') } },
    severity: 'error',
    situation: { audience: 'public' },
    file: 'i18n/en.json',
    code: 'json/line-ends',
    line: 1,
    says: ['CR LF'],
  },
  {
    name: 'a byte order mark in a text file, in the marketplace',
    parts: { files: { 'images/note.txt': Buffer.concat([mark, Buffer.from('a\n')]) } },
    severity: 'error',
    situation: { audience: 'public' },
    file: 'images/note.txt',
    code: 'text/byte-order-mark',
    line: 1,
  },
  {
    name: 'a manifest that is cut off',
    parts: { files: { 'manifest.json': manifest().slice(0, 300) } },
    ...error,
    code: 'json/syntax',
    line: manifest().slice(0, 300).split('\n').length,
  },
  {
    name: 'a manifest that is empty',
    parts: { files: { 'manifest.json': '' } },
    ...error,
    code: 'json/syntax',
    line: 1,
    says: ['empty'],
  },
  {
    name: 'a missing comma',
    parts: changed('"version": "1.0.0",', '"version": "1.0.0"'),
    ...error,
    code: 'json/syntax',
    line: '"interface_version"',
    says: ['comma'],
  },
  {
    name: 'single quotes',
    parts: changed('"version": "1.0.0"', `'version': "1.0.0"`),
    ...error,
    code: 'json/syntax',
    line: `'version'`,
    says: ['double quotes'],
  },
  {
    name: 'a second object after the manifest',
    parts: { files: { 'manifest.json': `${manifest()}{}\n` } },
    ...error,
    code: 'json/syntax',
    line: manifest().split('\n').length,
  },
  {
    name: 'a language file that is cut off',
    parts: { files: { 'i18n/es.json': words().slice(0, 60) } },
    severity: 'error',
    file: 'i18n/es.json',
    code: 'json/syntax',
    line: words().slice(0, 60).split('\n').length,
  },
  {
    name: 'comments, once for all of them',
    parts: changed('"interface_version": 2,', '"interface_version": 2, // always\n    /* and */'),
    ...error,
    code: 'json/comment',
    line: '// always',
    says: ['1 more comment'],
  },
  {
    name: 'a comma after the last item',
    parts: changed('"lcard-1"', '"lcard-1",'),
    ...error,
    code: 'json/trailing-comma',
    line: '"lcard-1",',
  },
  {
    name: 'a key that stands twice',
    parts: changed('"interface_version": 2,', '"interface_version": 2,\n    "version": "1.0.1",'),
    ...error,
    severity: 'warning',
    code: 'json/duplicate-key',
    line: '"version": "1.0.1"',
    says: ['first in line 6'],
  },
  {
    name: 'values that nest without end',
    parts: { files: { 'manifest.json': `${'['.repeat(50_000)}${']'.repeat(50_000)}` } },
    ...error,
    code: 'json/too-deep',
    line: 1,
  },
  {
    name: 'a manifest of two megabytes',
    parts: { files: { 'manifest.json': `${manifest()}${' '.repeat(2 * 1024 * 1024)}` } },
    ...error,
    code: 'json/too-large',
    line: 1,
  },
  {
    name: 'a manifest in another encoding, with the place of the first wrong byte',
    parts: { files: { 'manifest.json': Buffer.from(manifest().replace('1.0.0', '1.é'), 'latin1') } },
    ...error,
    code: 'json/not-utf8',
    line: '"version"',
    says: ['byte E9'],
  },
  {
    name: 'a manifest in UTF-16',
    parts: { files: { 'manifest.json': Buffer.from(`\uFEFF${manifest()}`, 'utf16le') } },
    ...error,
    code: 'json/not-utf8',
    line: 1,
    says: ['UTF-16 LE'],
  },
  {
    name: 'a script that is not UTF-8',
    parts: { files: { 'extra.js': Buffer.from('// caf\xe9\n', 'latin1') } },
    severity: 'warning',
    file: 'extra.js',
    code: 'text/not-utf8',
    line: 1,
  },
  {
    name: 'a byte order mark in the manifest, and reads on',
    parts: { files: { 'manifest.json': Buffer.concat([mark, Buffer.from(manifest())]) } },
    ...error,
    code: 'json/byte-order-mark',
    line: 1,
  },
  {
    name: 'a byte order mark in a style sheet',
    parts: { files: { 'style.css': Buffer.concat([mark, Buffer.from('.parcel-list {}\n')]) } },
    ...warning,
    code: 'text/byte-order-mark',
  },
  {
    name: 'Windows line ends in the manifest',
    parts: { files: { 'manifest.json': manifest().replaceAll('\n', '\r\n') } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'json/line-ends',
    line: 1,
    says: ['CR LF'],
  },
  {
    name: 'Windows line ends in a style sheet',
    parts: { files: { 'style.css': '.parcel-list {}\r\n' } },
    ...warning,
    code: 'text/line-ends',
  },
];
