import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate, validateFiles } from '../../../scripts/validate/index.js';
import { rawZip } from '../../support/raw-zip.js';
import { type Json, minimalManifest, temporaryFolder, widgetFiles } from '../../support/widget-folder.js';

const many = Array.from({ length: 20_000 }, (_item, index) => index);
const keys = (prefix: string): Record<string, string> =>
  Object.fromEntries(many.map((index) => [`${prefix}${index}`, 'x']));

/** As many as an archive may hold. */
function manyFiles(extension: string, content: string): Record<string, string> {
  return Object.fromEntries(many.slice(0, 4000).map((index) => [`images/p${index}.${extension}`, content]));
}

function manyLanguages(): Record<string, Json> {
  const locale = many.slice(0, 1500).map((index) => `l${index}`);
  const manifest = { ...minimalManifest, widget: { ...minimalManifest.widget, locale } };
  const words = Object.fromEntries(many.slice(0, 1500).map((index) => [`w${index}`, 'x']));
  const files = locale.map((code, index): [string, Json] => [
    `i18n/${code}.json`,
    index === 0 ? words : { [code]: 'x', w1: 'x' },
  ]);
  return { 'manifest.json': manifest, ...Object.fromEntries(files) };
}

describe('validateFiles comes to an end, with a report that can be read, on', { timeout: 30_000 }, () => {
  it.each([
    ['twenty thousand unknown keys', { 'manifest.json': { ...minimalManifest, ...keys('key') } }],
    [
      'twenty thousand different keys in two languages',
      { 'i18n/en.json': keys('a'), 'i18n/es.json': keys('b') },
    ],
    [
      'twenty thousand references that lead nowhere',
      {
        'manifest.json': {
          ...minimalManifest,
          settings: Object.fromEntries(
            many
              .slice(0, 8000)
              .map((index) => [
                `f${index}`,
                { name: `settings.field${index}`, type: 'text', required: true },
              ]),
          ),
        },
        'i18n/en.json': { settings: keys('fjeld') },
      },
    ],
    [
      'hundreds of long references, each like thousands of long keys',
      {
        'manifest.json': {
          ...minimalManifest,
          settings: Object.fromEntries(
            many
              .slice(0, 300)
              .map((index) => [
                `f${index}`,
                { name: `settings.${'q'.repeat(66)}${index}`, type: 'text', required: true },
              ]),
          ),
        },
        'i18n/en.json': { settings: keys('w'.repeat(66)) },
      },
    ],
    [
      'twenty thousand keys that stand twice',
      { 'manifest.json': `{${many.map((n) => `"${n % 10}":1`).join()}}` },
    ],
    [
      'a hundred and fifty thousand keys that stand twice',
      { 'i18n/en.json': `{${Array.from({ length: 150_000 }, () => '"":1').join()}}` },
    ],
    [
      'a list of two hundred thousand items in place of an object',
      { 'i18n/en.json': Array.from({ length: 200_000 }, () => 1) },
    ],
    [
      'eighty thousand wrong settings',
      {
        // In one line, since more than a megabyte is not checked.
        'manifest.json': JSON.stringify({
          ...minimalManifest,
          settings: Object.fromEntries(Array.from({ length: 80_000 }, (_item, index) => [`f${index}`, 1])),
        }),
        'i18n/en.json': {},
      },
    ],
    ['fifteen hundred languages that all differ', manyLanguages()],
    ['a text that is never closed', { 'manifest.json': `{"a": "${'\\"'.repeat(400_000)}` }],
    [
      'hundreds of thousands of placeholders that differ',
      {
        'i18n/en.json': { errors: { late: '%s '.repeat(300_000) } },
        'i18n/es.json': { errors: { late: '%d '.repeat(300_000) } },
      },
    ],
    [
      'twenty thousand pictures of the tour beside thousands of files',
      {
        ...manyFiles('svg', '<svg/>'),
        'manifest.json': {
          ...minimalManifest,
          tour: {
            ...minimalManifest.tour,
            tour_images: { en: many.map((n) => `/images/t${n}.png`), es: [] },
          },
        },
      },
    ],
    [
      'twenty thousand modules that are missing beside thousands of files',
      { ...manyFiles('js', ''), 'script.js': many.map((n) => `require(['./a${n}.js']);`).join('\n') },
    ],
    [
      'twenty thousand locations',
      { 'manifest.json': { ...minimalManifest, locations: many.map((n) => `lcard-${n}`) } },
    ],
  ])('%s', (_what, files) => {
    const { findings, summary } = validateFiles(widgetFiles({ files }));

    expect(summary.errors + summary.warnings).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(2000);
  });

  it('says of a language file that is a list what it must be', () => {
    const { findings } = validateFiles(widgetFiles({ files: { 'i18n/en.json': [] } }));

    expect(findings).toMatchObject([
      {
        code: 'i18n/not-an-object',
        file: 'i18n/en.json',
        line: 1,
        expected: 'an object',
        found: 'an empty list',
      },
    ]);
  });

  it('says how many keys stand twice beyond those that it shows', () => {
    const text = `{${Array.from({ length: 1000 }, () => '"a":1').join()}}`;
    const { findings } = validateFiles(widgetFiles({ files: { 'i18n/en.json': text } }));
    const twice = findings.filter(({ code }) => code === 'json/duplicate-key');

    expect(twice).toHaveLength(101);
    expect(twice.at(-1)?.message).toBe('The file has 899 more keys that stand twice.');
  });

  it('says how many findings it left out', () => {
    const manifest = { ...minimalManifest, ...keys('key') };
    const { findings } = validateFiles(widgetFiles({ files: { 'manifest.json': manifest } }));

    expect(findings).toHaveLength(201);
    expect(findings[0]?.message).toBe('19800 more findings of this kind left out.');
  });
});

describe('validate', () => {
  it('has one finding for an archive with backslashes in all its names', async () => {
    const entries = [...widgetFiles()].map(([name, data]) => ({ name: name.replaceAll('/', '\\'), data }));
    const archive = path.join(await temporaryFolder(), 'widget.zip');
    await writeFile(archive, rawZip(entries));

    expect((await validate(archive)).findings).toMatchObject([
      { code: 'archive/backslash-name', expected: 'forward slashes between folders' },
    ]);
  });

  it('says what was expected and what came of every entry that it leaves out', async () => {
    const entries = [...widgetFiles()].map(([name, data]) => ({ name, data }));
    const data = Buffer.from('x');
    const archive = path.join(await temporaryFolder(), 'widget.zip');
    await writeFile(
      archive,
      rawZip([
        ...entries,
        { name: 'manifest.json', data },
        { name: 'link', data, stored: { unixMode: 0o120777 } },
        { name: 'packed.js', data, stored: { method: 12 } },
        { name: 'script.js/x', data },
        { name: 'a.js', data, stored: { localName: 'b.js' } },
      ]),
    );
    const { findings } = await validate(archive);

    expect(findings.map(({ code }) => code)).toEqual([
      'archive/different-name',
      'archive/symlink',
      'archive/duplicate-name',
      'archive/unsupported-compression',
      'archive/file-and-folder',
    ]);
    for (const { expected, found } of findings) expect([expected, found]).not.toContain(null);
  });

  it('names a dangerous entry outside the folder of the widget as the archive does', async () => {
    const entries = [...widgetFiles()].map(([name, data]) => ({ name: `widget/${name}`, data }));
    const archive = path.join(await temporaryFolder(), 'widget.zip');
    await writeFile(archive, rawZip([...entries, { name: '../evil.js' }, { name: 'widget/..\\evil.js' }]));

    expect((await validate(archive)).findings.map(({ code, file }) => [code, file])).toEqual([
      ['archive/top-folder', null],
      ['archive/unsafe-name', '../evil.js'],
      ['archive/unsafe-name', 'widget/..\\evil.js'],
    ]);
  });
});
