import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import qs from 'qs';

export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly raw: string;
  /** The body with its brackets taken apart; every leaf is a string. */
  readonly body: unknown;
}

/** What a receiver does with a request: a status, or nothing at all until it is closed. */
export type Answer = number | 'silence';

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Answers of the next requests in their order; later ones get `otherwise`. */
  answer(next: readonly Answer[], otherwise?: Answer): void;
  close(): Promise<void>;
}

/** A small backend on this machine that keeps what it gets. Answers 200 unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let next: Answer[] = [];
  let otherwise: Answer = 200;

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const { url = '', headers, rawHeaders } = request;
      received.push({ path: url, headers, rawHeaders, raw, body: parseForm(raw) });
      const answer = next.shift() ?? otherwise;
      if (answer !== 'silence') {
        response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end(`said ${answer}`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer(answers, after = 200) {
      next = [...answers];
      otherwise = after;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How a careful receiver reads a hook (`platform/server.md §10`). Ids as indexes stay names by the limit of lists. */
export function parseForm(raw: string): unknown {
  return qs.parse(raw, { depth: 70, parameterLimit: 20_000, arrayLimit: 100, strictDepth: true });
}
