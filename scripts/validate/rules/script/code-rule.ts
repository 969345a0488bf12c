import { listsLocation } from '../../manifest-facts.js';
import type { Problem, Rule } from '../../rule.js';
import type { CodeCheck, Remark } from '../../script/check.js';
import type { Origin } from '../../script/origin.js';
import type { ScriptSource } from '../../script/source.js';
import type { WidgetView } from '../../view.js';
import { count } from '../../words.js';

/** A check of what is written in scripts as a rule: it holds for the widget's own code. */
export function codeRule(check: CodeCheck): Rule {
  const { code, severity, title, help, source, inBundler = false, location } = check;
  return {
    code,
    severity,
    title,
    source,
    ...(help !== undefined && { help }),
    check: (view) => {
      const manifest = view.manifest();
      if (location !== undefined && (manifest === null || !listsLocation(manifest, location))) return [];
      return view.scripts().flatMap((script) =>
        remarksIn(view, script, check)
          .filter(({ start }) => concerns(script.originAt(start), inBundler))
          .map((remark) => problem(script, remark)),
      );
    },
  };
}

/**
 * Whose code a check of style or of habits speaks of; the table of origins is in `script/origin.ts`:
 *
 * | code of               | rules of code            | script/in-vendor-code                            |
 * | --------------------- | ------------------------ | ------------------------------------------------ |
 * | the widget            | hold                     | does not hold                                    |
 * | others                | do not hold              | one notice for each file and each thing refused  |
 * | both, inseparably     | do not hold              | the same: nobody can tell whose it is            |
 * | the bundler           | hold where `inBundler`   | the same, where the rule does not hold           |
 */
function concerns(origin: Origin, inBundler: boolean): boolean {
  return origin === 'own' || (origin === 'bundler' && inBundler);
}

/** Tells what moderation looks for in code of others, once for each file. */
export function vendorRule(checks: readonly CodeCheck[]): Rule {
  const grave = checks.filter(({ inVendor }) => inVendor !== undefined);
  return {
    code: 'script/in-vendor-code',
    severity: 'notice',
    title: 'Code of others holds nothing that moderation refuses either.',
    help: 'The checklist of the marketplace makes no exception for libraries, and how strictly moderators look at them is not known. Take a build of the library without it, or let the minifier drop it, as terser does with drop_console.',
    source: 'platform/widget.md §8 rules 9 to 16; §13 for bundles that hold libraries',
    check: (view) =>
      view.scripts().flatMap((script) =>
        grave.flatMap((check): Problem[] => {
          const { inVendor = '', inBundler = false } = check;
          const found = remarksIn(view, script, check).filter(
            ({ start }) => !concerns(script.originAt(start), inBundler),
          );
          const [first] = found;
          if (first === undefined) return [];
          const whose = script.originAt(first.start) === 'mixed' ? 'Minified code' : 'Code of others';
          return [
            {
              ...problem(script, first),
              message: `${whose} holds ${inVendor}${found.length === 1 ? '' : `, ${count(found.length, 'time')}`}, which moderation refuses in the widget’s own.`,
            },
          ];
        }),
      ),
  };
}

function remarksIn(view: WidgetView, script: ScriptSource, { code }: CodeCheck): Remark[] {
  return (script.remarks.get(code) ?? []).filter(({ permittedBy }) => permittedBy !== view.situation.target);
}

function problem(script: ScriptSource, { start, message, expected, found }: Remark): Problem {
  return {
    message,
    file: script.file,
    ...script.placeOf(start),
    expected: expected ?? null,
    found: found ?? null,
  };
}
