import type { SocketMessage, Switches } from '../wire.js';

/** What belongs to the sandbox and not to the account: it outlives a reset. */
export interface SiteState {
  theme: Switches['theme'];
  revision: Switches['revision'];
  /** The folder or zip of each widget, by code. */
  readonly labels: Map<string, string>;
  /** What is wrong with the newest files of the widgets, a line each; empty when nothing is. */
  buildFaults: readonly string[];
  /** Tells every open page. */
  tell(message: SocketMessage): void;
}
