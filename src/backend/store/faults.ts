import { DrizzleQueryError } from 'drizzle-orm';

/**
 * Classes of SQLSTATE that are no fault of the statement: connection, transaction rolled back for another one,
 * resources, not in the right state, an operator's doing, the system, the server itself.
 */
const passing = /^(08|25|40|53|55|57|58|XX)/;

/** What the drivers say without a code. */
const closed =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end|PGlite is clos)/;

/** Whether the store did not answer, or could not: the same again may go well later. Otherwise it is a bug. */
export function isStoreFault(error: unknown): boolean {
  const chain = causesOf(error);
  const state = chain.map(codeOf).find((code) => code !== undefined && /^[0-9A-Z]{5}$/.test(code));
  if (state !== undefined && chain.some(isOfServer)) return passing.test(state);
  return chain.some(
    (one) =>
      one instanceof DrizzleQueryError ||
      isOfNetwork(one) ||
      (one instanceof Error && closed.test(one.message)),
  );
}

/** The error, its cause, the cause of that, and so on. */
export function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (
    let at = error;
    at !== undefined && chain.length < 10;
    at = at instanceof Error ? at.cause : undefined
  ) {
    chain.push(at);
  }
  return chain;
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The calls of other services tell their failures by errors of their own: what is left is the store's connection. */
function isOfNetwork(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

/** Errors of Node have codes of five letters too (`EPIPE`), those of the server a severity as well. */
function isOfServer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error;
}
