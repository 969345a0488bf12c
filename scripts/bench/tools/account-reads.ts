import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { median } from '../measure.js';

const reads = 2_000;
const connections = 16;

/** Milliseconds for 1,000 reads, over connections that are kept, from servers in processes of their own. */
export interface Reads {
  /** Of a lead, from the account. */
  readonly account: number;
  /** The same answer from a server that does nothing else. */
  readonly bare: number;
}

export async function measureReads(): Promise<Reads> {
  return { account: await measure('../account-process.ts'), bare: await measure('bare-process.ts') };
}

async function measure(program: string): Promise<number> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
    const read = (): Promise<void> =>
      new Promise((resolve, reject) => {
        const call = request(`${url}/api/v4/leads/7001`, {
          agent,
          headers: { authorization: `Bearer ${token}` },
        });
        call.on('response', (response) => {
          if (response.statusCode !== 200)
            reject(new Error(`A read was answered with ${String(response.statusCode)}.`));
          response.resume().on('end', resolve);
        });
        call.on('error', reject).end();
      });
    const round = async (): Promise<number> => {
      let left = reads;
      const started = performance.now();
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (left-- > 0) await read();
        }),
      );
      return ((performance.now() - started) / reads) * 1_000;
    };
    await round();
    return await median(3, round);
  } finally {
    agent.destroy();
    const ended = once(child, 'close');
    child.kill();
    await ended;
  }
}
