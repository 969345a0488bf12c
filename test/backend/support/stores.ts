import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject, onTestFinished } from 'vitest';
import { openStore } from '../../../src/backend/store/open.js';
import type { Store } from '../../../src/backend/store/store.js';
import { databaseUrl, templateDatabase } from '../setup/templates.js';

/** Where a store is: what `openStore` and the environment of a process are given. */
export interface StorePlace {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
}

/** The kinds of store; every test of what works on both runs for each. */
export const storeKinds = ['pglite', 'postgresql'] as const;
export type StoreKind = (typeof storeKinds)[number];

/** Opens a store of its own, empty and migrated; it is closed and removed when the test or the block has ended. */
export type OpenTestStore = (options?: Partial<Parameters<typeof openStore>[0]>) => Promise<Store>;

/** Describes the same for each kind of store. */
export function eachStore(define: (openTestStore: OpenTestStore, kind: StoreKind) => void): void {
  describe.each(storeKinds)('on %s', { timeout: 30_000 }, (kind) => {
    const clean = cleanUpAfterAll();
    const open: OpenTestStore = async (options) => {
      const store = await openStore({ ...(await makePlace(kind, clean)), ...options });
      clean(() => store.close());
      return store;
    };
    // The first of its kind takes seconds; what a test waits for is then only its own.
    let first: Promise<Store> | undefined;
    beforeAll(async () => {
      await (first = open());
    }, startTimeout);
    define((options) => {
      const ready = options === undefined ? first : undefined;
      if (ready !== undefined) first = undefined;
      return ready ?? open(options);
    }, kind);
  });
}

/** For files whose tests ask for places themselves: starts what that takes before the first test's time runs. */
export function prepareStores(kinds: readonly StoreKind[] = storeKinds): void {
  beforeAll(async () => {
    for (const kind of kinds) await ask(kind);
  }, startTimeout);
}

/** A fresh place for a store with its tables, for tests that open it themselves or in processes of their own. */
export function createTestPlace(kind: StoreKind): Promise<StorePlace> {
  return makePlace(kind, cleanUpAfterTest);
}

/** URL of a fresh PostgreSQL database with the backend's tables; dropped when the test has ended. */
export async function createTestDatabase(): Promise<string> {
  return makeDatabase(cleanUpAfterTest);
}

/** URL of a fresh PostgreSQL database without any tables; dropped when the test has ended. */
export async function createEmptyDatabase(): Promise<string> {
  return makeDatabase(cleanUpAfterTest, 'template0');
}

/** A fresh folder of PGlite with the backend's tables; removed when the test has ended. */
export async function createTestFolder(): Promise<string> {
  return makeFolder(cleanUpAfterTest);
}

/** Milliseconds that a busy machine has for starting a server and filling the templates. */
const startTimeout = 120_000;

type CleanUp = (work: () => Promise<unknown>) => void;

async function makePlace(kind: StoreKind, clean: CleanUp): Promise<StorePlace> {
  if (kind === 'pglite') return { databaseUrl: undefined, dataDir: await makeFolder(clean) };
  return { databaseUrl: await makeDatabase(clean), dataDir: '' };
}

async function makeFolder(clean: CleanUp): Promise<string> {
  const template = await ask('pglite');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-pglite-'));
  clean(() => rm(folder, { recursive: true, force: true }));
  await cp(template, folder, { recursive: true });
  return folder;
}

async function makeDatabase(clean: CleanUp, template = templateDatabase): Promise<string> {
  const server = await ask('postgresql');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template ${template}`);
  clean(() => administer(server, `drop database if exists ${name} with (force)`));
  return databaseUrl(server, name);
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function ask(what: StoreKind): Promise<string> {
  const response = await fetch(`${inject('databases')}/${what}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

function cleanUpAfterTest(work: () => Promise<unknown>): void {
  try {
    onTestFinished(async () => {
      await work();
    });
  } catch {
    // Outside of a test, as in beforeAll: it goes with the whole server.
  }
}

/** Of the block that is being described: the last first. */
function cleanUpAfterAll(): CleanUp {
  const works: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const work of works.reverse()) await work();
  });
  return (work) => works.push(work);
}
