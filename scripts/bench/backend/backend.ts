import { anyFreePort } from '../../sandbox/free-port.js';
import type { Config } from '../../../src/backend/index.js';
import type { StartedAccount } from '../account-process.js';
import { startChild } from './child.js';

export interface Memory {
  /** Bytes after a garbage collection. */
  readonly heapUsed: number;
  readonly rss: number;
}

export interface RunningBackend {
  readonly url: string;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export type StoreConfig = Partial<Pick<Config, 'databaseUrl' | 'dataDir'>>;

export const hookSecret = 'benchmark-benchmark-benchmark';

/**
 * The built backend in a process of its own, with the defaults of production, for this account and its demo service.
 *
 * @param changes To the configuration, beside the store.
 */
export async function startBackendProcess(
  program: string,
  account: StartedAccount,
  changes: StoreConfig & Partial<Config>,
): Promise<RunningBackend> {
  const port = await anyFreePort();
  const config: Config = {
    publicUrl: `http://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    databaseUrl: undefined,
    dataDir: 'memory://',
    sealingKeys: [{ id: 'bench', key: Buffer.alloc(32, 1) }],
    hookSecrets: [hookSecret],
    clients: [{ platform: 'kommo', id: account.clientId, secrets: ['none'] }],
    longLived: { origin: account.url, token: account.token },
    localAccounts: [account.url],
    chatService: { name: 'demo', ...account.demoChat },
    apiRequestsPerSecond: 7,
    connectable: [],
    chatsChannels: [],
    oneTimeTokens: 'once',
    repeatMinutes: 10,
    attempts: 8,
    retrySeconds: 10,
    concurrency: 64,
    leaseSeconds: 60,
    retentionDays: 90,
    shutdownSeconds: 10,
    logLevel: 'info',
    noteLanguage: undefined,
    ...changes,
  };
  const child = startChild(program);
  const { url } = await child.ask<{ url: string }>(config);
  return { url, memory: () => child.ask<Memory>('memory'), stop: () => child.stop() };
}
