import { parseJson } from '../json.js';

/** A body that the chats API or a hook's caller may not send; `status` is what it is answered with. */
export class ChatsError extends Error {
  override readonly name = 'ChatsError';
  readonly status: 400 | 403 | 404;

  constructor(status: 400 | 403 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The object in a request's body.
 *
 * @throws ChatsError 400 when the body is not JSON or no object.
 */
export function bodyFields(body: Uint8Array): Fields {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ChatsError(400, error.message);
    throw error;
  }
  return asFields(value, 'The body');
}

/** An object that must be there. `where` names the object it is in, for the error. */
export function object(fields: Fields, key: string, where: string): Fields {
  return asFields(fields[key], `${where}.${key}`);
}

/** An object that may be missing or null. */
export function optionalObject(fields: Fields, key: string, where: string): Fields | undefined {
  const value = fields[key];
  return value === undefined || value === null ? undefined : asFields(value, `${where}.${key}`);
}

/** A text that must be there and not be empty. */
export function text(fields: Fields, key: string, where: string): string {
  const value = fields[key];
  if (typeof value !== 'string' || value === '') {
    throw new ChatsError(400, `${where}.${key} must be a text that is not empty, got ${told(value)}.`);
  }
  return value;
}

/** A text that may be missing, null or empty; each gives undefined. */
export function optionalText(fields: Fields, key: string, where: string): string | undefined {
  const value = fields[key];
  return value === undefined || value === null || value === '' ? undefined : text(fields, key, where);
}

/** A whole number within the range. */
export function integer(
  fields: Fields,
  key: string,
  where: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number {
  const value = fields[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    throw new ChatsError(
      400,
      `${where}.${key} must be a whole number from ${min} to ${max}, got ${told(value)}.`,
    );
  }
  return value;
}

/** True or false; what it is when missing, or an error when there is no such value. */
export function flag(fields: Fields, key: string, where: string, missing?: boolean): boolean {
  const value = fields[key] ?? missing;
  if (typeof value !== 'boolean') {
    throw new ChatsError(400, `${where}.${key} must be true or false, got ${told(value)}.`);
  }
  return value;
}

/** One of a few texts or numbers. */
export function oneOf<const T extends string | number>(
  fields: Fields,
  key: string,
  where: string,
  allowed: readonly T[],
): T {
  const value = fields[key];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new ChatsError(400, `${where}.${key} must be one of ${allowed.join(', ')}, got ${told(value)}.`);
  }
  return found;
}

function asFields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ChatsError(400, `${where} must be an object, got ${told(value)}.`);
  }
  return value as Fields;
}

function told(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
