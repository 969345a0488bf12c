import { PGlite } from '@electric-sql/pglite';
import fastify from 'fastify';
import pg from 'pg';

/** Where the bare route stores what it gets: the same kind of store as the backend's, through the same connections. */
export type BareStore = { readonly databaseUrl: string } | { readonly dataDir: string };

type Query = (text: string, values?: string[]) => Promise<unknown>;

/** What Fastify and the store can do at most: a route that stores each body with one INSERT, and nothing else. */
process.once('message', (store: BareStore) => {
  void run(store);
});

async function run(store: BareStore): Promise<void> {
  const query = await open(store);
  await query(
    'create table if not exists bare_hooks (id bigint generated always as identity, body text not null)',
  );
  const app = fastify();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.post<{ Body: string }>('/', async ({ body }) => {
    await query('insert into bare_hooks (body) values ($1)', [body]);
    return { result: 'accepted' };
  });
  process.send?.({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
}

async function open(store: BareStore): Promise<Query> {
  if ('databaseUrl' in store) {
    const pool = new pg.Pool({ connectionString: store.databaseUrl, max: 20 });
    return (text, values) => pool.query(text, values);
  }
  const client = await PGlite.create(store.dataDir);
  return (text, values) => client.query(text, values);
}
