import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.js';
import { describeError } from './log-error.js';

export type Log = Logger;

/**
 * What must not stand in a log, wherever an object has it. Phone numbers and message texts are never logged to begin
 * with; the names here are the second line of defence.
 */
const secretNames = [
  'authorization',
  'Authorization',
  'x-auth-token',
  'cookie',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'client_secret',
  'secret',
  'code',
  'apiKey',
  'authToken',
  'password',
  'signature',
  'phone',
  'to',
  'text',
  'message',
];

/** Structured lines on standard output. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const paths = secretNames.flatMap((name) => {
    const key = /^\w+$/.test(name) ? `.${name}` : `["${name}"]`;
    return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`];
  });
  const options = {
    level,
    redact: { paths, censor: '[hidden]' },
    base: null,
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
