import { isLanguage, type Language, languages } from '../../src/kommo/languages.js';
import type { CommandContext, CommandOption } from '../cli/command.js';
import { UserError } from '../cli/errors.js';
import { portOf } from './free-port.js';

/** Where the account is served unless told otherwise. */
const usualPort = 4100;

/** Options of every command that serves an account. */
export const serveOptions = {
  port: {
    type: 'string',
    value: 'PORT',
    help: `Where to serve on 127.0.0.1; default ${usualPort}, or the next that is free.`,
  },
  'no-open': { type: 'boolean', help: 'Do not open the browser.' },
  locale: {
    type: 'string',
    value: 'CODE',
    help: `Language of the account: ${languages.join(', ')}; default en.`,
  },
} as const satisfies Record<string, CommandOption>;

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly language: Language;
  /** Whether the browser may be opened. */
  readonly open: boolean;
}

/** What was typed for {@link serveOptions}. Throws a `UserError` for what is no port and no language. */
export function readServeOptions(values: CommandContext['values']): ServeOptions {
  return {
    port: portOf(values['port'] as string | undefined, usualPort),
    language: localeOf(values['locale'] as string | undefined),
    open: values['no-open'] !== true,
  };
}

function localeOf(typed = 'en'): Language {
  if (isLanguage(typed)) return typed;
  throw new UserError(`--locale takes one of ${languages.join(', ')}; it got "${typed}".`);
}
