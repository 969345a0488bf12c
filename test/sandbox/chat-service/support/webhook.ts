import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Reported {
  readonly body: string;
  readonly signature: string | undefined;
}

/** A receiver of reports; `answers` are the statuses of its first answers, 204 follows. */
export async function startReceiver(answers: number[] = []) {
  const reports: Reported[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers['x-demo-signature'];
      reports.push({ body: Buffer.concat(chunks).toString('utf8'), signature: signature as string });
      response.writeHead(answers.shift() ?? 204, { Location: '/elsewhere' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/status?tenant=1`,
    reports,
    bodies: () => reports.map(({ body }) => JSON.parse(body) as Record<string, unknown>),
    statuses: () => reports.map(({ body }) => (JSON.parse(body) as { status: string }).status),
  };
}
