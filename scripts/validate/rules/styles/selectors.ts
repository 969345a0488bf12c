import { describeShown, type Problem, type Rule } from '../../rule.js';
import type { Reach } from '../../styles/selectors.js';
import { isPageWide } from '../../styles/selectors.js';
import type { Sheet, SheetSelector } from '../../styles/sheet.js';
import type { WidgetView } from '../../view.js';
import { count, quote } from '../../words.js';

const expected = 'a selector below a root of the widget, e.g. #<widget_code> …';

/** Styles that reach beyond the widget's own elements: `platform/widget.md §8`, rules 20 and 21. */
export const selectorRules: readonly Rule[] = [
  {
    code: 'styles/global-selector',
    severity: { private: 'warning', public: 'error' },
    title: 'Every selector begins with a root of the widget.',
    source: 'platform/widget.md §8, rule 20',
    help: 'The stylesheet is in force on every page where the widget runs, so a selector such as "p" or ".active" restyles the platform and other widgets. Put the rule below an element of your own: #<widget_code> p. Only :root may stand alone, for variables that carry your code in their names.',
    check: (view) =>
      problems(
        view,
        ({ kind }) => kind === 'global',
        ({ text }) => `${quote(text)} holds for elements that are not the widget's.`,
      ),
  },
  {
    code: 'styles/system-class',
    severity: { private: 'warning', public: 'error' },
    title: "The platform's own classes are only styled below a root of the widget.",
    source: 'platform/widget.md §5, §8, rule 21',
    help: "The class is one of the platform's: without a root of yours before it, the rule changes every such element in the account. Begin with #<widget_code> or with a class of your own, and give your own elements names of their own.",
    check: (view) =>
      problems(
        view,
        ({ kind }) => kind === 'system',
        ({ text, reach }) =>
          `${quote(text)} restyles the platform's ${reach.kind === 'system' ? reach.name : 'elements'} everywhere.`,
      ),
  },
];

function problems(
  view: WidgetView,
  fits: (reach: Reach) => boolean,
  say: (selector: SheetSelector) => string,
): Problem[] {
  const perSheet = [...view.sheets().values()].map((sheet) => ({
    sheet,
    found: sheet.selectors.filter((selector) => fits(selector.reach) && !isForVariables(selector)),
  }));
  const own = perSheet.flatMap(({ sheet, found }) =>
    sheet.isVendor ? [] : found.map((selector) => ({ sheet, selector })),
  );
  return [
    ...describeShown(own, ({ sheet: { file }, selector }) => ({
      message: say(selector),
      file,
      line: selector.line,
      column: selector.column,
      expected,
      found: quote(selector.text),
    })),
    ...perSheet.flatMap(({ sheet, found }) => (sheet.isVendor ? ofPackage(sheet, found, say) : [])),
  ];
}

/** Of a package's stylesheet once: whoever took it in does not mend it rule by rule. */
function ofPackage(
  { file }: Sheet,
  found: readonly SheetSelector[],
  say: (selector: SheetSelector) => string,
): Problem[] {
  const [first] = found;
  if (first === undefined) return [];
  const more = found.length === 1 ? '' : ` And ${count(found.length - 1, 'more selector')} like it.`;
  return [
    {
      message: `${say(first)}${more} The file seems to be a package's: put all its rules below a root, e.g. with :where(#<widget_code>).`,
      file,
      line: first.line,
      column: first.column,
      expected,
      found: quote(first.text),
    },
  ];
}

/** `:root { --<code>-blue: … }` is the documented way to have variables of one's own. */
function isForVariables({ text, rule }: SheetSelector): boolean {
  const nodes = rule.nodes.filter(({ type }) => type !== 'comment');
  return (
    isPageWide(text) &&
    nodes.length > 0 &&
    nodes.every((node) => node.type === 'decl' && node.prop.startsWith('--'))
  );
}
