import { isDrawn } from '../dom.js';

/**
 * The selectors of these rules, at any depth, that hold for more than the widget's own elements. One is the
 * widget's own when it names an id, a class or an attribute with the widget's code in it, or a class or id that
 * looks like a root of the widget's (it has a `-`, a `_` or a digit) and that the host's own pages do not use:
 * before its first upload an author does not know the code that the platform will give.
 */
export function globalSelectors(rules: CSSRuleList, code: string | null): string[] {
  // A look through the whole page, which most sheets do not need.
  let found: ReadonlySet<string> | undefined;
  const hostNames = (): ReadonlySet<string> => (found ??= namesOfHost());
  const visit = (list: CSSRuleList, inOwn: boolean): string[] =>
    [...list].flatMap((rule): string[] => {
      if (rule instanceof CSSKeyframesRule) return [];
      const isStyle = rule instanceof CSSStyleRule;
      const foreign =
        isStyle && !inOwn
          ? split(rule.selectorText).filter((selector) => !isOwn(selector, code, hostNames))
          : [];
      const global = isStyle && foreign.length > 0 && setsOwnVariablesOnly(rule, code) ? [] : foreign;
      const nested = (rule as Partial<CSSGroupingRule>).cssRules;
      const below = nested === undefined ? [] : visit(nested, inOwn || (isStyle && global.length === 0));
      return [...global, ...below];
    });
  return visit(rules, false);
}

function isOwn(selector: string, code: string | null, hostNames: () => ReadonlySet<string>): boolean {
  if (code !== null && plain(selector).includes(plain(code)) && /[#.[]/.test(selector)) return true;
  return [...selector.matchAll(/[#.]((?:[\w-]|\\.|[^\0-\x7f])+)/g)].some(
    ([, name = '']) => /[-_\d]/.test(name) && !hostNames().has(name),
  );
}

/** `:root { --<code>-blue: … }` is the documented way to have variables of one's own. */
function setsOwnVariablesOnly({ style, cssRules }: CSSStyleRule, code: string | null): boolean {
  const names = [...style];
  return (
    code !== null &&
    names.length > 0 &&
    cssRules.length === 0 &&
    names.every((name) => name.startsWith('--') && plain(name).includes(plain(code)))
  );
}

/** A code is written with `-` here and with `_` there. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}

/** At the commas that are not within brackets. */
function split(selectors: string): string[] {
  return selectors.split(/,(?![^([]*[)\]])/).map((selector) => selector.trim());
}

/** Classes and ids of the host's elements on the page. */
function namesOfHost(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const element of document.querySelectorAll('[class], [id]')) {
    if (!isDrawn(element)) continue;
    names.add(element.id);
    for (const name of element.classList) names.add(name);
  }
  return names;
}
