import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { aboutRules } from '../../../../scripts/validate/about-rules.js';
import { examples } from '../../../../scripts/validate/examples/index.js';
import { rules } from '../../../../scripts/validate/registry.js';
import { explainRule, findRule } from '../../../../scripts/validate/report/explain.js';
import { formatRuleList } from '../../../../scripts/validate/report/rule-list.js';
import { sourceInWords } from '../../../../scripts/validate/report/source-in-words.js';
import type { Rule } from '../../../../scripts/validate/rule.js';

const someRules: Rule[] = [
  {
    code: 'manifest/version-format',
    severity: 'error',
    title: 'widget.version is three numbers.',
    source: 'platform/widget.md §1.9 M3, §2.5',
    check: () => [],
  },
  {
    code: 'i18n/long-name',
    severity: { private: 'off', public: 'error' },
    title: 'The name of a widget has at most 30 characters, of which none stands in a word longer than 19.',
    help: 'The marketplace has no room for more. Shorten the name.',
    source: 'platform/widget.md §8 rule 40',
    check: () => [],
  },
  {
    code: 'manifest/locale',
    severity: { kommo: 'warning', amocrm: 'notice' },
    title: 'widget.locale lists languages.',
    source: 'platform/widget.md §1.2',
    check: () => [],
  },
];

const kommo = { target: 'kommo', audience: 'private' } as const;

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));

describe('--list', () => {
  it('groups the rules by family, with the severity in the situation', () => {
    expect(formatRuleList(someRules, kommo, { columns: 110 })).toBe(`manifest
  warning  manifest/locale          widget.locale lists languages.
  error    manifest/version-format  widget.version is three numbers.

i18n
  off      i18n/long-name           The name of a widget has at most 30 characters, of which none stands in a
                                    word longer than 19.

3 rules; the severities are those for a private widget in Kommo: --target and --audience show others,
--explain CODE tells about one.`);
    expect(formatRuleList(someRules, { target: 'amocrm', audience: 'public' })).toMatch(
      /notice {3}manifest\/locale[^]*error {4}i18n\/long-name[^]*a widget for the marketplace in amoCRM/,
    );
  });

  it('puts the titles below the codes where there is no room beside them', () => {
    expect(formatRuleList(someRules, kommo, { columns: 80 })).toContain(`
  off      i18n/long-name
           The name of a widget has at most 30 characters, of which none stands
           in a word longer than 19.
`);
  });

  it.each([50, 80, 100, 140])('has every rule once, within %i columns', (columns) => {
    const list = formatRuleList(rules, kommo, { columns });

    expect(widest(list)).toBeLessThanOrEqual(columns);
    for (const { code } of rules) expect(list.split(/\s+/).filter((word) => word === code)).toHaveLength(1);
  });

  it('says the same with colours as without', () => {
    const colored = formatRuleList(rules, kommo, { color: true });

    expect(colored).toContain('\u001B[31merror');
    expect(stripVTControlCharacters(colored)).toBe(formatRuleList(rules, kommo));
  });
});

describe('--explain', () => {
  it('tells all about a rule', () => {
    const example = { wrong: { manifest: { locations: ['cards'] } }, right: {} };

    expect(explainRule(someRules[1] as Rule, example)).toBe(`i18n/long-name
The name of a widget has at most 30 characters, of which none stands in a word
longer than 19.

Why, and what to do
  The marketplace has no room for more. Shorten the name.

Severity
  a private widget: Kommo off, amoCRM off
  a widget for the marketplace: Kommo error, amoCRM error

Wrong
  manifest.json:
    {
      "locations": [
        "cards"
      ]
    }

Right
  manifest.json:
    {
      "locations": [
        "settings",
        "lcard-1"
      ]
    }

Source
  The technical requirements of the marketplace, rule 40.`);
  });

  it('explains every rule in words of its own', () => {
    for (const rule of rules) {
      expect(explainRule(rule, examples[rule.code])).not.toMatch(/platform\/|§|\bM\d/);
    }
  });

  it.each([
    ['manifest/version-fromat', 'manifest/version-format'],
    ['i18n/longname', 'i18n/long-name'],
    ['locale', 'manifest/locale'],
  ])('suggests the nearest code for %s', (typed, meant) => {
    expect(() => findRule(typed, someRules)).toThrow(
      expect.objectContaining({ nextStep: `Did you mean ${meant}?`, exitCode: 2 }) as Error,
    );
  });

  it('refers to the list where nothing is near', () => {
    expect(() => findRule('x', someRules)).toThrow(
      expect.objectContaining({ nextStep: 'See all rules: npm run validate -- --list' }) as Error,
    );
  });
});

describe('aboutRules', () => {
  it('leaves the command alone without the options', async () => {
    expect(await aboutRules({ format: 'json' }, { widgets: [] })).toBeNull();
  });

  it('takes no widget beside them', async () => {
    await expect(aboutRules({ list: true }, { widgets: ['my-widget'] })).rejects.toThrow(
      '--list and --explain check no widget; the command names "my-widget".',
    );
  });

  it('lists the severities of the situation that is asked for', async () => {
    const values = { list: true, target: 'amocrm', audience: 'public' };

    expect(await aboutRules(values, { widgets: [] })).toContain('for a widget for the marketplace in amoCRM');
    expect(await aboutRules({ list: true }, { widgets: [] })).toContain('for a private widget in Kommo');
  });
});

describe('sourceInWords', () => {
  it('says what the sections are about, each once', () => {
    expect(sourceInWords('platform/widget.md §1.2, §1.9 M9, M11, M12; §2.1')).toBe(
      'The documentation of manifest.json; the documented layout of the archive',
    );
    expect(sourceInWords('platform/widget.md §2.2: amoCRM also takes JPEG')).toBe(
      'The documentation of pictures: amoCRM also takes JPEG',
    );
    expect(sourceInWords('RFC 2606: hosts for tests')).toBe('RFC 2606: hosts for tests');
  });

  it('knows the section of every rule, and no others', () => {
    for (const { source } of rules) expect(sourceInWords(source)).not.toMatch(/platform\/|§|\bM\d/);
    expect(() => sourceInWords('platform/widget.md §77')).toThrow('section 77');
  });
});
