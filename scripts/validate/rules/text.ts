import type { JsonDocument } from '../json-document.js';
import type { JsonFlaw } from '../json-flaws.js';
import { type Problem, problemOf, type Rule } from '../rule.js';
import type { TextFlaw } from '../text.js';
import type { WidgetView } from '../view.js';

const source = 'platform/widget.md §1.9 M1, §2.3';

/** How a file is written: encoding, byte order mark, line ends. The JSON files that the platform reads are stricter. */
export const textRules: readonly Rule[] = [
  {
    code: 'json/not-utf8',
    severity: 'error',
    title: 'The manifest and the language files are UTF-8.',
    help: 'JSON is UTF-8, and in another encoding the platform cannot read the file. Save it as UTF-8 in your editor.',
    source,
    check: (view) => jsonFlawsOf(view, 'not-utf8').map(notUtf8),
  },
  {
    code: 'text/not-utf8',
    severity: { private: 'warning', public: 'error' },
    title: 'Text files are UTF-8.',
    help: 'Moderation wants UTF-8, and browsers read every file as UTF-8: in another encoding all letters beyond a-z are garbled. Save the file as UTF-8 in your editor.',
    source,
    check: (view) => otherFlawsOf(view, 'not-utf8').map(notUtf8),
  },
  {
    code: 'json/byte-order-mark',
    severity: 'error',
    title: 'The manifest and the language files have no byte order mark.',
    help: 'A parser of JSON stumbles over the three bytes before the first brace. Save the file as “UTF-8”, not “UTF-8 with BOM”.',
    source,
    check: (view) => jsonFlawsOf(view, 'byte-order-mark').map(byteOrderMark),
  },
  {
    code: 'text/byte-order-mark',
    severity: { private: 'warning', public: 'error' },
    title: 'Text files have no byte order mark.',
    help: 'Moderation wants files without the three bytes at their beginning, which end up in the middle of the text when files are joined. Save the file as “UTF-8”, not “UTF-8 with BOM”.',
    source,
    check: (view) => otherFlawsOf(view, 'byte-order-mark').map(byteOrderMark),
  },
  {
    code: 'json/line-ends',
    severity: { private: 'warning', public: 'error' },
    title: 'The lines of the manifest and the language files end with LF.',
    help: 'Moderation wants lines that end with LF alone. Set your editor to LF, and Git with * text=auto eol=lf in .gitattributes.',
    source,
    check: (view) => jsonFlawsOf(view, 'line-ends').map(lineEnds),
  },
  {
    code: 'text/line-ends',
    severity: { private: 'warning', public: 'error' },
    title: 'The lines of text files end with LF.',
    help: 'Moderation wants lines that end with LF alone. Set your editor to LF, and Git with * text=auto eol=lf in .gitattributes.',
    source,
    check: (view) => otherFlawsOf(view, 'line-ends').map(lineEnds),
  },
];

/** Whether the JSON files are strict JSON that leaves no doubt. */
export const jsonRules: readonly Rule[] = [
  jsonRule(
    'syntax',
    'The manifest and the language files are JSON.',
    'The platform cannot read such a file and refuses the archive. The place is where the parser stopped; the slip is there or just before it.',
  ),
  jsonRule(
    'comment',
    'JSON files have no comments.',
    'The samples in the documentation have comments to explain them, but the platform reads strict JSON and refuses them. Take them out.',
  ),
  jsonRule(
    'trailing-comma',
    'JSON files have no comma after the last item.',
    'JavaScript allows a comma after the last item, JSON does not, and the platform reads strict JSON. Take the comma out.',
  ),
  jsonRule(
    'duplicate-key',
    'Every key stands in an object once.',
    'Parsers take the last of two values under one key, so the first does nothing. Keep the one that you mean.',
    'warning',
  ),
  jsonRule(
    'too-deep',
    'JSON files nest no deeper than anybody needs.',
    'No manifest and no language file nests so deep, so it is mostly the wrong file. Write it with fewer levels. The limit is the validator’s.',
  ),
  jsonRule(
    'too-large',
    'JSON files are no larger than anybody needs.',
    'No manifest and no language file is so large, so it is mostly the wrong file. Take out what the widget does not use. The limit is the validator’s.',
  ),
];

function jsonRule(
  kind: JsonFlaw['kind'],
  title: string,
  help: string,
  severity: Rule['severity'] = 'error',
): Rule {
  return {
    code: `json/${kind}`,
    severity,
    title,
    help,
    source: 'platform/widget.md §1.1, §1.9 M1',
    check: (view) =>
      jsonDocuments(view).flatMap((document) =>
        document.jsonFlaws.filter((flaw) => flaw.kind === kind).map(problemOf),
      ),
  };
}

function jsonDocuments(view: WidgetView): JsonDocument[] {
  const manifest = view.manifestFile();
  return [...(manifest === null ? [] : [manifest]), ...view.languages().values()];
}

function jsonFlawsOf(view: WidgetView, kind: TextFlaw['kind']): [file: string, flaw: TextFlaw][] {
  return jsonDocuments(view).flatMap(({ file, textFlaws }) => ofKind(file, textFlaws, kind));
}

function otherFlawsOf(view: WidgetView, kind: TextFlaw['kind']): [file: string, flaw: TextFlaw][] {
  return [...view.otherTexts()].flatMap(([file, { flaws }]) => ofKind(file, flaws, kind));
}

function ofKind(file: string, flaws: readonly TextFlaw[], kind: TextFlaw['kind']): [string, TextFlaw][] {
  return flaws.filter((flaw) => flaw.kind === kind).map((flaw) => [file, flaw]);
}

function notUtf8([file, flaw]: [string, TextFlaw]): Problem {
  return {
    message: 'The file is not UTF-8. Save it as UTF-8 without a byte order mark.',
    ...at(file, flaw),
    expected: 'UTF-8',
  };
}

function byteOrderMark([file, flaw]: [string, TextFlaw]): Problem {
  return {
    message: 'The file begins with a byte order mark. Save it as UTF-8 without one.',
    ...at(file, flaw),
    expected: 'no byte order mark',
  };
}

function lineEnds([file, flaw]: [string, TextFlaw]): Problem {
  return {
    message: `Lines end with ${flaw.found}. Save the file with LF.`,
    ...at(file, flaw),
    expected: 'LF',
  };
}

function at(file: string, { line, column, found }: TextFlaw): Omit<Problem, 'message'> {
  return { file, line, column, found };
}
