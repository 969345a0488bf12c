import { type Config, startBackend } from '../../../../src/backend/index.js';

/**
 * The backend in a process of its own. The parent sends the configuration; it is told when the backend listens, and
 * how much memory it has in use whenever it sends `memory`.
 */
process.on('message', (message: Config | 'memory') => {
  if (message === 'memory') {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.({ heapUsed, rss });
  } else {
    void run(message);
  }
});

async function run(config: Config): Promise<void> {
  const backend = await startBackend(config);
  process.once('SIGTERM', () => {
    void backend.stop().then(() => process.exit());
  });
  process.send?.({ url: backend.url });
}
