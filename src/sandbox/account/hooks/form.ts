/** What a form body can be made of. Numbers and booleans become strings; null and undefined leave no trace. */
export type FormValue =
  string | number | boolean | null | undefined | readonly FormValue[] | { readonly [key: string]: FormValue };

/**
 * A body as every push but the chats hook carries it: `application/x-www-form-urlencoded` in UTF-8 with PHP's
 * brackets, `+` for a space, in the order of the fields (`platform/server.md §3.2`, `§4.2`). Every leaf is a
 * string, true is `1` and false `0`; null, undefined and a container without leaves vanish, as PHP's own
 * encoder has it. (What the platform makes of null is not known; a missing key is what a receiver must bear.)
 *
 * @param fields The top level: `{ leads: { add: [{ id: 7 }] } }` becomes `leads[add][0][id]=7`.
 * @throws RangeError when a container holds itself or lies deeper than 64 levels.
 */
export function encodeForm(fields: { readonly [key: string]: FormValue }): string {
  return leaves(fields, '', 0)
    .map(([key, text]) => `${encodeKey(key)}=${encodePart(text)}`)
    .join('&');
}

const deepest = 64;

function leaves(value: FormValue, key: string, depth: number): [key: string, text: string][] {
  if (value === null || value === undefined) {
    return [];
  }
  if (typeof value !== 'object') {
    return [[key, typeof value === 'boolean' ? String(Number(value)) : String(value)]];
  }
  if (depth > deepest) {
    throw new RangeError(
      `A form body of at most ${deepest} levels was expected; ${key.slice(0, 80)} is deeper.`,
    );
  }
  return Object.entries(value).flatMap(([name, inner]: [string, FormValue]) =>
    leaves(inner, depth === 0 ? name : `${key}[${name}]`, depth + 1),
  );
}

/** Brackets of a key stay as they are: so `platform/server.md §3.2` shows them. */
function encodeKey(key: string): string {
  return encodePart(key).replaceAll('%5B', '[').replaceAll('%5D', ']');
}

/** PHP's `urlencode`: letters, digits, `-`, `.` and `_` stay. A lone surrogate becomes U+FFFD, not an exception. */
function encodePart(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'))
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
