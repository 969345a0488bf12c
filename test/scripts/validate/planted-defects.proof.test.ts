import { afterAll, describe, expect, it } from 'vitest';
import { validateFiles } from '../../../scripts/validate/index.js';
import { codes, readingRules } from '../../../scripts/validate/registry.js';
import { exampleReport } from '../../support/example-report.js';
import { printFigures } from '../../support/rounds.js';
import { lineOf, widgetFiles } from '../../support/widget-folder.js';
import { callbackDefects, scriptFileDefects } from './defects/callbacks.js';
import { codeDefects } from './defects/code.js';
import type { Defect } from './defects/defect.js';
import { copiedTextDefects } from './defects/copied-texts.js';
import { imageDefects, insideFolder, layoutDefects, scriptDefects } from './defects/files.js';
import { i18nDefects } from './defects/i18n.js';
import { ignoreDefects } from './defects/ignores.js';
import { jsonDefects } from './defects/json.js';
import { listingDefects, menuDefects, namedFileDefects } from './defects/listing.js';
import { crossDefects, schemaDefects } from './defects/manifest.js';
import { styleDefects } from './defects/styles.js';
import { templateDefects } from './defects/templates.js';
import { uploadedDefects } from './defects/uploaded.js';
import { translationDefects, wordingDefects } from './defects/translations.js';

const defects: Record<string, readonly Defect[]> = {
  'how text and JSON are written': jsonDefects,
  'the keys of the manifest': schemaDefects,
  'what the manifest demands of itself': crossDefects,
  'how the manifest presents the widget': listingDefects,
  'the left menu': menuDefects,
  'the files that the manifest names': namedFileDefects,
  'the language files': i18nDefects,
  'texts that wait for a translation': copiedTextDefects,
  'the translations': translationDefects,
  'the wording of texts': wordingDefects,
  'the pictures': imageDefects,
  'script.js': scriptDefects,
  stylesheets: styleDefects,
  templates: templateDefects,
  'the callbacks of the widget': callbackDefects,
  'the scripts as files': scriptFileDefects,
  'what is written in scripts': codeDefects,
  'what does not belong there': layoutDefects,
  'what was uploaded last': uploadedDefects,
  'what is said to the validator': ignoreDefects,
};

const figures = { planted: 0, found: 0 };

afterAll(() => {
  printFigures('Planted defects', figures);
});

describe.each(Object.entries(defects))('validateFiles, on %s', (_family, planted) => {
  it.each(planted)(
    'finds $name',
    ({ parts, code, severity, file, line, says = [], also = [], situation = {} }) => {
      figures.planted += 1;
      const files = widgetFiles(parts);
      const { findings } = exampleReport(parts, situation);

      expect(findings.map((finding) => finding.code).sort()).toEqual([code, ...also].sort());
      const finding = findings.find((one) => one.code === code);
      expect(finding).toMatchObject({ code, severity, file });
      const expectedLine = typeof line === 'string' ? lineOf(files, file ?? '', line) : (line ?? null);
      expect(finding?.line).toBe(expectedLine);
      expect(finding?.column === null).toBe(expectedLine === null);
      const told = [finding?.message, finding?.expected, finding?.found].join('\n');
      for (const text of says) expect(told).toContain(text);
      expect([finding?.expected, finding?.found], 'expected and found').not.toContain(null);
      figures.found += 1;
    },
  );
});

describe('validateFiles', () => {
  it('has nothing to say about a valid widget', () => {
    expect(validateFiles(widgetFiles())).toEqual({
      target: 'kommo',
      audience: 'private',
      summary: { errors: 0, warnings: 0, notices: 0 },
      findings: [],
    });
  });

  it('says once that the widget is in a folder, and checks what is in there', () => {
    expect(validateFiles(insideFolder('widget')).findings).toMatchObject([
      { code: 'archive/top-folder', severity: 'error', file: null },
    ]);

    const files = insideFolder('my widget');
    files.set('my widget/images/logo.png', Buffer.from('a text'));
    files.set('__MACOSX/my widget/manifest.json', Buffer.from('x'));
    expect(validateFiles(files).findings).toMatchObject([
      { code: 'archive/top-folder' },
      { code: 'images/not-a-picture', file: 'my widget/images/logo.png' },
    ]);
  });

  it('gives the same report whatever the order of the files', () => {
    const files = widgetFiles({ manifest: { locations: ['lcard', 'lcard-2', 'x'], settings: [] } });
    const report = validateFiles(files);

    expect(report.findings.length).toBeGreaterThan(2);
    expect(validateFiles(new Map([...files].reverse()))).toEqual(report);
  });

  it('orders findings by file, line and column, and counts them', () => {
    const { findings, summary } = validateFiles(
      widgetFiles({
        manifest: { locations: ['settings', 'lcard', 'nowhere'], tour: null },
        files: { 'images/logo.png': 'x', 'i18n/ru.json': '{}' },
      }),
    );

    expect(findings.map(({ file, line }) => [file, line])).toEqual([
      ['i18n/ru.json', null],
      ['images/logo.png', null],
      ['manifest.json', 1],
      ['manifest.json', 20],
      ['manifest.json', 21],
    ]);
    expect(summary).toEqual({ errors: 2, warnings: 2, notices: 1 });
  });
});

describe('the registry of codes', () => {
  it('has every code once, in the form family/name, with a title and a source', () => {
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    for (const { code, title, source } of codes) {
      expect(code).toMatch(
        /^(?:archive|text|json|manifest|i18n|images|script|styles|templates|ignore|config)\/[a-z0-9]+(?:-[a-z0-9]+)*$/,
      );
      expect(title, code).toMatch(/^[A-Z0-9a-z].*\.$/);
      expect(source, code).not.toBe('');
    }
  });

  it('has a planted defect for every code but those about reading, which have tests of their own', () => {
    const planted = new Set(Object.values(defects).flatMap((family) => family.map(({ code }) => code)));
    const read = readingRules.map(({ code }) => code);

    expect(
      codes.map(({ code }) => code).filter((code) => !planted.has(code) && !read.includes(code)),
    ).toEqual([]);
  });
});
