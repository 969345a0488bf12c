import type { BackendOptions, Config } from '../../../src/backend/index.js';
import { startBackend } from '../../../src/backend/index.js';

/** What the process is told first. */
export interface Start {
  readonly config: Config;
  readonly options: Omit<BackendOptions, 'log' | 'clock'>;
}

/** A backend as a process of its own, which ends with whoever has started it. Its log goes to standard output. */
process.once('message', ({ config, options }: Start) => {
  void startBackend(config, options).then(
    (backend) => {
      process.once('SIGTERM', () => {
        void backend.stop().then(() => process.exit(0));
      });
      process.send?.({ url: backend.url });
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(1));
