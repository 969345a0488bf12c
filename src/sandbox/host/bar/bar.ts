import type { Host } from '../host.js';
import type { SocketMessage } from '../../wire.js';

/** The sandbox's own bar, apart from the account's pages. */
export interface Bar {
  readonly hear: (message: SocketMessage) => void;
  /** The page has changed. */
  readonly opened: (path: string) => void;
}

export function openBar(host: Host): Bar {
  void host;
  return { hear: () => undefined, opened: () => undefined };
}
