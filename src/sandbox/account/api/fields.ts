import { Problem } from './problem.js';
import type { FieldError, ItemErrors } from './problem.js';

/**
 * Reads the fields of one item and collects what is wrong with them. A reader returns undefined when the field is
 * absent or wrong. The codes are the platform's where `platform/server.md` names them (NotSupportedChoice,
 * InvalidType, TooLong); the others are ours.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #errors: FieldError[];

  constructor(values: Readonly<Record<string, unknown>>, errors: FieldError[], path = '') {
    this.#values = values;
    this.#errors = errors;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  isNull(name: string): boolean {
    return this.#values[name] === null;
  }

  raw(name: string): unknown {
    return this.#values[name];
  }

  /** The same item without these names in its `_embedded`. */
  without(...names: readonly string[]): Fields {
    const embedded = this.#values['_embedded'];
    if (!isRecord(embedded)) return this;
    const rest = Object.fromEntries(Object.entries(embedded).filter(([name]) => !names.includes(name)));
    return new Fields({ ...this.#values, _embedded: rest }, this.#errors, this.#path);
  }

  /** The same item with these names of another one in its `_embedded`. */
  adopting(other: Fields | undefined, names: readonly string[]): Fields {
    const own = this.#values['_embedded'];
    const embedded: Record<string, unknown> = { ...(isRecord(own) ? own : {}) };
    for (const name of names) if (other?.has(name)) embedded[name] = other.raw(name);
    return new Fields({ ...this.#values, _embedded: embedded }, this.#errors, this.#path);
  }

  fail(name: string, code: string, detail: string): void {
    this.#errors.push({ code, path: this.#path + name, detail });
  }

  /** Complains when the field is absent or null. */
  require(name: string): void {
    if (!this.has(name) || this.isNull(name)) this.fail(name, 'FieldMissing', 'This field is required.');
  }

  text(name: string, { most = 65_000, least = 0 } = {}): string | undefined {
    const value = this.#typed(name, 'string', (one) => typeof one === 'string');
    if (value === undefined) return undefined;
    if (value.length > most)
      this.fail(name, 'TooLong', `At most ${most} characters, there are ${value.length}.`);
    if (value.length < least) this.fail(name, 'IsBlank', 'This field must not be empty.');
    return value;
  }

  whole(name: string, { least = -Infinity } = {}): number | undefined {
    const value = this.#typed(name, 'int', (one) => Number.isSafeInteger(one)) as number | undefined;
    if (value !== undefined && value < least) this.fail(name, 'TooLow', `At least ${least}, it is ${value}.`);
    return value;
  }

  /** A whole number, also as text: version 2 takes both. Undefined when it is anything else. */
  numeric(name: string): number | undefined {
    const value = this.#values[name];
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : undefined;
  }

  flag(name: string): boolean | undefined {
    return this.#typed(name, 'bool', (one) => typeof one === 'boolean');
  }

  choice<const T>(name: string, choices: readonly T[]): T | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) {
      this.fail(name, 'NotSupportedChoice', `One of ${choices.join(', ')} was expected.`);
    }
    return found;
  }

  object(name: string): Fields | undefined {
    const value = this.#typed(name, 'object', isRecord);
    return value === undefined ? undefined : new Fields(value, this.#errors, `${this.#path}${name}.`);
  }

  list(name: string): Fields[] | undefined {
    const values = this.#typed(name, 'array', (one): one is unknown[] => Array.isArray(one));
    if (values === undefined) return undefined;
    const fields: Fields[] = [];
    for (const [index, value] of values.entries()) {
      if (isRecord(value)) {
        fields.push(new Fields(value, this.#errors, `${this.#path}${name}.${index}.`));
      } else {
        this.fail(`${name}.${index}`, 'InvalidType', 'A value of type object was expected.');
      }
    }
    return fields;
  }

  #typed<T>(name: string, type: string, is: (value: unknown) => value is T): T | undefined;
  #typed(name: string, type: string, is: (value: unknown) => boolean): unknown;
  #typed(name: string, type: string, is: (value: unknown) => boolean): unknown {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (is(value)) return value;
    this.fail(name, 'InvalidType', `A value of type ${type} was expected.`);
    return undefined;
  }
}

/** One item of a request, with what it is called in answers. */
export interface Item {
  /** As sent, or the item's position; echoed and never stored. */
  readonly request_id: string;
  readonly fields: Fields;
}

/**
 * Reads an array body, hands every item to `read` and refuses the whole request with 400 when anything is wrong
 * with one of them: nothing is written then. Whether the platform writes the sound items of such a request is
 * unknown.
 */
export function readItems<T>(body: unknown, read: (item: Item) => T, { most = 250 } = {}): T[] {
  if (!Array.isArray(body) || body.length === 0) {
    throw new Problem(400, 'The body must be a JSON array with at least one item.');
  }
  if (body.length > most)
    throw new Problem(400, `At most ${most} items in a request, there are ${body.length}.`);
  const failures: ItemErrors[] = [];
  const results = body.map((value: unknown, index) => {
    const errors: FieldError[] = [];
    const values = isRecord(value) ? value : {};
    if (!isRecord(value)) errors.push({ code: 'InvalidType', path: '', detail: 'An object was expected.' });
    const requestId = requestIdOf(values['request_id'], index);
    const result = read({ request_id: requestId, fields: new Fields(values, errors) });
    if (errors.length > 0) failures.push({ request_id: requestId, errors });
    return result;
  });
  if (failures.length > 0) throw new Problem(400, 'Request validation failed.', failures);
  return results;
}

/** The same for a body that is one object. */
export function readItem<T>(body: unknown, read: (item: Item) => T): T {
  if (!isRecord(body)) throw new Problem(400, 'The body must be a JSON object.');
  const [result] = readItems([body], (item) => ({ value: read(item) }));
  if (!result) throw new Problem(400, 'The body must be a JSON object.');
  return result.value;
}

/** An object that is not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requestIdOf(value: unknown, index: number): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : String(index);
}
