import picomatch from 'picomatch';
import type { ConfiguredIgnore } from '../configuration/configuration.js';
import type { Ignore } from './ignore.js';

/** An ignore of the configuration, ready to be held against findings. */
export interface AppliedIgnore extends Ignore {
  readonly entry: ConfiguredIgnore;
}

/** Makes ignores of what the configuration lists; a name holds for itself even if it looks like a pattern. */
export function configuredIgnores(entries: readonly ConfiguredIgnore[]): AppliedIgnore[] {
  return entries.map((entry) => {
    const { code, file: pattern } = entry;
    if (pattern === null) return { entry, code, covers: () => true };
    const name = pattern.replace(/^\.?\//, '');
    const matches = picomatch(name, { dot: true });
    return { entry, code, covers: ({ file }) => file !== null && (file === name || matches(file)) };
  });
}
