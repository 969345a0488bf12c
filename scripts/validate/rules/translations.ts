import {
  atText,
  type LanguageText,
  type LanguageTexts,
  referenceLanguage,
  textId,
  textName,
  translatableWords,
} from '../language-texts.js';
import { lackingPlaceholders, placeholdersIn } from '../placeholders.js';
import { collectReferences } from '../references.js';
import { describeShown, type Problem, type Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { list, quote } from '../words.js';

/** Kommo takes English texts for these for a while: `platform/widget.md §1.2`. */
const translatedLater = ['tr', 'id'];

/** So many texts of a file in another language are one mistake: the file was copied and never translated. */
const fewestForCopy = 5;

interface Pair {
  language: LanguageTexts;
  text: LanguageText;
  original: LanguageText;
}

/** Each text beside the one that it translates: `platform/widget.md §8 rule 27`. */
export const translationRules: readonly Rule[] = [
  {
    code: 'i18n/blank-translation',
    severity: 'warning',
    title: 'A text that one language has is empty in none.',
    help: 'The script shows an empty place to users of this language. Translate the text; one that is not needed is taken out of every language.',
    source: 'platform/widget.md §1.9 M5, §8 rule 27',
    check: (view) => {
      const manifest = view.manifest();
      const referred = new Set(
        manifest === null ? [] : collectReferences(manifest, view.texts()).map(({ key }) => key),
      );
      const blank = pairs(view).filter(
        ({ text, original }) =>
          text.text.trim() === '' && original.text.trim() !== '' && !referred.has(textName(text)),
      );
      return describeShown(blank, ({ language, text, original }) =>
        atText(language, text, {
          message: `${quote(textName(text))} is empty here and not in ${originalFile(view)}.`,
          expected: `a translation of ${quote(original.text)}`,
          found: quote(text.text),
        }),
      );
    },
  },
  {
    code: 'i18n/placeholders',
    severity: 'warning',
    title: 'A text has the same placeholders in every language.',
    help: 'What is filled in, such as {{name}}, {count}, %s or #HOST#, is a name for the program, not a word: it is never translated. One that is missing is not shown, one that is misspelt is shown as it stands. Write them as the first language does.',
    source: 'platform/widget.md §1.2',
    check: (view) => {
      const different = pairs(view).flatMap((pair) => {
        const wanted = placeholdersIn(pair.original.text);
        const present = placeholdersIn(pair.text.text);
        const lacking = lackingPlaceholders(wanted, present);
        const extra = lackingPlaceholders(present, wanted);
        if (pair.text.text.trim() === '' || lacking.length + extra.length === 0) return [];
        return [{ ...pair, wanted, present, lacking, extra }];
      });
      return describeShown(different, ({ language, text, wanted, present, lacking, extra }) => {
        const what =
          lacking.length > 0
            ? `lacks ${list(lacking)}, which ${originalFile(view)} has`
            : `has ${list(extra)}, which ${originalFile(view)} lacks`;
        return atText(language, text, {
          message: `${quote(textName(text))} ${what}.`,
          expected: wanted.length === 0 ? 'no placeholder' : list(wanted),
          found: present.length === 0 ? 'no placeholder' : list(present),
        });
      });
    },
  },
  {
    code: 'i18n/untranslated',
    severity: { private: 'notice', public: 'warning' },
    title: 'Every language has texts of its own.',
    help: 'Moderation wants each language file to be in its language from the first text to the last. A text that is the same in two languages is mostly one that nobody has translated.',
    source: 'platform/widget.md §8 rule 27',
    check: (view) => untranslated(view, (code) => !translatedLater.includes(code)),
  },
  {
    code: 'i18n/translate-later',
    severity: 'notice',
    title: 'Turkish and Indonesian texts are translated within half a year.',
    help: 'Kommo lets widgets start with English texts in Turkish and Indonesian and wants the translation within six months. Translate them before that.',
    source: 'platform/widget.md §1.2',
    check: (view) => untranslated(view, (code) => translatedLater.includes(code)),
  },
  {
    code: 'i18n/cyrillic',
    severity: { private: 'warning', public: 'error' },
    title: 'Texts of languages with Latin letters have no Cyrillic ones.',
    help: 'Moderation wants each language file in its language alone. Mind letters such as а, е and о that only look Latin. A single word, such as the name of a language in a list, is let through.',
    source: 'platform/widget.md §8 rule 27',
    check: (view) => {
      const concerned = textsOf(view, ['en', 'es', 'pt', 'tr', 'id']).filter(
        ({ text: { text } }) =>
          /\p{Script=Cyrillic}/u.test(text) && !/^\s*\p{Script=Cyrillic}+\s*$/u.test(text),
      );
      return describeShown(concerned, ({ language, text }) =>
        atText(language, text, {
          message: `The text ${quote(textName(text))} has Cyrillic letters in a file of the language ${quote(language.code)}.`,
          expected: 'Latin letters',
          found: quote(text.text.split(/\s+/).find((word) => /\p{Script=Cyrillic}/u.test(word)) ?? text.text),
        }),
      );
    },
  },
  {
    code: 'i18n/no-cyrillic',
    severity: { private: 'notice', public: 'warning' },
    title: 'Russian texts are in Cyrillic letters.',
    help: 'Moderation wants the Russian file in Russian alone. Names of products may stay as they are, whole sentences may not.',
    source: 'platform/widget.md §8 rule 27',
    check: (view) => {
      const reference = referenceLanguage(view.texts());
      const concerned = textsOf(view, ['ru']).filter(
        ({ text }) =>
          !/\p{Script=Cyrillic}/u.test(text.text) &&
          translatableWords(text.text).length >= 3 &&
          reference?.texts.get(textId(text.path))?.text !== text.text,
      );
      return describeShown(concerned, ({ language, text }) =>
        atText(language, text, {
          message: `The Russian text ${quote(textName(text))} has no Cyrillic letter.`,
          expected: 'a Russian text',
          found: quote(text.text),
        }),
      );
    },
  },
  {
    code: 'i18n/russian-link',
    severity: { private: 'notice', public: 'error' },
    title: 'English, Spanish and Portuguese texts have no links to .ru domains.',
    help: 'Moderation refuses .ru domains and links in the English, Spanish and Portuguese texts. Give each language the page in its language, and the address of the account as #SUBDOMAIN#.#TOP_LEVEL_DOMAIN#.',
    source: 'platform/widget.md §8 rule 27',
    check: (view) => {
      const concerned = textsOf(view, ['en', 'es', 'pt']).flatMap((one) => {
        const domain = russianDomain(one.text.text);
        return domain === null ? [] : [{ ...one, domain }];
      });
      return describeShown(concerned, ({ language, text, domain }) =>
        atText(language, text, {
          message: `The text ${quote(textName(text))} has the domain ${domain} in a file of the language ${quote(language.code)}.`,
          expected: 'a page in the language of the file',
          found: quote(domain),
        }),
      );
    },
  },
];

function untranslated(view: WidgetView, concerns: (code: string) => boolean): Problem[] {
  const name = view.manifest()?.get(['widget', 'name']);
  const byLanguage = new Map<LanguageTexts, Pair[]>();
  for (const pair of pairs(view)) {
    if (!concerns(pair.language.code) || textName(pair.text) === name) continue;
    if (translatableWords(pair.original.text).length < 3) continue;
    const known = byLanguage.get(pair.language);
    if (known === undefined) byLanguage.set(pair.language, [pair]);
    else known.push(pair);
  }
  return [...byLanguage].flatMap(([language, all]) => {
    const same = all.filter(({ text, original }) => text.text === original.text);
    if (same.length >= fewestForCopy && same.length * 2 > all.length) {
      return [
        {
          message: `${same.length} of ${all.length} texts are those of ${originalFile(view)}: the file is a copy of it.`,
          ...language.document.spot([]),
          expected: `texts in the language ${quote(language.code)}`,
          found: `${same.length} texts that are the same`,
        },
      ];
    }
    return describeShown(same, ({ text }) =>
      atText(language, text, {
        message: `${quote(textName(text))} is the same as in ${originalFile(view)}.`,
        expected: `a text in the language ${quote(language.code)}`,
        found: quote(text.text),
      }),
    );
  });
}

/** Every text of the other languages that the reference language has too. */
function pairs(view: WidgetView): Pair[] {
  const languages = view.texts();
  const reference = referenceLanguage(languages);
  return languages
    .filter((language) => language !== reference)
    .flatMap((language) =>
      [...language.texts].flatMap(([id, text]) => {
        const original = reference?.texts.get(id);
        return original === undefined ? [] : [{ language, text, original }];
      }),
    );
}

function originalFile(view: WidgetView): string {
  return referenceLanguage(view.texts())?.document.file ?? 'the first language';
}

function textsOf(view: WidgetView, codes: readonly string[]): Omit<Pair, 'original'>[] {
  return view
    .texts()
    .filter(({ code }) => codes.includes(code))
    .flatMap((language) => [...language.texts.values()].map((text) => ({ language, text })));
}

function russianDomain(text: string): string | null {
  for (const [token] of text.matchAll(/[\p{L}\p{N}_.-]+/gu)) {
    const domain = token.replace(/^[.-]+|[.-]+$/g, '');
    if (/[^.]\.(?:ru|рф|su)$/i.test(domain)) return domain;
  }
  return null;
}
