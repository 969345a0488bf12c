import { nearest } from '../../nearest.js';
import { describeShown, type Rule } from '../../rule.js';
import { templatesNamedIn } from '../../templates/names-in-scripts.js';
import { makeLocator } from '../../text.js';
import type { WidgetView } from '../../view.js';

/** Templates and the scripts that name them. */
export const namingRules: readonly Rule[] = [
  {
    code: 'templates/missing',
    severity: 'warning',
    title: 'Templates that a script names are in the archive.',
    source: 'platform/widget.md §3.3',
    help: 'render({ href }) asks for the file below the widget, and where there is none its load function is never called: nothing is drawn and nothing is said. Put the file there, or correct the path; upper and lower case count. Paths that a script puts together are not checked.',
    check: (view) => {
      const names = [...view.names];
      const missing = scripts(view).flatMap(([file, text]) => {
        const at = makeLocator(text);
        return templatesNamedIn(text)
          .filter(({ path }) => !names.some((name) => name === path || name.endsWith(`/${path}`)))
          .map(({ path, offset }) => ({ file, path, offset, at }));
      });
      const templates = names.filter((name) => name.endsWith('.twig'));
      return describeShown(missing, ({ file, path, offset, at }) => {
        const near = nearest(path, templates);
        return {
          message: `There is no ${path} in the archive.${near === null ? '' : ` Is it ${near}?`}`,
          file,
          ...at(offset),
          expected: near ?? 'a template that is there',
          found: path,
        };
      });
    },
  },
  {
    code: 'templates/unused',
    severity: 'notice',
    title: 'Every template is named by a script or by another template.',
    source: 'platform/widget.md §2.1, §8, rule 1: only what is needed',
    help: 'Moderators want no files that are not needed. Take the template out, or name it: it is looked for by its name without the ending, in every script and template.',
    check: (view) => {
      const texts = [...view.otherTexts()].flatMap(([file, { text }]) =>
        text !== null && /\.(?:m?js|twig)$/i.test(file) ? [{ file, text }] : [],
      );
      const unused = [...view.templates().keys()].filter((file) => {
        const stem = /([^/]+)\.twig$/i.exec(file)?.[1] ?? file;
        return !texts.some((other) => other.file !== file && other.text.includes(stem));
      });
      return describeShown(unused, (file) => ({
        message: 'No script and no other template names this template.',
        file,
        expected: 'only files that are needed',
        found: 'a template that nothing names',
      }));
    },
  },
];

function scripts(view: WidgetView): [file: string, text: string][] {
  return [...view.otherTexts()].flatMap(([file, { text }]): [string, string][] =>
    text !== null && /\.js$/i.test(file) ? [[file, text]] : [],
  );
}
