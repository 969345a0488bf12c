const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/**
 * SQLSTATE classes and codes: connection (08), too few resources (53), shut down or starting (57P), ended by a time-out
 * (57014, 55P03), a server that takes no writes (25006), faults of its disk (58).
 */
const sqlStates = /^(08...|53...|57P0.|57014|55P03|25006|58...)$/;

/** What pg and PGlite say without a code. */
const messages =
  /timeout exceeded when trying to connect|Connection terminated|connection timeout|Query read timeout|not queryable|Cannot use a pool after calling end|Client was closed|PGlite is clos(ed|ing)/i;

/**
 * Whether an error means that the store cannot be reached or does not work at present, so that the same may succeed
 * later: the answer to a hook is then 503. Looks through the causes that Drizzle wraps.
 */
export function isStoreUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (code !== undefined && (networkCodes.has(code) || sqlStates.test(code))) return true;
    if (messages.test(at.message)) return true;
    if (at instanceof AggregateError && at.errors.some((one) => isStoreUnavailable(one))) return true;
  }
  return false;
}
