import type { WidgetFiles } from '../../archive/files.js';
import { type Ignore, isIgnored } from '../ignores/ignore.js';
import { inlineIgnores } from '../ignores/inline.js';
import { createView, type WidgetView } from '../view.js';
import { fixLanguages } from './languages.js';
import { type Fix, fixTexts } from './texts.js';

/** What a file becomes, and what was done to it. */
export interface FixedFile {
  readonly bytes: Buffer;
  readonly done: readonly string[];
}

/**
 * Mends what is safe to mend, by the path in the folder; files that are in order or cannot be mended are not there.
 * What somebody has decided to ignore, in a comment or by `ignores`, stays as it is.
 */
export function fixFiles(
  files: WidgetFiles,
  { ignores: more = [] }: { ignores?: readonly Ignore[] } = {},
): Map<string, FixedFile> {
  const fixed = new Map<string, FixedFile>();
  let current = files;
  const apply = (view: WidgetView, fixes: readonly Fix[]): void => {
    const changed = new Map(current);
    for (const { file, text, done } of fixes) {
      const name = `${view.topFolder}${file}`;
      const bytes = Buffer.from(text, 'utf8');
      fixed.set(name, { bytes, done: [...(fixed.get(name)?.done ?? []), ...done] });
      changed.set(name, bytes);
    }
    current = changed;
  };
  const before = createView({ files, problems: [] });
  const ignores = [...more, ...inlineIgnores(before.files).filter(({ because }) => because !== '')];
  apply(before, fixTexts(before, { ignores }));
  const after = createView({ files: current, problems: [] });
  apply(
    after,
    fixLanguages(after, { mayCopy: (file) => !isIgnored(ignores, 'i18n/missing-key', { file, line: null }) }),
  );
  return fixed;
}
