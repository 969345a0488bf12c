import type { Config } from '../config.js';
import { startBackend } from '../index.js';
import { createLog } from '../log.js';
import { UserError } from './terminal.js';

/**
 * Runs the backend until it is asked to stop, and until it has; a second signal ends the process at once. A process
 * that started it with an IPC channel hears `ready` there, and the backend does not outlive that process.
 */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const asked = stopRequest();
  // A signal while it is starting is not lost: it stops as soon as it can.
  const backend = await startBackend(config, { log }).catch((error: unknown) => {
    throw listenFault(error, config) ?? error;
  });
  log.info({ url: backend.url, publicUrl: config.publicUrl }, 'The backend is running');
  if (process.connected) process.send?.('ready');
  const reason = await asked;
  log.info({ reason }, 'Stopping; a second signal ends it at once');
  await backend.stop();
  log.info('Stopped');
  // An open channel would keep the process alive.
  if (process.connected) process.disconnect();
}

/** Resolves with why: a signal, or the end of the process at the other end of the IPC channel. */
function stopRequest(): Promise<NodeJS.Signals | 'disconnect'> {
  return new Promise((resolve) => {
    process.once('disconnect', () => {
      resolve('disconnect');
    });
    let isAsked = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        // As the shell tells it: 128 and the signal's number.
        if (isAsked) process.exit(signal === 'SIGINT' ? 130 : 143);
        isAsked = true;
        resolve(signal);
      });
    }
  });
}

function listenFault(error: unknown, { host, port }: Config): UserError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    return new UserError(`Something else already listens at ${where}.`, 'Stop it, or set another PORT.');
  }
  if (code === 'EACCES') {
    return new UserError(`This user may not listen at ${where}.`, 'Set a PORT from 1024 upwards.');
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserError(
      `This machine has no address ${host}.`,
      'Set HOST to one that it has, as 127.0.0.1.',
    );
  }
  return undefined;
}
