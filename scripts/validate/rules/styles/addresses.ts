import { type OutsideAddress, outsideAddress } from '../../outside-address.js';
import { describeShown, type Problem, type Rule } from '../../rule.js';
import type { Sheet } from '../../styles/sheet.js';
import type { WidgetView } from '../../view.js';
import { quote } from '../../words.js';

interface Place {
  file: string;
  line: number;
  column: number;
  text: string;
  address: OutsideAddress;
}

/** What stylesheets load from other hosts: `platform/widget.md §8`, rules 8 and 17. */
export const styleAddressRules: readonly Rule[] = [
  {
    code: 'styles/external-import',
    severity: { private: 'warning', public: 'error' },
    title: 'Stylesheets import nothing from other hosts.',
    source: 'platform/widget.md §8, rule 17',
    help: 'What another host serves can change after the moderation, and the widget breaks when the host does not answer. Take the styles into the archive. Kommo excepts the public library hosts of jQuery, Google and Microsoft.',
    check: (view) =>
      say(
        imports(view).filter(({ address }) => !address.isLocal && !isExcepted(view, address)),
        ({ host }) => `The stylesheet imports styles from ${host}.`,
        'styles in the archive',
      ),
  },
  {
    code: 'styles/external-url',
    severity: { private: 'notice', public: 'warning' },
    title: 'Pictures and fonts of the stylesheets are in the archive.',
    source: 'platform/widget.md §8, rule 17',
    help: 'What another host serves can change or disappear. Put the file into the archive and name it relative to the stylesheet.',
    check: (view) =>
      say(
        urls(view).filter(
          ({ address }) => !address.isLocal && !address.isPlain && !isExcepted(view, address),
        ),
        ({ host }) => `The stylesheet loads a file from ${host}.`,
        'a file in the archive',
      ),
  },
  {
    code: 'styles/mixed-content',
    severity: 'warning',
    title: 'Stylesheets load nothing without encryption.',
    source: 'inferred from platform/widget.md §7: the page of an account is https; W3C Mixed Content',
    help: 'Accounts are opened by https, and there browsers load no fonts and styles by http, and pictures only if the host has them by https as well. Put the file into the archive and name it relative to the stylesheet.',
    check: (view) =>
      say(
        [
          // Of other imports tells styles/external-import.
          ...imports(view).filter(({ address }) => isExcepted(view, address)),
          ...urls(view),
        ].filter(({ address }) => address.isPlain && !address.isLocal),
        ({ host }) => `The stylesheet loads a file from ${host} by http, which browsers block.`,
        'a file in the archive, or https',
      ),
  },
  {
    code: 'styles/local-url',
    severity: { private: 'warning', public: 'error' },
    title: 'Stylesheets name no host that only their author can reach.',
    source: 'platform/widget.md §8, rule 8',
    help: "The address is that of a development machine, where nobody's browser but the author's finds anything. Put the file into the archive and name it relative to the stylesheet.",
    check: (view) =>
      say(
        [...imports(view), ...urls(view)].filter(({ address }) => address.isLocal),
        ({ host }) => `${host} is not there for the users of the widget.`,
        'a file in the archive',
      ),
  },
];

function isExcepted({ situation }: WidgetView, { isPublicLibrary }: OutsideAddress): boolean {
  return situation.target === 'kommo' && isPublicLibrary;
}

function imports(view: WidgetView): Place[] {
  return places(view, ({ imports }) =>
    imports.map((rule) => ({ rule, texts: [importedBy(rule.params) ?? ''] })),
  );
}

function urls(view: WidgetView): Place[] {
  return places(view, ({ declarations }) =>
    declarations.map((rule) => ({ rule, texts: urlsIn(rule.value) })),
  );
}

type Node = Sheet['imports'][number] | Sheet['declarations'][number];

function places(view: WidgetView, read: (sheet: Sheet) => { rule: Node; texts: string[] }[]): Place[] {
  return [...view.sheets().values()].flatMap((sheet) =>
    read(sheet).flatMap(({ rule, texts }) =>
      texts.flatMap((text) => {
        const address = outsideAddress(text);
        const { line = 1, column = 1 } = rule.source?.start ?? {};
        return address === null ? [] : [{ file: sheet.file, line, column, text, address }];
      }),
    ),
  );
}

function importedBy(params: string): string | undefined {
  const quoted = /^\s*(?:"([^"]*)"|'([^']*)')/.exec(params);
  return quoted === null ? urlsIn(params)[0] : (quoted[1] ?? quoted[2]);
}

function urlsIn(value: string): string[] {
  if (!/url\(/i.test(value)) return [];
  return [...value.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))/gi)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function say(
  found: readonly Place[],
  message: (address: OutsideAddress) => string,
  expected: string,
): Problem[] {
  return describeShown(found, ({ file, line, column, text, address }) => ({
    message: message(address),
    file,
    line,
    column,
    expected,
    found: quote(text),
  }));
}
