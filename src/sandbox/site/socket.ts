import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { SocketMessage } from '../wire.js';

export interface PageSocket {
  /** Tells every open page. */
  send(message: SocketMessage): void;
  close(): void;
}

/**
 * The socket `/sandbox/socket`, over which open pages hear what has changed. A page of another origin is refused:
 * a browser lets any site open a socket to this machine.
 *
 * @param origin Origin of the account's own pages; also reached by the name localhost.
 */
export function openPageSocket(server: Server, { origin }: { readonly origin: string }): PageSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const { port } = new URL(origin);
  const ours = new Set([origin, `http://localhost:${port}`]);

  const onUpgrade: Parameters<Server['on']>[1] = (request, socket, head) => {
    if (request.url !== '/sandbox/socket' || !ours.has(request.headers.origin ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => {
        client.terminate();
      });
    });
  };
  server.on('upgrade', onUpgrade);

  return {
    send(message) {
      const text = JSON.stringify(message);
      for (const client of sockets.clients) client.send(text);
    },
    close() {
      server.off('upgrade', onUpgrade);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
