import { createHash } from 'node:crypto';

export interface Ids {
  /** The next number; no two are equal, whatever they are for. */
  number(): number;
  /** The next UUID. */
  uuid(): string;
}

/** Ids that repeat from one run to the next, so that tests and bug reports can name them. */
export function createIds({ first = 1_000_001, salt = 'account' } = {}): Ids {
  let last = first - 1;
  return {
    number: () => ++last,
    uuid: () => uuidOf(`${salt}:${++last}`),
  };
}

/** A UUID that depends on the text alone. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
