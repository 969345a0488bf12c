/**
 * Orders versions by their numbers, part by part: `1.10` is above `1.9`, and `1.0` is `1`. How the platform
 * orders what is not a number is not known; here it is refused.
 *
 * @returns Below 0, 0 or above 0, as a comparison for `sort`.
 */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether {@link compareVersions} can order it: numbers with dots between them. */
export function isVersion(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9}){0,5}$/.test(text);
}
