import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../testing/postgres.js';
import type { BareStore } from './programs/bare.js';

export type StoreKind = 'postgresql' | 'pglite';

/** Places for the backend and for the bare route to keep what they get, of the same kind. */
export interface BenchStore {
  readonly backend: { readonly databaseUrl?: string; readonly dataDir?: string };
  readonly bare: BareStore;
  close(): Promise<void>;
}

/** A server whose commits are on the disk before they are answered, or two folders for PGlite. */
export async function openBenchStore(kind: StoreKind): Promise<BenchStore> {
  if (kind === 'postgresql') {
    const server = await startPostgres({ durable: true });
    const { url } = server;
    return { backend: { databaseUrl: url }, bare: { databaseUrl: url }, close: () => server.close() };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-bench-'));
  return {
    backend: { dataDir: path.join(folder, 'backend') },
    bare: { dataDir: path.join(folder, 'bare') },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
