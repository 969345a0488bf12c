/** A text from elsewhere as PostgreSQL can hold it: it takes every character but NUL. */
export function storable<T extends string | null | undefined>(text: T): T {
  return typeof text === 'string' ? (text.replaceAll('\0', '') as T) : text;
}
