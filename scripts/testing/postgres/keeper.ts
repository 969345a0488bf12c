import { createPostgresServer, type PostgresServer } from './server.js';

/**
 * A process of its own that holds the server and ends with whoever started it, however that one ends: the channel
 * between them closes even after `kill -9`.
 */
export type Order = 'start' | 'stop' | 'crash' | 'remove';
export type Answer = { url: string } | { done: Order } | { failed: string };

const answer = (message: Answer): void => {
  process.send?.(message);
};

const made = createPostgresServer({ durable: process.argv.includes('durable') });
let last: Promise<unknown> = made.then(
  ({ url }) => {
    answer({ url });
  },
  (error: unknown) => {
    answer({ failed: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  },
);

async function carryOut(server: PostgresServer, order: Order): Promise<void> {
  if (order === 'start') await server.start();
  else if (order === 'remove') await server.remove();
  else await server.stop(order === 'crash' ? 'crash' : 'orderly');
}

process.on('message', (order: Order) => {
  last = last.then(async () => {
    try {
      await carryOut(await made, order);
      answer({ done: order });
    } catch (error) {
      answer({ failed: error instanceof Error ? error.message : String(error) });
    }
    if (order === 'remove') process.disconnect();
  });
});

process.on('disconnect', () => {
  void last
    .then(() => made)
    .then((server) => server.remove())
    .finally(() => process.exit(0));
});
