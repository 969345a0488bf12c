/** An error in the shape in which logs have it. */
export interface LoggableError {
  readonly type: string;
  readonly message: string;
  /** SQLSTATE, or Node's code of a network error. */
  readonly code?: string;
  readonly stack?: string;
}

/**
 * An error as it may stand in a log. Drizzle writes the values of a query that has failed into its message, and
 * PostgreSQL those of a row into its details: names, phone numbers, texts of messages. What went wrong is in the cause's
 * own message and code.
 */
export function loggableError(error: unknown): LoggableError {
  if (!(error instanceof Error)) return { type: 'Error', message: String(error) };
  if (error.message.startsWith('Failed query:')) {
    return error.cause === undefined
      ? { type: error.name, message: 'A query has failed.' }
      : loggableError(error.cause);
  }
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack }),
  };
}
