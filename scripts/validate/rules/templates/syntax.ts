import { describeShown, type Problem, type Rule } from '../../rule.js';
import type { TemplateFlaw } from '../../templates/engine.js';
import type { Template } from '../../templates/template.js';
import type { WidgetView } from '../../view.js';

const source = 'platform/widget.md §3.3: the engine is twig.js 0.8.9';

/** Whether the platform's engine can parse the templates. */
export const syntaxRules: readonly Rule[] = [
  {
    // Nothing reads templates before they are drawn: a private widget with such a one is taken.
    code: 'templates/syntax',
    severity: { private: 'warning', public: 'error' },
    title: "Templates can be parsed by the platform's twig.js 0.8.9.",
    source,
    help: "The platform's engine is twig.js of 2015: what newer versions of Twig can do, it may not. A template that it cannot parse draws nothing, and the script that waits for it gets no word of that. Mend what the message names.",
    check: (view) =>
      flawed(view, 'syntax', ({ at }, { reason, offset }) => ({
        message: `The platform's twig.js 0.8.9 cannot parse the template: ${reason}.`,
        ...(offset === null ? {} : at(offset)),
        expected: 'a template of twig.js 0.8.9',
        found: reason,
      })),
  },
  {
    code: 'templates/undecided',
    severity: 'notice',
    title: 'It can be told in time whether templates can be parsed.',
    source,
    help: 'The engine needs very long for many tags, for deep brackets and for deep blocks, and users would wait as well. Split the template, or build long lists in the script.',
    check: (view) =>
      flawed(view, 'undecided', (_template, { reason }) => ({
        message: `Whether the template can be parsed cannot be told: ${reason}.`,
        expected: 'a template that twig.js parses at once',
        found: reason,
      })),
  },
];

type FlawOf<Kind extends TemplateFlaw['kind']> = Extract<TemplateFlaw, { kind: Kind }>;

function flawed<Kind extends TemplateFlaw['kind']>(
  view: WidgetView,
  kind: Kind,
  describe: (template: Template, flaw: FlawOf<Kind>) => Omit<Problem, 'file'>,
): Problem[] {
  const isKind = (flaw: TemplateFlaw | null): flaw is FlawOf<Kind> => flaw?.kind === kind;
  const found = [...view.templates().values()].flatMap((template) =>
    isKind(template.flaw) ? [{ template, flaw: template.flaw }] : [],
  );
  return describeShown(found, ({ template, flaw }) => ({
    file: template.file,
    ...describe(template, flaw),
  }));
}
