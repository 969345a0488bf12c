import { describeShown, type Problem, type Rule } from '../../rule.js';
import { namesIn, plain } from '../../styles/selectors.js';
import type { Sheet } from '../../styles/sheet.js';
import { systemNames } from '../../styles/system-names.js';
import type { WidgetView } from '../../view.js';

type Declaration = Sheet['declarations'][number];

/** Variables of the stylesheets: `platform/widget.md §8`, rule 24. */
export const variableRules: readonly Rule[] = [
  {
    code: 'styles/palette-redefined',
    severity: { private: 'warning', public: 'error' },
    title: "The platform's --palette-* variables are used and never set.",
    source: 'platform/widget.md §8, rule 24',
    help: "The platform sets these variables for its light and its dark theme. Whoever sets one changes colours that others rely on. Read them with var(--palette-…), and give a colour of your own a name with the widget's code.",
    check: (view) =>
      declarations(
        view,
        () => true,
        ({ prop }) => /^--palette-/i.test(prop),
        ({ prop }) => ({
          message: `${prop} is the platform's variable and must not be set.`,
          expected: `var(${prop}) in a value, or a variable of your own`,
          found: `${prop}: …`,
        }),
      ),
  },
  {
    code: 'styles/variable-name',
    severity: { private: 'notice', public: 'warning' },
    title: "The widget's own variables carry its code or its prefix in their names.",
    source: 'platform/widget.md §8, rule 24',
    help: "Variables of all widgets share the page, and one that is named like another is overwritten. Put the widget's code, or the prefix of your classes, into the name.",
    check: (view) => {
      const marks = ownMarks(view);
      const ofPackages = variablesOfPackages(view);
      const seen = new Set<string>();
      return declarations(
        view,
        ({ isVendor }) => !isVendor,
        ({ prop }) =>
          prop.startsWith('--') &&
          !/^--(?:palette|crm-ui-kit)-/i.test(prop) &&
          !ofPackages.has(prop) &&
          ![...marks].some((mark) => plain(prop).startsWith(mark)) &&
          !seen.has(prop) &&
          seen.add(prop).size > 0,
        ({ prop }) => ({
          message: `${prop} does not tell whose variable it is.`,
          expected: `a name with the widget's code, e.g. --<widget_code>${prop.slice(1)}`,
          found: prop,
        }),
      );
    },
  },
];

function declarations(
  view: WidgetView,
  looks: (sheet: Sheet) => boolean,
  fits: (declaration: Declaration) => boolean,
  describe: (declaration: Declaration) => Pick<Problem, 'message' | 'expected' | 'found'>,
): Problem[] {
  const found = [...view.sheets().values()]
    .filter(looks)
    .flatMap((sheet) => sheet.declarations.filter(fits).map((declaration) => ({ sheet, declaration })));
  return describeShown(found, ({ sheet: { file }, declaration }) => ({
    ...describe(declaration),
    file,
    line: declaration.source?.start?.line ?? 1,
    column: declaration.source?.start?.column ?? 1,
  }));
}

/** What packages read may be set: that is how their looks are changed. */
function variablesOfPackages(view: WidgetView): Set<string> {
  const packages = [...view.sheets().values()].filter(({ isVendor }) => isVendor);
  return new Set(packages.flatMap(({ variablesRead }) => [...variablesRead]));
}

/** How the names of the widget's own classes and ids begin, and its code as far as it is known; plain. */
function ownMarks(view: WidgetView): Set<string> {
  const marks = new Set(view.codes().map(plain));
  for (const { isVendor, selectors } of view.sheets().values()) {
    if (isVendor) continue;
    for (const { text, reach } of selectors) {
      if (reach.kind !== 'own') continue;
      for (const { name } of namesIn(text)) {
        const first = /^[a-z\d]+/i.exec(name)?.[0];
        if (first !== undefined && first.length > 1 && !systemNames.has(name)) marks.add(plain(first));
      }
    }
  }
  return marks;
}
