import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What the account and its backend know of each other; made up anew for every start. */
export interface Pairing {
  /** Origin of the backend. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hookSecret: string;
  readonly chatKey: string;
}

export function createPairing(port: number): Pairing {
  return {
    url: `http://127.0.0.1:${port}`,
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString('base64url'),
    hookSecret: randomBytes(24).toString('base64url'),
    chatKey: randomBytes(24).toString('base64url'),
  };
}

/** Where the account's events go: `dp.webhook_url` of the widget. */
export function webhookUrlOf({ url, hookSecret }: Pairing): string {
  return `${url}/hooks/digital-pipeline/${hookSecret}`;
}

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

/** Milliseconds between two questions whether it is ready. */
const readyInterval = 50;

/**
 * Starts the backend as a process of its own, so that its work and its end don't touch the account. It keeps everything
 * in memory, as the account does.
 */
export function startBackendProcess(
  pairing: Pairing,
  { account, onTrouble }: BackendProcessOptions,
): BackendProcess {
  const { url, clientId, clientSecret, hookSecret, chatKey } = pairing;
  const child = spawn(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('../../src/backend/main.ts', import.meta.url)),
    ],
    {
      // Neither a .env file nor variables that are meant for a real backend must reach this one.
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PUBLIC_URL: url,
        PORT: new URL(url).port,
        DATA_DIR: 'memory://',
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        HOOK_SECRET: hookSecret,
        KOMMO_CLIENT_ID: clientId,
        KOMMO_CLIENT_SECRET: clientSecret,
        LOCAL_ACCOUNTS: account,
        CHAT_SERVICE: 'demo',
        DEMO_URL: `${account}/demo-chat`,
        DEMO_API_KEY: chatKey,
        RETRY_SECONDS: '2',
        // Whoever tries a trigger out drags the same lead again and again.
        REPEAT_MINUTES: '0',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const closed = once(child, 'close');
  const lastLines: string[] = [];
  let isStopping = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    onTrouble([`backend: ${troubleOf(line)}`]);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
  });
  let hasEnded = false;
  void closed.then(() => {
    hasEnded = true;
    if (!isStopping)
      onTrouble(['The backend has ended; messages are not sent until the next start.', ...lastLines]);
  });

  async function becomeReady(): Promise<boolean> {
    while (!hasEnded && !isStopping) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.ok === true) return true;
      await pause(readyInterval);
    }
    return false;
  }

  return {
    ready: becomeReady(),
    async stop() {
      isStopping = true;
      if (!hasEnded) child.kill('SIGTERM');
      await closed;
    },
  };
}

/** The message of a line of the log, and the error's; the line itself when it is something else. */
function troubleOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } };
    if (typeof msg !== 'string') return line;
    return typeof err?.message === 'string' ? `${msg}: ${err.message}` : msg;
  } catch {
    return line;
  }
}
