import type { SocketMessage } from '../wire.js';

/** Milliseconds until a lost connection is tried again. */
const pause = 500;

export interface Socket {
  close(): void;
}

/**
 * Hears what the sandbox tells every open page. When the connection comes back after it was lost, the server may
 * be another one: `onReturn` is told. `onLost` is told each time that there is none.
 */
export function openSocket(
  onMessage: (message: SocketMessage) => void,
  onReturn: () => void,
  onLost: () => void = () => undefined,
): Socket {
  const later = window.setTimeout.bind(window);
  let wasOpen = false;
  let closed = false;
  let socket: WebSocket;

  const connect = (): void => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/sandbox/socket`);
    socket.addEventListener('open', () => {
      if (wasOpen) onReturn();
      wasOpen = true;
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      onMessage(JSON.parse(data) as SocketMessage);
    });
    socket.addEventListener('close', () => {
      if (closed) return;
      onLost();
      later(connect, pause);
    });
  };
  connect();
  return {
    close() {
      closed = true;
      socket.close();
    },
  };
}
