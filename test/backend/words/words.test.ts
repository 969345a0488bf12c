import { describe, expect, it } from 'vitest';
import { messageReasons } from '../../../src/contract/message-outcomes.js';
import { languages } from '../../../src/kommo/languages.js';
import { fill, noteWords, plural } from '../../../src/backend/words/words.js';
import { languageOf } from '../../../src/backend/words/language-of.js';

/** Every text of a tree with its path; the forms of a plural are one text. */
function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, string | object]) => {
    const here = `${path}.${key}`;
    if (typeof value === 'string') return [[here, value] as [string, string]];
    return 'other' in value
      ? [[here, Object.values(value).join('\n')] as [string, string]]
      : leaves(value, here);
  });
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe.each(languages)('The words of the notes, %s', (language) => {
  const words = noteWords[language];

  it('have the same tree and the same names to fill in as the English ones', () => {
    const english = leaves(noteWords.en);
    const own = leaves(words);
    expect(own.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect(own.map(([path, text]) => [path, placeholders(text)])).toEqual(
      english.map(([path, text]) => [path, placeholders(text)]),
    );
  });

  it('say of every reason why and what to do, each in its own way', () => {
    const whys = messageReasons.map((reason) => words.reasons[reason].why);
    const todos = messageReasons.map((reason) => words.reasons[reason].todo);
    for (const text of [...whys, ...todos]) {
      expect(text.length).toBeGreaterThan(9);
      expect(text).not.toMatch(/[.!\s]$/);
    }
    expect(new Set(whys).size).toBe(messageReasons.length);
    expect(Object.keys(words.reasons).sort()).toEqual([...messageReasons].sort());
  });

  it('have a form for every number', () => {
    const rules = new Intl.PluralRules(language);
    for (const forms of [words.sentToAll, words.sentToSome]) {
      for (let number = 0; number <= 250; number++) expect(forms).toHaveProperty(rules.select(number));
    }
  });

  it('are not left in English', () => {
    const english = new Map(leaves(noteWords.en));
    const same = leaves(words).filter(([path, text]) => english.get(path) === text);
    expect(same).toHaveLength(language === 'en' ? english.size : 0);
  });

  it('hold no typewriter quotes and no doubled blanks', () => {
    for (const [, text] of leaves(words)) expect(text).not.toMatch(/['"]| {2}|^\s|\s$/);
  });
});

it('Russian has its three forms', () => {
  const form = (number: number) =>
    fill(plural(noteWords.ru.sentToAll, number, 'ru'), { n: number, service: 'X' });
  expect([1, 2, 5, 11, 21, 22, 25].map(form)).toEqual([
    'Сообщение отправлено 1 контакту через X',
    'Сообщение отправлено 2 контактам через X',
    'Сообщение отправлено 5 контактам через X',
    'Сообщение отправлено 11 контактам через X',
    'Сообщение отправлено 21 контакту через X',
    'Сообщение отправлено 22 контактам через X',
    'Сообщение отправлено 25 контактам через X',
  ]);
  expect(plural(noteWords.ru.sentToSome, 21, 'ru')).toContain('из {total} контакта');
  expect(plural(noteWords.ru.sentToSome, 5, 'ru')).toContain('из {total} контактов');
});

it('names that are filled in are not searched for names again, and unknown ones stay', () => {
  expect(fill('{a} {b} {c}', { a: '{b}', b: 2 })).toBe('{b} 2 {c}');
});

describe('The language of an account', () => {
  it.each([
    ['BR', 'pt'],
    ['PT', 'pt'],
    ['ES', 'es'],
    ['MX', 'es'],
    ['ar', 'es'],
    ['TR', 'tr'],
    ['ID', 'id'],
    ['RU', 'ru'],
    ['KZ', 'ru'],
    ['BY', 'ru'],
    ['UZ', 'ru'],
    ['KG', 'ru'],
    ['US', 'en'],
    ['DE', 'en'],
    ['', 'en'],
    ['nowhere', 'en'],
    [undefined, 'en'],
    [null, 'en'],
  ] as const)('in %s is %s', (country, language) => {
    expect(languageOf(country, 'kommo', undefined)).toBe(language);
  });

  it('is Russian on amoCRM, and the configured one wherever one is', () => {
    expect(languageOf('TR', 'amocrm', undefined)).toBe('ru');
    expect(languageOf(undefined, 'amocrm', undefined)).toBe('ru');
    expect(languageOf('BR', 'kommo', 'es')).toBe('es');
    expect(languageOf('RU', 'amocrm', 'en')).toBe('en');
  });
});
