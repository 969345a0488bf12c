import { describe, expect, it } from 'vitest';
import { examples } from '../../../scripts/validate/examples/index.js';
import { type Shown, showExample } from '../../../scripts/validate/examples/shown.js';
import { widgetFiles } from '../../../scripts/validate/examples/widget.js';

/** The language files of the minimal widget with a text more, and a script beside them. */
function late(es: string): Parameters<typeof showExample>[0]['wrong'] {
  const files = ['en', 'es'].map((code) => {
    const words = JSON.parse(widgetFiles().get(`i18n/${code}.json`)?.toString('utf8') ?? '') as object;
    return [`i18n/${code}.json`, { ...words, errors: { late: code === 'en' ? 'Late' : es } }] as const;
  });
  return { files: { ...Object.fromEntries(files), 'script.js': 'define([], function () {});\n' } };
}

const inWords = (shown: readonly Shown[]): unknown[] =>
  shown.map((piece) =>
    piece.kind === 'words' ? piece.words : [piece.file, piece.code.replace(/\s+/g, ' ')],
  );

describe('showExample', () => {
  it('shows of language files what the minimal widget has not, and no script where only words differ', () => {
    const { wrong, right } = showExample({ wrong: late(''), right: late('Tarde') });

    expect(inWords(wrong)).toEqual([
      ['i18n/en.json', '{ "errors": { "late": "Late" } }'],
      ['i18n/es.json', '{ "errors": { "late": "" } }'],
    ]);
    expect(inWords(right)).toEqual([
      ['i18n/en.json', '{ "errors": { "late": "Late" } }'],
      ['i18n/es.json', '{ "errors": { "late": "Tarde" } }'],
    ]);
  });

  it('shows a whole file where the other side has none', () => {
    const { wrong, right } = showExample({ wrong: { files: { 'i18n/es.json': null } }, right: {} });

    expect(inWords(wrong)).toEqual(['No file i18n/es.json']);
    expect(inWords(right)).toMatchObject([['i18n/es.json', expect.stringContaining('settings.login')]]);
  });

  it('says in words which key of the manifest a side lacks', () => {
    const { right } = showExample({ wrong: { manifest: { widget: { code: 'parcels' } } }, right: {} });

    expect(inWords(right)).toEqual(['manifest.json without "widget.code"']);

    const lacking = showExample({
      wrong: { without: ['installation'] },
      right: { manifest: { widget: { installation: true } } },
    });
    expect(inWords(lacking.wrong)).toEqual(['manifest.json without "widget.installation"']);
    expect(inWords(lacking.right)).toEqual([['manifest.json', '{ "widget": { "installation": true } }']]);
  });

  it('tells what lies around the widget', () => {
    const { wrong } = showExample({
      wrong: {
        archiveName: 'parcels.zip',
        uploaded: { version: '1.4.2', code: 'parcels' },
        configuration: { ignore: [] },
      },
      right: {},
    });

    expect(inWords(wrong)).toEqual([
      ['widget.config.json', '{ "ignore": [] }'],
      'The archive is called parcels.zip.',
      'Uploaded last: version 1.4.2, the code parcels',
    ]);
  });

  it('shows something of both sides of every example', () => {
    for (const [code, example] of Object.entries(examples)) {
      const { wrong, right } = showExample(example);
      expect(wrong.length, code).toBeGreaterThan(0);
      expect(right.length, code).toBeGreaterThan(0);
      expect(wrong, code).not.toEqual(right);
    }
  });
});
