import { makeLocator } from '../text.js';
import { describeShown, type Problem, type Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { quote } from '../words.js';

/** By their shape alone; addresses and ids that pages show anyway are none. */
const tokens: readonly [pattern: RegExp, what: string][] = [
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g, 'a JSON Web Token, such as a long-lived token of an account'],
  [/\bAKIA[0-9A-Z]{16}\b/g, 'an access key of AWS'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/g, 'a token of GitHub'],
  [/\bxox[abprs]-[\w-]{10,}/g, 'a token of Slack'],
  [/\b[sr]k_live_\w{16,}/g, 'a secret key of Stripe'],
  [
    /\b(?:client_secret|secret_key|clientSecret|secretKey)["']?\s*[:=]\s*["'][A-Za-z0-9]{32,}["']/g,
    'the secret key of an integration',
  ],
];

/** Keys that must not leave the server: whoever opens a page with the widget can read its files. */
export const secretRules: readonly Rule[] = [
  {
    code: 'archive/private-key',
    severity: { private: 'warning', public: 'error' },
    title: 'No file holds a private key.',
    help: 'Every user of the widget can read its files. Take the key out, keep it on your server, and replace it if the archive was ever uploaded.',
    source: 'inferred from platform/widget.md §2.5; §8 rule 46',
    check: (view) =>
      inTexts(view, [[/-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----/g, 'a private key']], (found) => ({
        message: 'The file holds a private key, which every user of the widget can read.',
        found,
      })),
  },
  {
    code: 'archive/token',
    severity: 'warning',
    title: 'No file holds an access token or a secret key.',
    help: 'Every user of the widget can read its files. Let your server keep the secret and make the call, or ask the user for it in the settings. Replace a token that was ever uploaded.',
    source: 'inferred from platform/widget.md §2.5; §8 rules 8 and 46',
    check: (view) =>
      inTexts(view, tokens, (found, what) => ({
        message: `This looks like ${what}, and every user of the widget can read it.`,
        found: quote(found, 12),
      })),
  },
];

function inTexts(
  view: WidgetView,
  patterns: readonly [pattern: RegExp, what: string][],
  judge: (found: string, what: string) => Pick<Problem, 'message' | 'found'>,
): Problem[] {
  const hits = [...view.otherTexts()].flatMap(([file, { text }]) => {
    if (text === null) return [];
    const locate = makeLocator(text);
    return patterns.flatMap(([pattern, what]) =>
      Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ file, found, what, index, locate })),
    );
  });
  return describeShown(hits, ({ file, found, what, index, locate }) => ({
    ...judge(found, what),
    file,
    ...locate(index),
    expected: 'no secret',
  }));
}
