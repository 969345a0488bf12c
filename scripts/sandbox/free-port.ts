import { once } from 'node:events';
import { createServer } from 'node:net';
import { UserError } from '../cli/errors.js';

/** How many ports after the wanted one are tried. */
const tries = 20;

/**
 * Starts a server on the wanted port or on the next that is free, and says which were taken. Throws a `UserError`
 * when none of the next {@link tries} is.
 *
 * @param start Rejects with Node's `EADDRINUSE` or `EACCES` when the port cannot be had.
 * @param onTaken Hears of each port that is taken.
 */
export async function onFreePort<Server>(
  wanted: number,
  start: (port: number) => Promise<Server>,
  onTaken: (port: number) => void,
): Promise<Server> {
  // Port 0 asks for any that is free.
  const last = wanted === 0 ? 0 : Math.min(wanted + tries, 65_535);
  for (let port = wanted; port <= last; port += 1) {
    try {
      return await start(port);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      onTaken(port);
    }
  }
  throw new UserError(`None of the ports ${wanted} to ${last} is free.`, {
    nextStep: 'Choose another with --port; --port 0 takes any that is free.',
  });
}

/**
 * Ports that systems give to nobody by themselves: neither to a server that asks for any (32768 and above on Linux,
 * 49152 on others) nor to a connection that goes out. One of them stays free until its caller takes it.
 */
const quiet = { first: 20_000, count: 12_000 } as const;

/** A port that nobody listens on now; it is taken and given back, so another caller may get it before this one. */
export async function anyFreePort(random: () => number = Math.random): Promise<number> {
  for (let left = tries; left > 0; left -= 1) {
    const port = quiet.first + Math.floor(random() * quiet.count);
    if (await isFree(port)) return port;
  }
  throw new UserError(`No port from ${quiet.first} on is free.`, {
    nextStep: 'End some of the programs that listen there.',
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** The port that was typed, or the one by default. Throws a `UserError` for anything but a port. */
export function portOf(typed: string | undefined, otherwise: number, option = '--port'): number {
  if (typed === undefined) return otherwise;
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UserError(`${option} takes a number from 0 to 65535; it got "${typed}".`);
}
