/** What PHP can put into a form. */
export type PhpValue =
  string | number | boolean | null | readonly PhpValue[] | { readonly [key: string]: PhpValue };

/** As PHP's `http_build_query` writes it: brackets encoded, null and empty containers gone, true as 1. */
export function httpBuildQuery(fields: { readonly [key: string]: PhpValue }): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => pairs(urlencode(name), value))
    .join('&');
}

function pairs(name: string, value: PhpValue): string[] {
  if (value === null) return [];
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]: [string, PhpValue]) =>
      pairs(`${name}%5B${urlencode(key)}%5D`, inner),
    );
  }
  return [`${name}=${urlencode(typeof value === 'boolean' ? String(Number(value)) : String(value))}`];
}

function urlencode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
