/**
 * The numbers of `widget.version`, the most significant first: `[1, 9]` for 1.9. `null` for what is not of that form;
 * the platform takes any text (`platform/widget.md §1.2`).
 */
export function versionNumbers(version: string): readonly number[] | null {
  return /^\d{1,15}(?:\.\d{1,15})*$/.test(version) ? version.split('.').map(Number) : null;
}

/**
 * Compares versions by their numbers: negative when the first is lower, 0 when they are the same. A number that one of
 * them lacks counts as 0. How the platform itself compares them is not known; it asks that a version be raised at each
 * upload (`platform/widget.md §1.2`, `§1.9 M18`).
 */
export function compareVersions(first: readonly number[], second: readonly number[]): number {
  for (let place = 0; place < Math.max(first.length, second.length); place += 1) {
    const difference = (first[place] ?? 0) - (second[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
