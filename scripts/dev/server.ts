import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { UserError } from '../cli/errors.js';

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.twig': 'text/plain; charset=utf-8',
  '.png': 'image/png',
};

export interface DevServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the widget's files on 127.0.0.1 to pages of other origins: the development archive runs inside Kommo.
 * Throws a `UserError` when the port is taken.
 */
export async function serveWidget(files: () => WidgetFiles, { port }: { port: number }): Promise<DevServer> {
  const server = createServer((request, response) => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-private-network': 'true',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...headers, 'access-control-allow-methods': 'GET' }).end();
      return;
    }
    const name = requestedFile(request.url ?? '/');
    const content = name === undefined ? undefined : files().get(name);
    if (name === undefined || content === undefined) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = contentTypes[path.extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'content-type': type }).end(content);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? portTaken(port) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The path of a file in the archive; `undefined` for an address that is none. */
function requestedFile(address: string): string | undefined {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/, '').replace(/^\/+/, ''));
  } catch {
    return undefined;
  }
}

function portTaken(port: number): UserError {
  return new UserError(`Port ${port} is taken by another program or not open to you.`, {
    nextStep:
      'Choose another with --port, and pack the development archive with the same one: --dev --url http://localhost:PORT',
  });
}
