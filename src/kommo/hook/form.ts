import qs from 'qs';

type FormResult =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly reason: string };

/**
 * A form with PHP's brackets as nested objects; lists are objects with numbers as names. Brackets are taken apart by
 * `qs`, with limits of its own lifted that corrupt real bodies without a word (`platform/server.md §10`).
 *
 * @param text With PHP's encoding: every field has an `=`, which one that was cut off in its name lacks.
 */
export function readForm(
  text: string,
  { mostLevels, mostFields }: { mostLevels: number; mostFields: number },
): FormResult {
  const last = text.slice(text.lastIndexOf('&', text.endsWith('&') ? text.length - 2 : undefined) + 1);
  if (!last.includes('=')) {
    return refused('The last field of the body has no value: the body is no form, or it was cut off.');
  }
  if (hasMoreFields(text, mostFields)) return refused(`The body has more than ${mostFields} fields.`);

  const fields = new Map<string, string>();
  const lengths = new Map<string, number>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (isDeeper(name, mostLevels)) return refused(`The body is nested more than ${mostLevels} levels deep.`);
    fields.set(numbered(name, lengths), value);
  }
  return { ok: true, value: nested(fields, mostLevels) };
}

/** Takes the brackets apart. A value whose name has members as well stands among these as `0`, if that is free. */
function nested(fields: ReadonlyMap<string, string>, depth: number): Record<string, unknown> {
  const containers = new Set<string>();
  for (const name of fields.keys()) {
    for (let at = name.indexOf('['); at > 0; at = name.indexOf('[', at + 1))
      containers.add(name.slice(0, at));
  }
  const flat = Object.create(null) as Record<string, string>;
  for (const [name, value] of fields) {
    const first = `${name}[0]`;
    if (!containers.has(name)) flat[name] = value;
    else if (!fields.has(first) && !containers.has(first)) flat[first] = value;
  }
  return qs.parse(flat as unknown as string, {
    depth: depth + 1,
    strictDepth: false,
    parseArrays: false,
    // Nothing is sparse without arrays; looking for it takes half of the time.
    allowSparse: true,
    duplicates: 'last',
  });
}

/** `a[]` twice is `a[0]` and `a[1]`, as PHP counts; what comes in brackets behind it is in a new entry. */
function numbered(name: string, lengths: Map<string, number>): string {
  const at = name.indexOf('[]');
  if (at < 0) return name;
  const list = name.slice(0, at);
  const index = lengths.get(list) ?? 0;
  lengths.set(list, index + 1);
  return `${list}[${index}]${name.slice(at + 2).replaceAll('[]', '[0]')}`;
}

function isDeeper(name: string, mostLevels: number): boolean {
  let levels = 0;
  for (let at = name.indexOf('['); at >= 0; at = name.indexOf('[', at + 1)) {
    levels += 1;
    if (levels >= mostLevels) return true;
  }
  return false;
}

function hasMoreFields(text: string, most: number): boolean {
  let fields = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    fields += 1;
    if (fields > most) return true;
  }
  return false;
}

function refused(reason: string): FormResult {
  return { ok: false, reason };
}
