import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPostgres, type TestPostgres } from '../../../scripts/testing/postgres.js';
import { fillPostgresTemplate, pgliteTemplate } from './templates.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test files ask for databases; nothing is started before the first of them asks. */
    databases: string;
  }
}

/** A PostgreSQL server for the whole run, and the folder that every PGlite of a test is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<TestPostgres> | undefined;
  let ready: Promise<string> | undefined;
  let template: Promise<string> | undefined;
  const answers: Record<string, () => Promise<string>> = {
    '/postgresql': () =>
      (ready ??= (async () => {
        postgres = startPostgres();
        const { url } = await postgres;
        await fillPostgresTemplate(url);
        return url;
      })()),
    '/pglite': () => (template ??= pgliteTemplate()),
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''] ?? (() => Promise.reject(new Error('No such database.')));
    answer().then(
      (text) => response.end(text),
      (error: unknown) => {
        response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('databases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    await closed(server);
    await (await postgres?.catch(() => undefined))?.close();
  };
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
