import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import type { StatusReport } from '../../../src/backend/chat-services/chat-service.js';

export interface Listener {
  readonly origin: string;
  /** An address on it. */
  readonly url: string;
  /** What has come, the oldest first. */
  readonly reports: readonly StatusReport[];
  /** The first report whose body fits, whether it has come or is to come. */
  next(fits: (body: string) => boolean): Promise<StatusReport>;
  /** The first of which something is to be told, whether it has come or is to come. */
  find<Found>(look: (report: StatusReport) => Found | undefined): Promise<Found>;
  close(): Promise<void>;
}

/** Generous: the machines of CI are busy. */
const patience = { timeout: 20_000, interval: 20 };

/** Where a service calls us: a real server that takes whatever comes. */
export async function listen(): Promise<Listener> {
  const reports: { url: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      reports.push({
        url: `${origin}${request.url ?? ''}`,
        headers: request.headers,
        body: Buffer.concat(chunks),
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const find: Listener['find'] = (look) =>
    vi.waitFor(() => {
      for (const report of reports) {
        const found = look(report);
        if (found !== undefined) return found;
      }
      throw new Error('No such report has come.');
    }, patience);
  return {
    origin,
    url: `${origin}/status`,
    reports,
    next: (fits) => find((report) => (fits(report.body.toString()) ? report : undefined)),
    find,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
