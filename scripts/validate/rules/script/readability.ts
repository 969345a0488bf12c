import type { Rule } from '../../rule.js';
import type { ScriptSource } from '../../script/source.js';
import type { WidgetView } from '../../view.js';
import { count } from '../../words.js';
import { advised } from './levels.js';

/** Fewer such names may come about by chance. */
const enoughObscured = 20;

/** Whether moderators can read the widget's own code. */
export const readabilityRules: readonly Rule[] = [
  {
    code: 'script/minified',
    severity: advised,
    title: 'The widget’s own code can be read.',
    help: 'Moderators read the code; minified code takes them longer. Build without a minimizer, and put libraries into a file of their own, e.g. vendor.js, which may be minified.',
    source: 'platform/widget.md §8 rule 2',
    check: (view) =>
      own(view)
        .filter((script) => script.minified && !isObscured(script))
        .map(({ file, text }) => ({
          message: `${file} is minified, which makes moderation slow.`,
          file,
          line: 1,
          column: 1,
          expected: 'code as it was written',
          found: `${count(text.length, 'character')} in ${count(text.split('\n').length, 'line')}`,
        })),
  },
  {
    code: 'script/obfuscated',
    severity: { private: 'warning', public: 'error' },
    title: 'The widget’s own code is not obfuscated.',
    help: 'Nobody can check code whose names and texts were made unreadable on purpose. Ship what the build gives without the obfuscator; what must stay secret belongs on your server.',
    source: 'platform/widget.md §8 rule 2',
    check: (view) =>
      own(view)
        .filter(isObscured)
        .map((script) => ({
          message: `${script.file} is obfuscated: its names and texts were made unreadable.`,
          file: script.file,
          ...script.placeOf(script.text.search(obscuredName)),
          expected: 'code as it was written',
          found: count(script.text.match(obscuredNames)?.length ?? 0, 'name') + ' such as _0x1a2b3c',
        })),
  },
];

const obscuredName = /\b_0x[\da-f]{4,}\b/;
const obscuredNames = /\b_0x[\da-f]{4,}\b/g;

function own(view: WidgetView): ScriptSource[] {
  return view
    .scripts()
    .filter(({ origin, failure }) => failure === null && (origin === 'own' || origin === 'mixed'));
}

function isObscured({ text }: ScriptSource): boolean {
  return (text.match(obscuredNames)?.length ?? 0) >= enoughObscured;
}
