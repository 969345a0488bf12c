import { describe, expect, it } from 'vitest';
import { validate, validateFiles } from '../../../scripts/validate/index.js';
import { type Json, lineOf, widgetFiles, writeArchive, writeFolder } from '../../support/widget-folder.js';
import { documentedWidgets } from './documented-widgets.js';

interface BrokenCopy {
  of: keyof typeof documentedWidgets;
  how: string;
  /** Replaces a text of the manifest by another. */
  replace: [from: string, to: string];
  code: string;
  /** A text that stands in the line of the finding. */
  line: string;
}

const brokenCopies: readonly BrokenCopy[] = [
  {
    of: 'a minimal private widget',
    how: 'whose languages are one text',
    replace: [`"locale": [\n      "en"\n    ]`, '"locale": "en"'],
    code: 'manifest/wrong-type',
    line: '"locale"',
  },
  {
    of: 'a minimal private widget',
    how: 'with the closed interface',
    replace: ['"interface_version": 2', '"interface_version": 1'],
    code: 'manifest/wrong-value',
    line: '"interface_version"',
  },
  {
    of: 'a widget of the digital pipeline',
    how: 'without action_multiple',
    replace: ['"action_multiple": false,', ''],
    code: 'manifest/missing-key',
    line: '"dp": {',
  },
  {
    of: 'a widget of the digital pipeline',
    how: 'that sends events unencrypted',
    replace: ['"https://www.kommo.com/parcels/moved"', '"http://www.kommo.com/parcels/moved"'],
    code: 'manifest/not-https',
    line: '"webhook_url"',
  },
  {
    of: 'a page in the account settings',
    how: 'without a title',
    replace: ['"title": "advanced.title"', ''],
    code: 'manifest/missing-key',
    line: '"advanced"',
  },
  {
    of: 'a step of the bot with several handlers',
    how: 'with a type that there is none of',
    replace: ['"type": "numeric"', '"type": "number"'],
    code: 'manifest/wrong-value',
    line: '"type": "number"',
  },
  {
    of: 'a step of the bot with several handlers',
    how: 'whose default leads nowhere',
    replace: ['"salesbot.number_default"', '"salesbot.number_defalt"'],
    code: 'manifest/unresolved-reference',
    line: '"salesbot.number_defalt"',
  },
  {
    of: 'a tab on cards',
    how: 'with a location that is spelled wrong',
    replace: ['"comcard-1"', '"companycard-1"'],
    code: 'manifest/unknown-location',
    line: '"companycard-1"',
  },
  {
    of: 'system SMS',
    how: 'without an endpoint',
    replace: ['"endpoint": "https://www.kommo.com/parcels/sms"', ''],
    code: 'manifest/missing-key',
    line: '"sms": {',
  },
  {
    of: 'the mobile application',
    how: 'with half a colour',
    replace: ['"#00aaff"', '"#00aa"'],
    code: 'manifest/wrong-format',
    line: '"color"',
  },
  {
    of: 'the left menu',
    how: 'after an item that there is none of',
    replace: ['"after": "leads"', '"after": "deals"'],
    code: 'manifest/wrong-value',
    line: '"after"',
  },
  {
    of: 'the left menu',
    how: 'that hides the account settings',
    replace: ['"mail": {', '"settings": {'],
    code: 'manifest/system-menu-key',
    line: '"is_hidden"',
  },
  {
    of: 'a source of leads',
    how: 'with a suffix',
    replace: ['"lead_sources"', '"lead_sources-1"'],
    code: 'manifest/location-suffix',
    line: '"lead_sources-1"',
  },
  {
    of: 'numbers of users',
    how: 'whose field has a text as its name',
    replace: ['"settings.phones"', '"Phones of the users"'],
    code: 'manifest/literal-text',
    line: '"Phones of the users"',
  },
  {
    of: 'a custom field',
    how: 'that says neither yes nor no to required',
    replace: ['"required": false', '"required": "no"'],
    code: 'manifest/wrong-type',
    line: '"required"',
  },
  {
    of: 'everything at once',
    how: 'with the comments of the documentation',
    replace: ['"locations": [', '"locations": [ // where it runs'],
    code: 'json/comment',
    line: '// where it runs',
  },
  {
    of: 'a web form of amoCRM',
    how: 'without a title',
    replace: ['"title": "forms.title",', ''],
    code: 'manifest/missing-key',
    line: '"amoforms_settings"',
  },
];

describe('the manifests that the documentation shows', () => {
  it.each(Object.entries(documentedWidgets))(
    'pass as a folder and as an archive: %s',
    async (_name, manifest) => {
      const files = widgetFiles({ manifest });
      const report = validateFiles(files);

      expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(await validate(await writeFolder(files))).toEqual(report);
      expect(await validate(await writeArchive(files))).toEqual(report);
    },
  );

  it('have a broken copy each', () => {
    expect([...new Set(brokenCopies.map((copy) => copy.of))].sort()).toEqual(
      Object.keys(documentedWidgets).sort(),
    );
  });

  it.each(brokenCopies)('fail when broken: $of $how', ({ of, replace: [from, to], code, line }) => {
    const whole = widgetFiles({ manifest: documentedWidgets[of] as Record<string, Json> });
    const text = whole.get('manifest.json')?.toString('utf8') ?? '';
    const broken = withoutStrayComma(text.replace(from, to));
    expect(broken).not.toBe(text);
    const files = new Map([...whole, ['manifest.json', Buffer.from(broken)]]);
    const { findings, summary } = validateFiles(files);

    expect(summary.errors).toBe(1);
    expect(findings.find(({ severity }) => severity === 'error')).toMatchObject({
      code,
      file: 'manifest.json',
      line: lineOf(files, 'manifest.json', line),
    });
  });
});

/** Taking out the last item of an object leaves the comma of the item before it. */
function withoutStrayComma(text: string): string {
  return text.replace(/,(\s*\})/g, '$1');
}
