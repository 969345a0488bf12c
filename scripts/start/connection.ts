import { setTimeout as pause } from 'node:timers/promises';
import type { Served } from '../sandbox/serve.js';
import { startBackendProcess } from './backend.js';
import type { Pairing } from './pairing.js';

export interface Connection {
  /** For every change of the widget: one that the account has refused so far is installed only now. */
  changed(): void;
  stop(): Promise<void>;
}

/** How often the account tells of the installation when the backend, on a busy machine, doesn't answer in time. */
const attempts = 3;
const pauseMs = 500;

/** Starts the backend, has the account install it as soon as it works, and says when messages are sent. */
export function connectBackend(pairing: Pairing, account: Served): Connection {
  let state: 'idle' | 'connecting' | 'connected' = 'idle';
  const stopping = new AbortController();
  const backend = startBackendProcess(pairing, {
    account: account.url,
    onTrouble(lines) {
      account.say('error', ...lines);
    },
  });

  async function install(): Promise<boolean> {
    for (let attempt = 1; attempt <= attempts && !stopping.signal.aborted; attempt += 1) {
      if (attempt > 1) await pause(pauseMs);
      if (await account.announceInstallations()) return true;
    }
    return false;
  }

  async function connect(): Promise<void> {
    state = 'connecting';
    // It tells by itself when it could not start.
    if (!(await backend.ready)) return;
    const isConnected = await install();
    if (stopping.signal.aborted) return;
    state = isConnected ? 'connected' : 'idle';
    if (isConnected)
      account.say(
        'connected',
        'The backend sends messages now: drag a lead to “Offer sent” and open the phone.',
      );
    else
      account.say(
        'error',
        'The account could not install the backend, so messages are not sent. The next edit of the widget tries again.',
      );
  }

  void connect();
  return {
    changed() {
      if (state === 'idle') void connect();
    },
    async stop() {
      stopping.abort();
      await backend.stop();
    },
  };
}
