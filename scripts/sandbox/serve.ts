import { once } from 'node:events';
import {
  type ChannelRequest,
  type DemoChatOptions,
  type HostedWidget,
  startSandbox,
} from '../../src/sandbox/index.js';
import type { WidgetFiles } from '../archive/files.js';
import type { CommandContext } from '../cli/command.js';
import { announceTo, type NewsWord } from './announce.js';
import { refusalFaults, runFaults } from './faults.js';
import { onFreePort } from './free-port.js';
import { helpLine, type Key, listenToKeys } from './keys.js';
import { canOpenBrowser, openBrowser } from './open-browser.js';
import { readUpload } from './read-widget.js';
import type { ServeOptions } from './serve-options.js';

export interface ServedWidget extends HostedWidget {
  readonly files: WidgetFiles;
  /** Why its files are not there, or not whole; told in place of what the account says of them. */
  readonly faults?: readonly string[];
}

export interface ServeExtras {
  /** Key and apps of the demo chat service, for a backend that is to use it. */
  readonly demoChat?: DemoChatOptions;
  /** What support has registered for a backend. */
  readonly chatsChannels?: readonly ChannelRequest[];
}

export interface Served {
  /** Origin of the account. */
  readonly url: string;
  /** New files of the widget at this place of the list, and how to tell of them. */
  renew(index: number, files: WidgetFiles, word: NewsWord, text: string): void;
  /** Why there are no new files, a line each; the last good ones stay until {@link Served.renew}. */
  failed(index: number, faults: readonly string[]): void;
  /** Something to say that is neither about a widget nor an error of the command. */
  say(word: NewsWord, ...lines: readonly string[]): void;
  /** Tells the widgets' backend that they are installed, as the platform does once; true when it took that. */
  announceInstallations(): Promise<boolean>;
  /** Resolves when the person wants it to end. */
  asked(): Promise<void>;
  /** Gives the terminal back and closes the account. */
  close(): Promise<void>;
}

/**
 * Starts an account with these widgets, says where, opens the browser where there is one, and listens to keys. What is
 * wrong with a widget is told in the terminal, and stands in the pages until it is mended.
 */
export async function serve(
  widgets: readonly ServedWidget[],
  { port, language, open }: ServeOptions,
  { stdout, stderr, outColors, errColors }: CommandContext,
  extras: ServeExtras = {},
): Promise<Served> {
  const say = announceTo(stdout, outColors);
  const warn = announceTo(stderr, errColors);
  const sandbox = await onFreePort(
    port,
    (free) =>
      startSandbox({
        widgets,
        port: free,
        switches: { language },
        readArchive: readUpload,
        ...extras,
      }),
    (taken) => {
      warn('taken', `Port ${taken} is in use; trying the next.`);
    },
  );
  const { url } = sandbox;
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, stop);

  /** By the widgets' places; those that have none are not in it. */
  const faults = new Map<number, readonly string[]>();
  const note = (index: number, found: readonly string[]): void => {
    if (found.length > 0) faults.set(index, found);
    else faults.delete(index);
    sandbox.buildFailed([...faults.values()].flat());
  };
  const named = (index: number, lines: readonly string[]): readonly string[] =>
    widgets.length === 1 ? lines : lines.map((line) => `${widgets[index]?.label ?? ''}: ${line}`);
  const failed = (index: number, found: readonly string[]): void => {
    note(index, named(index, found));
    say('error', ...named(index, found));
  };

  for (const [place, { label, files, faults: unread }] of widgets.entries()) {
    const refused = sandbox.refused.find((one) => one.place === place);
    const found =
      unread ?? (refused === undefined ? runFaults(files) : refusalFaults(refused.problems, files));
    if (found.length === 0) continue;
    note(place, named(place, found));
    if (refused === undefined) warn('error', ...found.map((line) => `${label}: ${line}`));
    else
      warn('refused', ...found.map((line) => `${label}: ${line}`), 'It comes in when its files are mended.');
  }
  stdout.write(`ready ${url}\n`);

  const isTerminal = process.stdin.isTTY && stdout.isTTY;
  if (open && canOpenBrowser({ isTerminal })) await openBrowser(url);
  const keys: Key[] = [
    {
      key: 'o',
      help: 'open in browser',
      async press() {
        if (!(await openBrowser(url))) say('error', `No browser could be opened; open ${url} yourself.`);
      },
    },
    {
      key: 'r',
      help: 'reset the account',
      async press() {
        await fetch(`${url}/sandbox/reset`, { method: 'POST' });
        say('reset', 'The account is as it was at the start.');
      },
    },
    { key: 'q', help: 'quit', press: stop },
  ];
  const stopKeys = isTerminal ? listenToKeys(process.stdin, keys, { interrupt: stop }) : undefined;
  if (isTerminal) stdout.write(`${outColors.dim(helpLine(keys))}\n`);

  return {
    url,
    failed,
    say,
    announceInstallations: () => sandbox.announceInstallations(),
    renew(index, files, word, text) {
      const renewed = sandbox.renew(index, files);
      if (!renewed.ok) {
        failed(index, refusalFaults(renewed.problems, files));
        return;
      }
      const wasFaulty = faults.has(index);
      const found = runFaults(files);
      note(index, named(index, found));
      if (found.length > 0) say('error', ...named(index, found));
      else say(word, wasFaulty ? `${text}; its faults are gone` : text);
    },
    async asked() {
      if (!end.signal.aborted) await once(end.signal, 'abort');
    },
    async close() {
      for (const signal of signals) process.off(signal, stop);
      stopKeys?.();
      await sandbox.close();
    },
  };
}
