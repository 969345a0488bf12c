import { unbalancedTag } from '../html-balance.js';
import {
  atText,
  type LanguageText,
  type LanguageTexts,
  presentedTexts,
  textId,
  textName,
  visibleText,
} from '../language-texts.js';
import { nearest } from '../nearest.js';
import { collectReferences, keyPath } from '../references.js';
import { describeShown, type Problem, type Rule } from '../rule.js';
import type { Levels, Target } from '../situation.js';
import type { WidgetView } from '../view.js';
import { count, list, quote } from '../words.js';

type Presented = Parameters<typeof presentedTexts>[1][number];

const demanded: Levels = { private: 'notice', public: 'error' };

/** `platform/widget.md §1.2`; the legacy ones are amoCRM's. */
const shortTags = ['HOST', 'SUBDOMAIN', 'LOGIN', 'ACCOUNT_ID', 'USER_ID', 'TOP_LEVEL_DOMAIN'];
const legacyShortTags = ['API_HASH', 'LINK', '/LINK'];
const knownShortTags: Record<Target, readonly string[]> = {
  kommo: shortTags,
  amocrm: [...shortTags, ...legacyShortTags],
};

/** amoCRM permits the names of its features as part of a name (requirements to public integrations, 4.2). */
const takenNames: Record<Target, RegExp> = {
  kommo: /kommo|amo\s?crm|амо\s?crm|(?<![\p{L}\p{N}])(?:salesbot|digital pipeline)(?![\p{L}\p{N}])/iu,
  amocrm: /kommo|amo\s?crm|амо\s?crm/iu,
};

const claims =
  /(?<![\p{L}\p{N}]|feel |toll-)(?:free|gratis|grátis|gratuit[oa]s?|ücretsiz|бесплатн\p{L}*|official|oficial|oficiais|oficiales|resm[iî]|официальн\p{L}*)(?![\p{L}\p{N}])/iu;

/** How the name and the descriptions read, and the HTML of texts: `platform/widget.md §8 rules 40, 41, 45 and 48`. */
export const wordingRules: readonly Rule[] = [
  lengthRule('i18n/name-length', 'The name of the widget', 'name', 30, demanded),
  {
    code: 'i18n/name-word-length',
    severity: demanded,
    title: 'No word in the name of the widget has more than 19 characters.',
    help: 'The marketplace cannot break longer words in its cards. Shorten the word or make two of it.',
    source: 'platform/widget.md §8 rule 40',
    check: presented(['name'], (text) => {
      const word = visibleText(text)
        .split(' ')
        .find((one) => Array.from(one).length > 19);
      if (word === undefined) return null;
      const length = Array.from(word).length;
      return {
        message: 'The name of the widget has a word that is too long.',
        expected: 'words of at most 19 characters',
        found: `${quote(word)}, ${count(length, 'character')}`,
      };
    }),
  },
  lengthRule('i18n/short-description-length', 'The short description', 'short_description', 50, demanded),
  lengthRule('i18n/description-length', 'The description', 'description', 400, {
    private: 'off',
    public: 'error',
  }),
  {
    code: 'i18n/platform-name',
    severity: demanded,
    title: 'The name of the widget holds neither the platform’s name nor that of one of its features.',
    help: 'The marketplace refuses Kommo, amoCRM and, on Kommo, the names of native features in the name of a widget: it would look like a part of the platform. Name what the widget does or your company.',
    source: 'platform/widget.md §8 rule 40',
    check: presented(['name'], (text, { situation: { target } }) => {
      const name = takenNames[target].exec(text)?.[0];
      if (name === undefined) return null;
      return {
        message: `The name of the widget holds ${quote(name)}, which belongs to the platform.`,
        expected: 'a name of your own',
        found: quote(text),
      };
    }),
  },
  {
    code: 'i18n/claim',
    severity: { private: 'off', public: 'notice' },
    title: 'Name and descriptions do not claim to be free or official without reason.',
    help: 'A trial is not free, and whoever calls a widget official has to prove it. Moderators ask about such words; leave them where they are true.',
    source: 'platform/widget.md §8 rules 45 and 48',
    check: presented(['name', 'short_description', 'description'], (text) => {
      const claim = claims.exec(visibleText(text))?.[0];
      if (claim === undefined) return null;
      return {
        message: `Moderators will ask whether ${quote(claim)} is true.`,
        expected: 'no such claim, or one that you can prove',
        found: quote(claim),
      };
    }),
  },
  {
    code: 'i18n/bare-link',
    severity: demanded,
    title: 'Links in the description are <a> elements.',
    help: 'The description is HTML: an address that stands there as text cannot be clicked. Write <a href="https://…" target="_blank">…</a>.',
    source: 'platform/widget.md §8 rule 41',
    check: presented(['description'], (text) => {
      const address = /\b(?:https?:\/\/|www\.)[^\s<>"']+/i.exec(outsideLinks(text))?.[0];
      if (address === undefined) return null;
      return {
        message: 'The description has a link that cannot be clicked.',
        expected: '<a href="…">…</a>',
        found: quote(address),
      };
    }),
  },
  {
    code: 'i18n/short-tag',
    severity: 'warning',
    title: 'Every short tag in a text of the manifest is one that the platform fills in.',
    help: 'The platform fills in #HOST#, #SUBDOMAIN#, #LOGIN#, #ACCOUNT_ID#, #USER_ID# and #TOP_LEVEL_DOMAIN#, and amoCRM in older widgets #API_HASH# and #LINK#…#/LINK#. Users see any other as it stands: take one of these, or write out what you mean.',
    source: 'platform/widget.md §1.2',
    check: (view) => {
      const known = knownShortTags[view.situation.target];
      const concerned = referredTexts(view).flatMap((one) =>
        [...new Set(Array.from(one.text.text.matchAll(/#(\/?[A-Z][A-Z_]*)#/g), ([, tag = '']) => tag))]
          .filter((tag) => !known.includes(tag))
          .map((tag) => ({ ...one, tag })),
      );
      return describeShown(concerned, ({ language, text, tag }) => {
        const meant = legacyShortTags.includes(tag) ? null : nearest(tag, known);
        const hint = meant === null ? '' : ` Did you mean #${meant}#?`;
        const message = legacyShortTags.includes(tag)
          ? `Only older widgets of amoCRM have #${tag}#; Kommo shows it as it stands.`
          : `The platform fills in no #${tag}#.${hint}`;
        const expected = meant === null ? list(known.map((one) => `#${one}#`)) : `#${meant}#`;
        return atText(language, text, { message, expected, found: `#${tag}#` });
      });
    },
  },
  {
    code: 'i18n/unbalanced-html',
    severity: 'warning',
    title: 'Every element in a text is closed.',
    help: 'An element that is not closed goes on behind the text and changes what the platform draws there. Close it within the same text, the inner one first.',
    source: 'inferred: texts may hold HTML, platform/widget.md §1.2',
    check: everyText((text) => {
      const flaw = text.includes('<') ? unbalancedTag(text) : null;
      if (flaw === null) return null;
      return {
        message: `The tags of the text don't match: ${flaw}.`,
        expected: 'every element closed',
        found: flaw,
      };
    }),
  },
  {
    code: 'i18n/script-in-text',
    severity: { private: 'warning', public: 'error' },
    title: 'Texts hold no scripts.',
    help: 'The marketplace refuses <script>, javascript: and event attributes in texts. Do in script.js what the text should do.',
    source: 'platform/widget.md §8 rule 41',
    check: everyText((text) => {
      const found = /<script\b|\bjavascript:|<[a-z][^<>]*\son[a-z]+\s*=/i.exec(text)?.[0];
      if (found === undefined) return null;
      return { message: 'The text holds a script.', expected: 'a text without scripts', found: quote(found) };
    }),
  },
];

function lengthRule(code: string, subject: string, key: Presented, limit: number, severity: Levels): Rule {
  return {
    code,
    severity,
    title: `${subject} has at most ${limit} characters.`,
    help: `The marketplace takes at most ${limit} characters in every language; tags don't count here. Translations are often longer than English: leave some room.`,
    source: `platform/widget.md §8 rule ${key === 'name' ? 40 : 41}`,
    check: presented([key], (text) => {
      const length = Array.from(visibleText(text)).length;
      if (length <= limit) return null;
      return {
        message: `${subject} is too long for the marketplace.`,
        expected: `at most ${limit} characters`,
        found: `${length} characters`,
      };
    }),
  };
}

/** The words of a text that stand in no `<a>` element. */
function outsideLinks(text: string): string {
  let inLink = false;
  const words: string[] = [];
  for (const [piece] of text.matchAll(/<[^<>]*>|[^<]+|</g)) {
    if (/^<\/?a(?![\w-])/i.test(piece)) inLink = !piece.startsWith('</');
    else if (!inLink && !piece.startsWith('<')) words.push(piece);
  }
  return words.join(' ');
}

type Judgement = Pick<Problem, 'message' | 'expected' | 'found'>;

function presented(
  keys: readonly Presented[],
  judge: (text: string, view: WidgetView) => Judgement | null,
): Rule['check'] {
  return (view) => judged(presentedTexts(view, keys), (text) => judge(text, view));
}

function everyText(judge: (text: string) => Judgement | null): Rule['check'] {
  return (view) =>
    judged(
      view.texts().flatMap((language) => [...language.texts.values()].map((text) => ({ language, text }))),
      judge,
    );
}

interface Placed {
  language: LanguageTexts;
  text: LanguageText;
}

function judged(texts: readonly Placed[], judge: (text: string) => Judgement | null): Problem[] {
  const concerned = texts.flatMap((one) => {
    const judgement = judge(one.text.text);
    return judgement === null ? [] : [{ ...one, judgement }];
  });
  return describeShown(concerned, ({ language, text, judgement }) => {
    const { message } = judgement;
    return atText(language, text, { ...judgement, message: `${quote(textName(text))}: ${message}` });
  });
}

/** The texts that the manifest refers to, each once. */
function referredTexts(view: WidgetView): Placed[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  const languages = view.texts();
  const ids = new Set(collectReferences(manifest, languages).map(({ key }) => textId(keyPath(key))));
  return languages.flatMap((language) =>
    [...ids].flatMap((id) => {
      const text = language.texts.get(id);
      return text === undefined ? [] : [{ language, text }];
    }),
  );
}
