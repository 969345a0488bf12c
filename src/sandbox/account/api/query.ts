import qs from 'qs';
import { Problem } from './problem.js';

/** A query string with PHP brackets, read into objects and arrays. */
export interface Query {
  readonly [name: string]: QueryValue | undefined;
}
export type QueryValue = string | readonly QueryValue[] | { readonly [name: string]: QueryValue | undefined };

/** For Fastify's `querystringParser`. */
export function parseQuery(text: string): Query {
  // Most calls have no brackets, and this reads them several times as fast.
  if (!text.includes('[') && !text.includes('%5')) return Object.fromEntries(new URLSearchParams(text));
  return qs.parse(text, { depth: 10, parameterLimit: 20_000, arrayLimit: 1000 });
}

/** `filter`, or an empty object. */
export function filterOf(query: Query): Query {
  return objectOf(query['filter']);
}

/** A value as an object; anything else is empty. */
export function objectOf(value: QueryValue | undefined): Query {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Query) : {};
}

/** The strings of `name[]=…`, `name[0]=…` or `name=…`; undefined when the name is absent. */
export function stringsOf(value: QueryValue | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const values: readonly unknown[] = typeof value === 'string' ? [value] : Object.values(value);
  return values.filter((one): one is string => typeof one === 'string');
}

/** The same for numbers; 400 when one is not a number. */
export function numbersOf(value: QueryValue | undefined, name: string): number[] | undefined {
  return stringsOf(value)?.map((text) => integer(text, name));
}

/** Bounds of `name[from]=…&name[to]=…`, both inclusive; undefined when the name is absent. */
export function rangeOf(
  value: QueryValue | undefined,
  name: string,
): { readonly from: number; readonly to: number } | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') {
    const only = integer(value, name);
    return { from: only, to: only };
  }
  const { from, to } = objectOf(value);
  return {
    from: typeof from === 'string' ? integer(from, `${name}[from]`) : -Infinity,
    to: typeof to === 'string' ? integer(to, `${name}[to]`) : Infinity,
  };
}

/** Names of `with=contacts,loss_reason`. */
export function withOf(query: Query): ReadonlySet<string> {
  const value = query['with'];
  return new Set(typeof value === 'string' ? value.split(',').map((name) => name.trim()) : []);
}

/**
 * `page` and `limit`. A limit above `most` is refused: the platform returns at most 250 items (events 100), and
 * whether it cuts or refuses is unknown.
 */
export function pageOf(query: Query, { most = 250, usual = 50 } = {}): { page: number; limit: number } {
  const page = typeof query['page'] === 'string' ? integer(query['page'], 'page') : 1;
  const limit = typeof query['limit'] === 'string' ? integer(query['limit'], 'limit') : usual;
  if (page < 1) throw new Problem(400, `page must be 1 or more, it is ${page}.`);
  if (limit < 1 || limit > most) throw new Problem(400, `limit must be from 1 to ${most}, it is ${limit}.`);
  return { page, limit };
}

function integer(text: string, name: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new Problem(400, `${name} must be a whole number, it is "${text}".`);
  return Number(text);
}
