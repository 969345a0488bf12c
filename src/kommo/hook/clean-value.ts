/**
 * A copy of what was parsed in which lists are lists, whichever way they were written, and which can be stored in
 * PostgreSQL as text and as `jsonb`. `ok` is false for what is nested deeper than `levels`; so deep it is not walked.
 */
export function cleanValue(value: unknown, levels: number): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: cleaned(value, levels) };
  } catch (error) {
    if (error instanceof TooDeep) return { ok: false };
    throw error;
  }
}

class TooDeep extends Error {}

function cleaned(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new TooDeep();
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, levels - 1));

  const fields: Record<string, unknown> = {};
  for (const [written, inner] of Object.entries(value)) {
    const name = cleanText(written);
    if (!(name in Object.prototype)) fields[name] = cleaned(inner, levels - 1);
  }
  // Numbers come first and in their order, so this tells a list from everything else.
  const names = Object.keys(fields);
  const isList = names.length > 0 && names.every((name, index) => name === String(index));
  return isList ? Object.values(fields) : fields;
}

/** PostgreSQL takes neither NUL nor lone surrogates. */
function cleanText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '') : text;
  // Encoding puts U+FFFD in the place of lone surrogates.
  return /[\uD800-\uDFFF]/.test(withoutNul) ? Buffer.from(withoutNul, 'utf8').toString('utf8') : withoutNul;
}
