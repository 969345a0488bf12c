import { UserError } from '../cli/errors.js';

/** Comments, strings, addresses and escaped characters are one token each, so that what they hold means nothing. */
const tokenPattern =
  /\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|url\([^"')]*\)|\\[\s\S]|[\s\S]/gi;

/** At-rules that hold rules; what the others hold has no selectors. */
const groups = /^@(?:media|supports|layer|container|starting-style)\b/i;

/** Selectors of the page as a whole, of which nothing is left below an element. */
const pageWide = /^(?::root|:host|html|body)(?![\w-])/i;

/**
 * Puts every rule of a foreign stylesheet below the element that `root` selects, e.g. `.pipeline-messenger`, since
 * moderation allows no global styles (platform checklist, rules 20 and 21). By `:where`, which leaves the order
 * of precedence among the rules as it was. Throws a `UserError` on what it can't read or can't put there.
 */
export function scopeCss(css: string, root: string): string {
  const tokens = css.match(tokenPattern) ?? [];
  let at = 0;

  function rules(inGroup: boolean): string {
    let done = '';
    for (;;) {
      const prelude = upTo(['{', '}', ';']);
      const end = tokens[at++];
      const subject = withoutMargin(prelude);
      if (end === '{' && groups.test(subject)) done += `${prelude.join('')}{${rules(true)}}`;
      else if (end === '{')
        done += `${subject.startsWith('@') ? prelude.join('') : below(prelude)}{${block()}}`;
      else if (end === ';' && subject.startsWith('@')) done += `${prelude.join('')};`;
      else if (subject === '' && end === (inGroup ? '}' : undefined)) return done + prelude.join('');
      else throw unreadable(subject + (end ?? ''), root);
    }
  }

  function block(): string {
    const content = upTo(['{', '}']);
    const end = tokens[at++];
    if (end === undefined) throw unreadable(content.join(''), root);
    return content.join('') + (end === '{' ? `{${block()}}${block()}` : '');
  }

  /** The tokens before the next of these that is in no brackets. */
  function upTo(ends: string[]): string[] {
    const start = at;
    for (let depth = 0; at < tokens.length; at += 1) {
      const token = tokens[at] ?? '';
      if (depth === 0 && ends.includes(token)) break;
      if (token === '(' || token === '[') depth += 1;
      if (token === ')' || token === ']') depth -= 1;
    }
    return tokens.slice(start, at);
  }

  function below(prelude: string[]): string {
    const selectors = splitList(prelude);
    return selectors
      .map((selector) => {
        const subject = withoutMargin(selector);
        if (subject === '' || pageWide.test(subject)) throw unreadable(subject, root);
        return `${marginOf(selector)}:where(${root}) ${subject}`;
      })
      .join(',');
  }

  return rules(false);
}

/** The selectors of a list; a comma in brackets belongs to its selector. */
function splitList(prelude: string[]): string[][] {
  const selectors: string[][] = [[]];
  let depth = 0;
  for (const token of prelude) {
    if (token === '(' || token === '[') depth += 1;
    if (token === ')' || token === ']') depth -= 1;
    if (token === ',' && depth === 0) selectors.push([]);
    else selectors.at(-1)?.push(token);
  }
  return selectors;
}

const isMargin = (token: string): boolean => token.trim() === '' || token.startsWith('/*');

/** The space and the comments before what is meant. */
function marginOf(tokens: string[]): string {
  const end = tokens.findIndex((token) => !isMargin(token));
  return tokens.slice(0, end).join('');
}

function withoutMargin(tokens: string[]): string {
  const start = tokens.findIndex((token) => !isMargin(token));
  return start < 0 ? '' : tokens.slice(start).join('');
}

function unreadable(found: string, root: string): UserError {
  const place = found.trim().slice(0, 60) || 'an empty selector';
  return new UserError(
    `Expected CSS rules that can stand below ${root}, found "${place}": look into the package's stylesheet.`,
  );
}
