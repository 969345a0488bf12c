/** An error in the shape in which logs have it. */
export interface LoggableError {
  readonly type: string;
  /** Not `message` nor `code`: what has these names is hidden in logs. */
  readonly reason: string;
  /** SQLSTATE, or Node's code of a network error. */
  readonly errorCode?: string;
  readonly stack?: string;
  /** What it came from. */
  readonly because?: LoggableError;
}

/**
 * An error as it may stand in a log. Drizzle writes the values of a query that has failed into its message, and
 * PostgreSQL those of a row into its details: names, phone numbers, texts of messages. What went wrong is in the cause's
 * own message and code.
 */
export function loggableError(error: unknown): LoggableError {
  if (isLoggable(error)) return error;
  if (!(error instanceof Error)) return { type: 'Error', reason: String(error) };
  if (error.message.startsWith('Failed query:')) {
    return error.cause === undefined
      ? { type: error.name, reason: 'A query has failed.' }
      : loggableError(error.cause);
  }
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    reason: message,
    ...(code === undefined ? {} : { errorCode: code }),
    ...(stack === undefined ? {} : { stack }),
    ...(error.cause instanceof Error ? { because: loggableError(error.cause) } : {}),
  };
}

/** Whether it went through {@link loggableError} before: the log brings every error into this shape itself. */
function isLoggable(value: unknown): value is LoggableError {
  return typeof value === 'object' && value !== null && !(value instanceof Error) && 'reason' in value;
}
