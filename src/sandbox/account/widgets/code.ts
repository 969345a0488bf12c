/**
 * Why a text cannot be a widget's code; undefined when it can. Latin letters, digits and `_`; the first character
 * is a small letter (`platform/widget.md §2.4`).
 */
export function codeProblem(code: string): string | undefined {
  if (/^[a-z][A-Za-z0-9_]*$/.test(code)) return undefined;
  return `A code of Latin letters, digits and "_" that begins with a small letter was expected, not "${code}".`;
}
