import { withoutNumbers } from './without-numbers.js';

/** An error as it stands in the log. What is called `message` or `code` is hidden there. */
export interface LoggedError {
  readonly type: string;
  readonly reason: string;
  /** SQLSTATE, or Node's code of a network error. */
  readonly errorCode?: string;
  /** Where it was thrown, without the message that heads it. */
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** Enough to tell what happened. */
const longestMessage = 500;

/**
 * An error without the values that it quotes: those of a query hold phone numbers, texts and tokens. Its other members
 * (`params` of a query, `detail` of PostgreSQL: "Failing row contains …") are left out for the same reason.
 */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, reason: '' };
  const { cause, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return {
    type: error.constructor.name,
    reason: withoutValues(error.message),
    ...(code !== undefined && { errorCode: code }),
    ...(frames !== undefined && frames !== '' && { stack: frames }),
    ...(cause instanceof Error && depth < 5 && { cause: describeError(cause, depth + 1) }),
  };
}

function withoutValues(message: string): string {
  return withoutNumbers(
    message
      .replace(/\nparams: [^]*$/, '')
      // The beginning tells which of ours it is.
      .replace(/^(Failed query:[^]{100})[^]*$/, '$1…')
      .replaceAll(/\s+/g, ' ')
      // PostgreSQL and JSON.parse quote what they could not read.
      .replaceAll(/: ".*"/gs, ': "…"')
      .replaceAll(/, "?.*"? is not valid JSON/gs, ' is not valid JSON'),
  ).slice(0, longestMessage);
}
