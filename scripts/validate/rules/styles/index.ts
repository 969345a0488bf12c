import { describeShown, type Problem, type Rule } from '../../rule.js';
import { maxSheetLength, type SheetFlaw } from '../../styles/sheet.js';
import type { WidgetView } from '../../view.js';
import { styleAddressRules } from './addresses.js';
import { commentRules } from './comments.js';
import { selectorRules } from './selectors.js';
import { variableRules } from './variables.js';

/** Every stylesheet of the archive: `platform/widget.md §8`, rules 20 to 24. */
export const styleRules: readonly Rule[] = [
  {
    // Nothing in the platform reads stylesheets: a widget with such a mistake is taken, and looks wrong.
    code: 'styles/syntax',
    severity: 'warning',
    title: 'Stylesheets are CSS.',
    source: 'CSS Syntax Module Level 3: from a mistake on, browsers drop rules in silence',
    help: 'A browser that meets such a mistake leaves out the rule, or all that follow, and says nothing. Mend the place; a bracket or a quote that is never closed is found where it was opened.',
    check: (view) =>
      flaws(view, 'syntax', ({ line, column, reason }) => ({
        message: `The stylesheet is not valid CSS: ${reason}.`,
        line,
        column,
        expected: 'valid CSS',
        found: reason,
      })),
  },
  {
    code: 'styles/too-large',
    severity: 'warning',
    title: 'Stylesheets are no larger than anybody needs.',
    source: 'platform/widget.md §8, rule 1: only what is needed',
    help: 'The stylesheet is loaded by every user, and of this size it was not checked any further. Take out what the widget does not use.',
    check: (view) =>
      flaws(view, 'too-large', ({ found }) => ({
        message: 'The stylesheet is too large to be checked.',
        expected: `at most ${maxSheetLength / 1024 / 1024} MB`,
        found,
      })),
  },
  ...selectorRules,
  ...variableRules,
  ...commentRules,
  ...styleAddressRules,
];

type FlawOf<Kind extends SheetFlaw['kind']> = Extract<SheetFlaw, { kind: Kind }>;

function flaws<Kind extends SheetFlaw['kind']>(
  view: WidgetView,
  kind: Kind,
  describe: (flaw: FlawOf<Kind>) => Omit<Problem, 'file'>,
): Problem[] {
  const isKind = (flaw: SheetFlaw | null): flaw is FlawOf<Kind> => flaw?.kind === kind;
  const found = [...view.sheets().values()].flatMap(({ file, flaw }) =>
    isKind(flaw) ? [{ file, flaw }] : [],
  );
  return describeShown(found, ({ file, flaw }) => ({ file, ...describe(flaw) }));
}
