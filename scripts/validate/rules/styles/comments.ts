import { describeShown, type Rule } from '../../rule.js';
import { disabledCode } from '../../styles/disabled-code.js';
import { quote } from '../../words.js';

/** Comments of the stylesheets: `platform/widget.md §8`, rule 22. */
export const commentRules: readonly Rule[] = [
  {
    code: 'styles/commented-out',
    severity: { private: 'notice', public: 'error' },
    title: 'Stylesheets hold no rules that are commented out.',
    source: 'platform/widget.md §8, rule 22',
    help: 'Moderators refuse stylesheets with rules that were put aside in comments. Delete them: the history of the repository keeps them. Comments that explain something are welcome.',
    check: (view) => {
      const found = [...view.sheets().values()]
        .filter(({ isVendor }) => !isVendor)
        .flatMap(({ file, comments }) =>
          comments.flatMap((comment) => {
            const code = comment.text.startsWith('!') ? null : disabledCode(comment.text);
            return code === null ? [] : [{ file, comment, code }];
          }),
        );
      return describeShown(found, ({ file, comment, code }) => ({
        message: `The comment holds CSS that is not in force: ${quote(code)}.`,
        file,
        line: comment.source?.start?.line ?? 1,
        column: comment.source?.start?.column ?? 1,
        expected: 'comments that explain',
        found: quote(code),
      }));
    },
  },
  {
    code: 'styles/line-comment',
    severity: 'warning',
    title: 'Comments of stylesheets stand between /* and */.',
    source: 'CSS Syntax Module Level 3: from a mistake on, browsers drop rules in silence',
    help: 'CSS has no comments that begin with //, only its preprocessors have. A browser takes the slashes for a part of the rule that comes next, and drops it. Write /* … */.',
    check: (view) => {
      const found = [...view.sheets().values()].flatMap(({ file, lineComments }) =>
        lineComments.map((rule) => ({ file, rule })),
      );
      return describeShown(found, ({ file, rule }) => ({
        message: 'Browsers drop the rule that begins with // here.',
        file,
        line: rule.source?.start?.line ?? 1,
        column: rule.source?.start?.column ?? 1,
        expected: '/* … */',
        found: quote(rule.selector.replace(/\s+/g, ' ')),
      }));
    },
  },
];
