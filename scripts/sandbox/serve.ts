import { once } from 'node:events';
import { isLanguage, languages } from '../../src/kommo/languages.js';
import { type HostedWidget, type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import type { WidgetFiles } from '../archive/files.js';
import type { CommandContext, CommandOption } from '../cli/command.js';
import { UserError } from '../cli/errors.js';
import { onFreePort, portOf } from './free-port.js';
import { helpLine, type Key, listenToKeys } from './keys.js';
import { canOpenBrowser, openBrowser } from './open-browser.js';
import { readUpload } from './read-widget.js';

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

export interface Served {
  readonly sandbox: Sandbox;
  /** New files of the widget at this place of the list; says so in the terminal. */
  rebuilt(index: number, files: WidgetFiles, milliseconds: number): void;
  /** Why there are no new files, a line each; shown in the terminal and in the page until {@link Served.rebuilt}. */
  failed(faults: readonly string[]): void;
  /** Resolves when the person has ended it, and everything is closed. */
  ended(): Promise<void>;
}

/** Starts an account with these widgets, says where, opens the browser where there is one, and listens to keys. */
export async function serve(widgets: readonly HostedWidget[], context: CommandContext): Promise<Served> {
  const { values, stdout, stderr, outColors, errColors } = context;
  const language = localeOf(values['locale'] as string | undefined);
  const port = portOf(values['port'] as string | undefined, usualPort);
  const sandbox = await onFreePort(
    port,
    (free) => startSandbox({ widgets, port: free, switches: { language }, readArchive: readUpload }),
    (taken) => stderr.write(`${errColors.yellow('taken')} Port ${taken} is in use; trying the next.\n`),
  );
  for (const { label, problems } of sandbox.refused) {
    for (const { file, message } of problems) {
      stderr.write(`${errColors.red('refused')} ${label}: ${file}: ${message}\n`);
    }
  }
  stdout.write(`ready ${sandbox.url}\n`);

  const isTerminal = process.stdin.isTTY && stdout.isTTY;
  if (values['no-open'] !== true && canOpenBrowser({ isTerminal })) await openBrowser(sandbox.url);

  const end = new AbortController();
  const keys: Key[] = [
    { key: 'o', help: 'open in browser', press: () => void openBrowser(sandbox.url) },
    {
      key: 'r',
      help: 'reset the account',
      async press() {
        await fetch(`${sandbox.url}/sandbox/reset`, { method: 'POST' });
        stdout.write(`${outColors.green('reset')} The account is as it was at the start.\n`);
      },
    },
    {
      key: 'q',
      help: 'quit',
      press: () => {
        end.abort();
      },
    },
  ];
  const stopKeys = isTerminal
    ? listenToKeys(process.stdin, keys, {
        interrupt: () => {
          end.abort();
        },
      })
    : () => undefined;
  if (isTerminal) stdout.write(`${outColors.dim(helpLine(keys))}\n`);

  const failed = (faults: readonly string[]): void => {
    sandbox.buildFailed(faults);
    stdout.write(`${outColors.red('error')} ${faults.join('\n      ')}\n`);
  };
  return {
    sandbox,
    failed,
    rebuilt(index, files, milliseconds) {
      const code = sandbox.codes[index];
      if (code === undefined) return;
      const uploaded = sandbox.replace(code, files);
      if (!uploaded.ok) {
        failed(uploaded.problems.map(({ file, message }) => `${file}: ${message}`));
        return;
      }
      sandbox.buildFailed([]);
      stdout.write(`${outColors.green('built')} in ${milliseconds.toFixed(0)} ms\n`);
    },
    async ended() {
      const aborted = once(end.signal, 'abort');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), aborted]);
      stopKeys();
      await sandbox.close();
    },
  };
}

function localeOf(typed = 'en'): string {
  if (isLanguage(typed)) return typed;
  throw new UserError(`--locale takes one of ${languages.join(', ')}; it got "${typed}".`);
}
