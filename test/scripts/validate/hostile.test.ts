import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateFiles, validatePath } from '../../../scripts/validate/index.js';
import { rawZip } from '../../support/raw-zip.js';
import { minimalManifest, temporaryFolder, widgetFiles } from '../../support/widget-folder.js';

const many = Array.from({ length: 20_000 }, (_item, index) => index);
const keys = (prefix: string): Record<string, string> =>
  Object.fromEntries(many.map((index) => [`${prefix}${index}`, 'x']));

describe('validateFiles comes to an end, with a report that can be read, on', { timeout: 20_000 }, () => {
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
    ['a text that is never closed', { 'manifest.json': `{"a": "${'\\"'.repeat(400_000)}` }],
    [
      'twenty thousand locations',
      { 'manifest.json': { ...minimalManifest, locations: many.map((n) => `lcard-${n}`) } },
    ],
  ])('%s', (_what, files) => {
    const { findings, summary } = validateFiles(widgetFiles({ files }));

    expect(summary.errors).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(2000);
  });

  it('says how many findings it left out', () => {
    const manifest = { ...minimalManifest, ...keys('key') };
    const { findings } = validateFiles(widgetFiles({ files: { 'manifest.json': manifest } }));

    expect(findings).toHaveLength(201);
    expect(findings[0]?.message).toBe('19800 more findings of this kind left out.');
  });
});

describe('validatePath', () => {
  it('names a dangerous entry outside the folder of the widget as the archive does', async () => {
    const entries = [...widgetFiles()].map(([name, data]) => ({ name: `widget/${name}`, data }));
    const archive = path.join(await temporaryFolder(), 'widget.zip');
    await writeFile(archive, rawZip([...entries, { name: '../evil.js' }, { name: 'widget/..\\evil.js' }]));

    expect((await validatePath(archive)).findings.map(({ code, file }) => [code, file])).toEqual([
      ['archive/top-folder', null],
      ['archive/unsafe-name', '../evil.js'],
      ['archive/unsafe-name', 'widget/..\\evil.js'],
    ]);
  });
});
