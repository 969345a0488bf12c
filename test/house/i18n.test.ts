import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMacros, isMacroName, macroGroups, macros } from '../../src/contract/macros.js';

type Texts = ReadonlyMap<string, string>;

const folder = new URL('../../i18n/', import.meta.url);
const source = 'en';
const translations = ['es', 'id', 'pt', 'ru', 'tr'];
const languages = [source, ...translations];

/** Texts that a translation rightly shares with English, with the reason. */
const sameAsEnglish: Record<string, readonly string[]> = {
  // The product's name.
  'widget.name': translations,
  // The unit has no other name in these languages.
  'dp.counter.segments': translations,
  // Kommo and amoCRM show these words of their own interface untranslated.
  'macros.groups.lead': ['es', 'id', 'pt'],
  'macros.labels.contact_email': ['id', 'pt', 'ru'],
  'macros.labels.pipeline_name': ['es', 'id'],
  // The same word in both languages.
  'panel.status.title': ['id', 'pt'],
  // Not words. No country of these languages reserves phone numbers for fiction, so all share those of +1.
  'macros.samples.contact_phone': translations,
  'macros.samples.manager_phone': translations,
  'macros.samples.lead_id': translations,
  'macros.samples.lead_link': ['es', 'id', 'pt', 'tr'],
  'macros.samples.lead_price': ['es'],
  'macros.samples.contact_email': ['ru'],
};

/** In characters; the limits of the marketplace's listing, and of what fits beside its neighbours. */
const longest: Record<string, number> = {
  'widget.name': 30,
  'widget.short_description': 50,
  'widget.description': 400,
  'dp.settings.only_main.name': 32,
  'dp.macros.title': 24,
  'dp.macros.replace': 16,
  'dp.counter.characters': 16,
  'panel.failed.retry': 20,
  'panel.support.link': 24,
  ...Object.fromEntries(macroGroups.map((group) => [`macros.groups.${group}`, 16])),
  ...Object.fromEntries(macros.map(({ name }) => [`macros.labels.${name}`, 26])),
};

const textsOf = new Map(languages.map((language) => [language, flatten(JSON.parse(read(language)))]));
const english = texts(source);

it('has one file for each language and nothing else', () => {
  expect(readdirSync(folder).sort()).toEqual(languages.map((language) => `${language}.json`).sort());
});

it('has a file for every locale of the manifest', () => {
  const manifest = JSON.parse(readFileSync(new URL('../widget/manifest.json', folder), 'utf8')) as {
    widget: { locale: string[] };
  };
  expect(manifest.widget.locale.filter((locale) => !languages.includes(locale))).toEqual([]);
});

it('keeps no exception that nothing needs', () => {
  const unused = Object.entries(sameAsEnglish).flatMap(([key, exempt]) =>
    exempt
      .filter((language) => texts(language).get(key) !== english.get(key))
      .map((language) => `${language}: ${key}`),
  );
  expect(unused).toEqual([]);
});

describe.each(languages)('the words in %s', (language) => {
  const own = texts(language);

  it('stand in a file of two-space JSON with one line end and no key twice', () => {
    const file = read(language);
    expect(file).toBe(`${JSON.stringify(JSON.parse(file), null, 2)}\n`);
  });

  it('are never empty or padded with spaces', () => {
    expect(where(own, (text) => text === '' || text !== text.trim() || /\s{2}/.test(text))).toEqual([]);
  });

  it('use typographic quotes and ellipses', () => {
    expect(where(own, (text) => /['"`]|\.\.\./.test(text))).toEqual([]);
  });

  it('fit where they are shown', () => {
    const tooLong = where(own, (text, key) => text.length > (longest[key] ?? Infinity));
    expect(tooLong).toEqual([]);
    expect(Object.keys(longest).filter((key) => !own.has(key))).toEqual([]);
  });

  it('label every macro and every group, and no other', () => {
    expect(below(own, 'macros.labels')).toEqual(macros.map(({ name }) => name));
    expect(below(own, 'macros.groups')).toEqual([...macroGroups]);
  });

  it('give no two macros of a group the same label', () => {
    const labels = macros.map(({ name, group }) => `${group}: ${own.get(`macros.labels.${name}`) ?? ''}`);
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
  });

  it('hold a sample for every macro, and no other', () => {
    expect(below(own, 'macros.samples')).toEqual(macros.map(({ name }) => name));
  });

  it('hold samples that agree with each other and reach nobody', () => {
    const sample = (name: string) => own.get(`macros.samples.${name}`) ?? '';
    expect(sample('contact_name')).toBe(`${sample('contact_first_name')} ${sample('contact_last_name')}`);
    expect(sample('lead_link')).toMatch(new RegExp(`/leads/detail/${sample('lead_id')}$`));
    for (const person of ['contact', 'manager']) {
      expect(sample(`${person}_email`)).toMatch(/^[a-z]+@example\.com$/);
      expect(sample(`${person}_phone`)).toMatch(/^\+1 202 555 01\d\d$/);
    }
  });

  it('mention only macros that exist', () => {
    const unknown = where(own, (text) => findMacros(text).some(({ name }) => !isMacroName(name)));
    expect(unknown).toEqual([]);
  });
});

describe.each(translations)('the translation into %s', (language) => {
  const own = texts(language);

  it('has the keys of English in the order of English', () => {
    expect([...own.keys()]).toEqual([...english.keys()]);
  });

  it('has the placeholders and macros of English', () => {
    expect(where(own, differs(slots))).toEqual([]);
  });

  it('ends each text as English does', () => {
    expect(
      where(
        own,
        differs((text) => /[.!?:…]?$/.exec(text)?.[0]),
      ),
    ).toEqual([]);
  });

  it('leaves no text in English', () => {
    const untranslated = where(
      own,
      (text, key) => text === english.get(key) && !sameAsEnglish[key]?.includes(language),
    );
    expect(untranslated).toEqual([]);
  });
});

it('writes Russian in Cyrillic, save for names, units and samples that are not words', () => {
  const latin = where(
    texts('ru'),
    (text, key) => !/\p{Script=Cyrillic}/u.test(text) && !sameAsEnglish[key]?.includes('ru'),
  );
  expect(latin).toEqual([
    'macros.samples.lead_price',
    'macros.samples.lead_link',
    'macros.samples.manager_email',
  ]);
});

// Moderation refuses Russian addresses in the other languages (platform/widget.md, checklist rule 27).
it.each(languages.filter((language) => language !== 'ru'))('names no .ru address in %s', (language) => {
  expect(where(texts(language), (text) => /\.ru\b/i.test(text))).toEqual([]);
});

function read(language: string): string {
  return readFileSync(new URL(`${language}.json`, folder), 'utf8');
}

function texts(language: string): Texts {
  return textsOf.get(language) ?? new Map<string, string>();
}

/** Every text of a language file by its dotted path. */
function flatten(tree: unknown, path = ''): Texts {
  if (typeof tree === 'string') return new Map([[path, tree]]);
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new TypeError(`${path || 'The file'} must be a text or an object of texts.`);
  }
  return new Map(
    Object.entries(tree).flatMap(([key, value]) => [...flatten(value, path ? `${path}.${key}` : key)]),
  );
}

/** The keys whose texts the test says yes to. */
function where(all: Texts, test: (text: string, key: string) => boolean): string[] {
  return [...all].filter(([key, text]) => test(text, key)).map(([key]) => key);
}

function below(all: Texts, path: string): string[] {
  return [...all.keys()].filter((key) => key.startsWith(`${path}.`)).map((key) => key.slice(path.length + 1));
}

/** Whether a trait of a text differs from the English one. */
function differs(trait: (text: string) => unknown) {
  return (text: string, key: string) => trait(text) !== trait(english.get(key) ?? '');
}

/** The `{placeholders}` and `{{macros}}` of a text, whatever their order. */
function slots(text: string): string {
  return (text.match(/\{+[^{}]*\}+/g) ?? []).sort().join();
}
