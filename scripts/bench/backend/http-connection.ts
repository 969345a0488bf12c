import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A connection to a server that is kept open, for one call at a time. */
export interface HttpConnection {
  /** Gives the status of the answer. */
  post(path: string, contentType: string, body: string): Promise<number>;
  close(): void;
}

/**
 * Over the bare socket: the generator of the load runs on the processors that are measured, and Node's own client
 * would take as much of them as the server does.
 */
export async function openConnection(url: string): Promise<HttpConnection> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  const next = readAnswers(socket);
  return {
    post(path, contentType, body) {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${contentType}\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return next();
    },
    close() {
      socket.destroy();
    },
  };
}

function readAnswers(socket: Socket): () => Promise<number> {
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = /^content-length: *(\d+)/im.exec(received.slice(0, headEnd))?.[1];
    if (received.length < headEnd + 4 + Number(length ?? 0)) return;
    const status = Number(received.slice(9, 12));
    received = '';
    waiting?.resolve(status);
  });
  const fail = (): void => {
    waiting?.reject(new Error('The server closed the connection.'));
  };
  socket.on('error', fail).on('close', fail);
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
}
