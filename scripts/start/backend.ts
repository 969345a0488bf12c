import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Pairing } from './pairing.js';

export interface BackendProcess {
  /** Resolves when it can work; false when it has ended before, or was stopped. */
  readonly ready: Promise<boolean>;
  stop(): Promise<void>;
}

export interface BackendProcessOptions {
  /** Origin of the account, whose chat service it uses. */
  readonly account: string;
  /** Hears what it warns of, and why it has ended if nobody asked it to. */
  readonly onTrouble: (lines: readonly string[]) => void;
}

/** What is kept of its standard error, in lines. */
const keptLines = 20;

/**
 * Starts the backend as a process of its own, so that its work and its end don't touch the account. It keeps everything
 * in memory, as the account does, and ends with this process, whatever ends that.
 */
export function startBackendProcess(
  pairing: Pairing,
  { account, onTrouble }: BackendProcessOptions,
): BackendProcess {
  const main = fileURLToPath(new URL('../../src/backend/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    // No .env file that is meant for a real backend must reach this one.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: environmentOf(pairing, account),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of reach of a terminal's Ctrl+C, which is for this process: that stops it in its turn.
    detached: true,
    windowsHide: true,
    // Its types know no channel beside pipes.
  }) as ChildProcessByStdio<null, Readable, Readable>;
  let [isReady, isStopping, hasEnded] = [false, false, false];
  const lastLines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!isStopping) onTrouble([`backend: ${troubleOf(line)}`]);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
  });
  const heardReady = once(child, 'message').then(() => {
    isReady = true;
    return true;
  });
  const ended = once(child, 'close').then(
    () => undefined,
    (error: unknown) => {
      lastLines.push((error as Error).message);
    },
  );
  const gone = ended.then(() => {
    hasEnded = true;
    if (!isStopping) onTrouble(endOf(lastLines, { isReady, isOwnBug: child.exitCode !== wrongUse }));
    return false;
  });

  return {
    ready: Promise.race([heardReady, gone]),
    async stop() {
      isStopping = true;
      // One that is still starting has nothing to finish, and would hear of it only when it has.
      if (!hasEnded) child.kill(isReady ? 'SIGTERM' : 'SIGKILL');
      await gone;
    },
  };
}

/** Variables that are meant for a real backend must not reach this one. */
function environmentOf(
  { url, clientId, clientSecret, hookSecret, chatKey, chatApp, chatsChannel }: Pairing,
  account: string,
): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR, TEMP, SystemRoot },
    PUBLIC_URL: url,
    PORT: new URL(url).port,
    DATA_DIR: 'memory://',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    HOOK_SECRET: hookSecret,
    KOMMO_CLIENT_ID: clientId,
    KOMMO_CLIENT_SECRET: clientSecret,
    LOCAL_ACCOUNTS: account,
    KOMMO_CHANNEL_ID: chatsChannel.id,
    KOMMO_CHANNEL_SECRET: chatsChannel.secret,
    CONNECTABLE_SERVICES: 'demo',
    DEMO_CLIENT_ID: chatApp.clientId,
    DEMO_CLIENT_SECRET: chatApp.clientSecret,
    // Sends until a channel is connected, so that the first drag brings a message.
    CHAT_SERVICE: 'demo',
    DEMO_URL: `${account}/demo-chat`,
    DEMO_API_KEY: chatKey,
    RETRY_SECONDS: '2',
    // Whoever tries a trigger out drags the same lead again and again.
    REPEAT_MINUTES: '0',
    SHUTDOWN_SECONDS: '2',
    LOG_LEVEL: 'error',
  };
}

/** The backend's exit code for what a person can mend. */
const wrongUse = 2;

/** Why it has ended: one line where a person can mend it, otherwise its last words below. */
function endOf(
  lastLines: readonly string[],
  { isReady, isOwnBug }: { isReady: boolean; isOwnBug: boolean },
): string[] {
  const heading = isReady
    ? 'The backend has ended; messages are not sent until the next start.'
    : 'The backend did not start, so messages are not sent.';
  if (isOwnBug) return [heading, ...lastLines];
  const said = lastLines.join(' ').replace(/\s+/g, ' ');
  // Its next step speaks of its own variables, which are not read from here.
  const reason = /^error (.*?\.)(?: |$)/.exec(said)?.[1] ?? said;
  return [`${heading} ${reason} Start again, or choose its port with --backend-port.`];
}

/** The message of a line of the log, and the error's; the line itself when it is something else. */
function troubleOf(line: string): string {
  try {
    const { msg, err, reason } = JSON.parse(line) as {
      msg?: unknown;
      err?: { message?: unknown };
      reason?: unknown;
    };
    if (typeof msg !== 'string') return line;
    const why = typeof err?.message === 'string' ? err.message : reason;
    return typeof why === 'string' ? `${msg}: ${why}` : msg;
  } catch {
    return line;
  }
}
