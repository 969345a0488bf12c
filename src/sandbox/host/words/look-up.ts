/** The text or the branch of a language file under a dotted path. */
export function lookUp(words: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((branch, step) => {
    if (typeof branch !== 'object' || branch === null) return undefined;
    return Object.hasOwn(branch, step) ? (branch as Record<string, unknown>)[step] : undefined;
  }, words);
}

/** The text under the path, or the path itself where there is none. */
export function textOf(words: unknown, key: string): string {
  const text = lookUp(words, key);
  return typeof text === 'string' ? text : key;
}
