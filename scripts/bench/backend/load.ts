import { setTimeout as pause } from 'node:timers/promises';
import { type HttpConnection, openConnection } from './http-connection.js';
import { Latencies } from './latencies.js';

/** Where calls go and what they carry. */
export interface Target {
  /** Of the route, with its path. */
  readonly url: string;
  readonly contentType: string;
  /** Another one at each call. */
  readonly body: () => string;
}

export interface Load {
  readonly perSecond: number;
  readonly latencies: Latencies;
}

/** Calls as fast as the server answers, over connections that wait for each answer before the next call. */
export async function pressHard(
  target: Target,
  { connections, until }: { connections: number; until: (calls: number, seconds: number) => boolean },
): Promise<Load> {
  const latencies = new Latencies();
  const started = performance.now();
  let calls = 0;
  await over(target, connections, async (call) => {
    while (!until(calls, (performance.now() - started) / 1000)) {
      calls += 1;
      latencies.add(await call());
    }
  });
  return { perSecond: (calls * 1000) / (performance.now() - started), latencies };
}

/**
 * Calls at an even rate, however slow the answers are: each is timed from the moment at which it was due, so that one
 * slow answer tells on all that wait behind it.
 */
export async function pressEvenly(
  target: Target,
  { connections, rate, seconds }: { connections: number; rate: number; seconds: number },
): Promise<Load> {
  const latencies = new Latencies();
  const started = performance.now();
  const total = rate * seconds;
  let calls = 0;
  await over(target, connections, async (call) => {
    while (calls < total) {
      const due = started + (calls * 1000) / rate;
      calls += 1;
      const early = due - performance.now();
      if (early > 0) await pause(early);
      // Where it was late, it waited for an answer before it.
      const late = early > 0 ? 0 : -early;
      latencies.add(late + (await call()));
    }
  });
  return { perSecond: (total * 1000) / (performance.now() - started), latencies };
}

/** Opens connections and has each do the same with a function that makes one call and tells its milliseconds. */
async function over(
  { url, contentType, body }: Target,
  count: number,
  work: (call: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const { pathname } = new URL(url);
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(url)));
  const call = async (connection: HttpConnection): Promise<number> => {
    const started = performance.now();
    const status = await connection.post(pathname, contentType, body());
    if (status !== 200) throw new Error(`A call was answered with ${status}.`);
    return performance.now() - started;
  };
  try {
    await Promise.all(connections.map((connection) => work(() => call(connection))));
  } finally {
    for (const connection of connections) connection.close();
  }
}
