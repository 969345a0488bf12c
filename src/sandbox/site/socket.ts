import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { isFromOwnPage } from '../account/oauth/own-page.js';
import type { SocketMessage } from '../wire.js';

export interface PageSocket {
  /** Tells every open page. */
  send(message: SocketMessage): void;
  close(): void;
}

/** A page that takes nothing for so long that this many bytes wait is cut off: it comes back and reads anew. */
const mostWaitingBytes = 32 * 1024 * 1024;

/**
 * The socket `/sandbox/socket`, over which open pages hear what has changed. A page of another origin is refused, and
 * so is who names none: a browser lets any site open a socket to this machine.
 *
 * @param options.greet What a page is told when it connects.
 */
export function openPageSocket(
  server: Server,
  { greet = () => [] }: { readonly greet?: () => readonly SocketMessage[] } = {},
): PageSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });

  const onUpgrade: Parameters<Server['on']>[1] = (request, socket, head) => {
    const isOurs = request.headers.origin !== undefined && isFromOwnPage(request);
    if (request.url !== '/sandbox/socket' || !isOurs) {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => {
        client.terminate();
      });
      for (const message of greet()) client.send(JSON.stringify(message));
    });
  };
  server.on('upgrade', onUpgrade);

  return {
    send(message) {
      if (sockets.clients.size === 0) return;
      const text = JSON.stringify(message);
      for (const client of sockets.clients) {
        if (client.bufferedAmount > mostWaitingBytes) client.terminate();
        else client.send(text);
      }
    },
    close() {
      server.off('upgrade', onUpgrade);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
