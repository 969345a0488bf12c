export type Decoded =
  | { readonly kind: 'form'; readonly fields: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'json'; readonly text: string };

/** A body in a form that a person reads, or undefined when it is neither a form nor JSON. */
export function decodeBody(body: string, contentType = ''): Decoded | undefined {
  if (/^\s*[[{]/.test(body)) {
    try {
      return { kind: 'json', text: JSON.stringify(JSON.parse(body), null, 2) };
    } catch {
      return undefined;
    }
  }
  if (!contentType.includes('x-www-form-urlencoded') && !/^[^\s=&<]+=[^\s]*$/.test(body)) return undefined;
  return { kind: 'form', fields: [...new URLSearchParams(body)] };
}
