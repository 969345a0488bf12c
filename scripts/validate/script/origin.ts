import type { Comment } from 'acorn';

/** Whose code it is: the widget's, another's, the bundler's own, or of both and squeezed together. */
export type Origin = 'own' | 'vendor' | 'bundler' | 'mixed';

/** Part of a file that is not of the same origin as the rest. */
export interface Region {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

/** Below it even squeezed code of one's own can be read at a glance. */
const bundleLength = 50_000;

/** No author writes lines that are so long on average; minifiers do. */
const longLine = 300;

/** webpack's own functions are short; after so many characters something else has begun. */
const maxRuntimeLength = 4000;

const licence = /@license|@preserve|@copyright|copyright|\blicen[sc]e[ds]?\b|\(c\)/i;

/**
 * Whose code a whole file holds:
 *
 * | the file                                                                 | holds code of     |
 * | ------------------------------------------------------------------------ | ----------------- |
 * | in vendor/, vendors/, third-party/, node_modules/ or bower_components/   | others            |
 * | named vendor*.js, vendors*.js, *.min.js                                  | others            |
 * | in lib/ or libs/, and minified or with a licence at its start            | others            |
 * | elsewhere, minified with a licence at its start, but not script.js       | others            |
 * | minified, and longer than 50,000 characters or with a licence inside     | both, inseparably |
 * | any other, also in lib/, where the documentation puts code of one's own  | the widget        |
 *
 * Within the last kind {@link regionsOf} finds what a bundler took from others.
 */
export function originOf(file: string, text: string): Origin {
  if (/(?:^|\/)(?:vendors?|third[-_]party|node_modules|bower_components)\//.test(file)) return 'vendor';
  if (/(?:^|\/)vendors?\b[^/]*\.m?js$|\.min\.m?js$/.test(file)) return 'vendor';
  const minified = isMinified(text);
  const bannered = hasBanner(text);
  if (/(?:^|\/)libs?\//.test(file) && (minified || bannered)) return 'vendor';
  if (!minified) return 'own';
  if (bannered && file !== 'script.js') return 'vendor';
  return text.length > bundleLength || /\/\*!|@license/.test(text) ? 'mixed' : 'own';
}

/** Whether lines are longer than people write them, beyond a text or two in them. */
export function isMinified(text: string): boolean {
  if (text.length < 1000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > longLine;
}

function hasBanner(text: string): boolean {
  const comment = /^\s*(?:\/\*[\s\S]{0,3000}?\*\/|(?:\/\/.*\n\s*)+)/.exec(text.slice(0, 4000));
  return comment !== null && licence.test(comment[0]);
}

/**
 * Where webpack and esbuild tell in a comment whose module begins, such as `// ./node_modules/react/index.js`, and
 * where functions of webpack's own begin, such as `// webpack/runtime/load script`.
 */
export function regionsOf(comments: readonly Comment[], length: number): Region[] {
  const marks = comments.flatMap(({ value, start }) => {
    const origin = markOf(value);
    return origin === null ? [] : [{ start, origin }];
  });
  return marks.map(({ start, origin }, index) => {
    const next = marks[index + 1]?.start ?? length;
    return { start, origin, end: origin === 'bundler' ? Math.min(next, start + maxRuntimeLength) : next };
  });
}

function markOf(comment: string): Origin | null {
  if (comment.length > 400) return null;
  const text = comment
    .replace(/^[\s!*;]+/, '')
    .replace(/[\s!*]+$/, '')
    .replace(/^CONCATENATED MODULE: /, '');
  if (text.startsWith('webpack/runtime/')) return 'bundler';
  if (/^(?:webpackBootstrap|startup|EXPORTS|EXTERNAL MODULE|Load entry module|This entry )/.test(text))
    return 'own';
  if (!/^\.{0,2}\/?[\w@./+-]+\.(?:[cm]?[jt]sx?|vue|json|css|twig)(?: \+ \d+ modules)?$/.test(text))
    return null;
  return /(?:^|\/)node_modules\//.test(text) ? 'vendor' : 'own';
}
