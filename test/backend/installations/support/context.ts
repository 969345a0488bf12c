import type { Config } from '../../../../src/backend/config.js';
import type { Context } from '../../../../src/backend/context.js';
import { createLog } from '../../../../src/backend/log.js';
import { createMetrics } from '../../../../src/backend/metrics.js';
import type { Store } from '../../../../src/backend/store/store.js';

export const clientId = '0a1b2c3d-1111-4222-8333-444455556666';
export const secret = 'test-secret-not-real';
export const publicUrl = 'http://127.0.0.1:9';

export function testConfig(changes: Partial<Config> = {}): Config {
  return {
    publicUrl,
    host: '127.0.0.1',
    port: 0,
    databaseUrl: undefined,
    dataDir: 'memory://',
    sealingKeys: [{ id: 'first', key: Buffer.alloc(32, 1) }],
    hookSecrets: ['hook-secret'],
    clients: [{ platform: 'kommo', id: clientId, secrets: [secret] }],
    longLived: undefined,
    localAccounts: ['http://127.0.0.1:4100'],
    chatService: undefined,
    apiRequestsPerSecond: Infinity,
    connectable: [],
    chatsChannels: [],
    oneTimeTokens: 'once',
    repeatMinutes: 10,
    attempts: 8,
    retrySeconds: 10,
    concurrency: 10,
    leaseSeconds: 60,
    retentionDays: 30,
    shutdownSeconds: 10,
    logLevel: 'silent',
    noteLanguage: undefined,
    ...changes,
  };
}

export interface TestContext extends Context {
  /** Lines of the log, as they are written. */
  readonly lines: string[];
  moveClock(milliseconds: number): void;
}

export function testContext(store: Store, config: Partial<Config> = {}): TestContext {
  let moved = 0;
  const lines: string[] = [];
  return {
    config: testConfig(config),
    store,
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    metrics: createMetrics(),
    clock: { now: () => new Date(Date.now() + moved) },
    lines,
    moveClock: (milliseconds) => {
      moved += milliseconds;
    },
  };
}
