/**
 * A text from elsewhere as PostgreSQL can hold it, in JSON as well: it takes every character but NUL, and no half of an
 * emoji, which becomes the replacement character.
 */
export function storable<T extends string | null | undefined>(text: T): T {
  return typeof text === 'string' ? (Buffer.from(text.replaceAll('\0', '')).toString() as T) : text;
}
