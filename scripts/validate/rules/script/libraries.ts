import { isPublicStore } from '../../known-hosts.js';
import { codeRule } from './code-rule.js';
import type { Rule } from '../../rule.js';
import { type CodeCheck, type Remark } from '../../script/check.js';
import { type Dependency, dependenciesOf, dependency } from '../../script/dependencies.js';
import { quote } from '../../words.js';
import { refusedAndHarmful } from './levels.js';

/** Code from other servers. */
export const libraryChecks: readonly CodeCheck[] = [
  {
    code: 'script/external-library',
    severity: refusedAndHarmful,
    title: 'The widget’s code and its libraries are in the archive.',
    help: 'What another server gives can change after the check, so moderators refuse it; Kommo makes an exception for the public stores of jQuery, Google and Microsoft. Put the file into the archive and name it with a relative path, e.g. "./lib/library.js".',
    source: 'platform/widget.md §8 rule 17, §7, §13',
    inVendor: 'code from another server',
    traces:
      /\b(?:define|require|requirejs|import)["'`\s)\]?.]*[(/][^\]]{0,2000}?["'`](?:[\w-]+!)?(?:https?:)?\/\/|\brequire(?:js)?["'`\s)\]?.[]*config\b/i,
    visit: {
      CallExpression: ({ node }, context) =>
        dependenciesOf(node, context)
          .map(external)
          .filter((remark) => remark !== null),
      ImportExpression: ({ node }, context) =>
        dependency(node.source, 'import', context)
          .map(external)
          .filter((remark) => remark !== null),
    },
  },
];

/** The same as rules. Where `script/remote` tells of an address, this one is silent. */
export const libraryRules: readonly Rule[] = libraryChecks.map((check) => {
  const rule = codeRule(check);
  return {
    ...rule,
    check: (view) => {
      const verdict = view.script();
      const told = verdict?.kind === 'remote' ? quote(verdict.address) : null;
      return rule.check(view).filter(({ file, found }) => file !== 'script.js' || found !== told);
    },
  };
});

function external({ id, start }: Dependency): Remark | null {
  const host = hostOf(id.replace(/^[\w-]+!/, ''));
  if (host === null) return null;
  return {
    start,
    message: `This code comes from ${host}, not from the archive.`,
    expected: 'a file of the archive, e.g. "./lib/library.js"',
    found: quote(id),
    ...(isPublicStore(host) && { permittedBy: 'kommo' as const }),
  };
}

function hostOf(address: string): string | null {
  const match = /^(?:https?:)?\/\/([^/?#\s]+?):?(?:[/?#\s]|$)/i.exec(address);
  return match === null ? null : (match[1] ?? '').toLowerCase();
}
