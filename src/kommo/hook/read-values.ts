/** What hooks hold, whether as JSON or as a form, in which every leaf is a string and empty containers are missing. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object, or undefined for everything else; a list is none. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/**
 * The entries of a list: of one whose numbers have gaps as well, and of one that was sent as an object by number, in
 * their order. An object with other names is an entry itself.
 */
export function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const fields = fieldsOf(value);
  if (fields === undefined) return [];
  const names = Object.keys(fields);
  return names.every((name) => /^\d+$/.test(name)) ? Object.values(fields) : [fields];
}

/** A text or a number as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** An id, in digits or as a number: positive, and exact in JavaScript. */
export function idOf(value: unknown): number | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : undefined;
}

/** After the year 9999 neither ISO texts nor databases agree on how to write a date. */
const lastSecond = 253_402_300_799;

/** Unix seconds, of a time that can be stored. */
export function secondsOf(value: unknown): number | undefined {
  const seconds = idOf(value);
  return seconds !== undefined && seconds <= lastSecond ? seconds : undefined;
}

/** The first label of the account's host. */
export function subdomainOf(value: unknown): string | undefined {
  const text = textOf(value)?.trim().toLowerCase();
  return text !== undefined && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? text : undefined;
}
