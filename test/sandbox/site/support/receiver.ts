import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Receiver {
  readonly url: string;
  /** Bodies of the calls in their order, or the address of one without. */
  readonly received: string[];
  /** Settles when so many calls have come. */
  until(count: number): Promise<void>;
}

/** A backend on this machine that answers 200; it ends with the test. */
export async function startReceiver(): Promise<Receiver> {
  const received: string[] = [];
  const waiting = new Set<() => void>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(Buffer.concat(chunks).toString('utf8') || (request.url ?? ''));
      response.end('taken');
      for (const look of [...waiting]) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
