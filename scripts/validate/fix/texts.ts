import { type Ignore, isIgnored } from '../ignores/ignore.js';
import type { WidgetView } from '../view.js';
import type { TextFlaw } from '../text.js';

/** What a file becomes, and what was done to it, in the words of a person. */
export interface Fix {
  /** The path below the folder of the widget. */
  readonly file: string;
  readonly text: string;
  readonly done: readonly string[];
}

/** Takes byte order marks out and ends all lines with LF; leaves alone what is not UTF-8 or no text. */
export function fixTexts(view: WidgetView, { ignores }: { ignores: readonly Ignore[] }): Fix[] {
  return [...textsOf(view)].flatMap(({ file, flaws, family }): Fix[] => {
    const bytes = view.files.get(file);
    if (bytes === undefined || flaws.length === 0 || bytes.includes(0)) return [];
    if (flaws.some(({ kind }) => kind === 'not-utf8')) return [];
    const before = bytes.toString('utf8');
    const mayMend = (kind: TextFlaw['kind']): boolean => {
      const line = flaws.find((flaw) => flaw.kind === kind)?.line ?? null;
      return line !== null && !isIgnored(ignores, `${family}/${kind}`, { file, line });
    };
    const withoutMark = mayMend('byte-order-mark') ? before.replace(/^\uFEFF+/, '') : before;
    const text = mayMend('line-ends') ? withoutMark.replace(/\r\n?/g, '\n') : withoutMark;
    const done = [
      ...(withoutMark === before ? [] : ['byte order mark taken out']),
      ...(text === withoutMark ? [] : ['line ends made LF']),
    ];
    return done.length === 0 ? [] : [{ file, text, done }];
  });
}

interface TextFile {
  readonly file: string;
  readonly flaws: readonly TextFlaw[];
  /** The family of the rules about it. */
  readonly family: 'json' | 'text';
}

function* textsOf(view: WidgetView): Generator<TextFile> {
  const manifest = view.manifestFile();
  const documents = [...(manifest === null ? [] : [manifest]), ...view.languages().values()];
  for (const { file, textFlaws: flaws } of documents) yield { file, flaws, family: 'json' };
  for (const [file, { flaws }] of view.otherTexts()) yield { file, flaws, family: 'text' };
}
