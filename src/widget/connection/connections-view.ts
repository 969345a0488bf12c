import type { AttemptRequest, Channel, ConnectionState } from '../../contract/connections-api.js';
import type { AttemptView } from './attempt/attempt.js';
import type * as connectModule from './attempt/index.js';
import { type Draft, emptyDraft } from './draft.js';
import type { Failure } from './outcome.js';

/** What the panel shows. */
export interface ConnectionsView {
  /** What the backend said last; undefined before its first answer. */
  readonly state: ConnectionState | undefined;
  readonly isLoading: boolean;
  /** The answer takes longer than usual. */
  readonly isSlow: boolean;
  /** Why {@link state} could not be read last time. */
  readonly failure: Failure | undefined;
  readonly draft: Draft;
  /** Something else has changed the channels while they were shown here. */
  readonly isOvertaken: boolean;
  /** The way to connect that was chosen, and the file that draws it, once it is there. */
  readonly opening: Opening | undefined;
  readonly attempt: AttemptView | undefined;
  readonly disconnecting: Disconnecting | undefined;
  /** Why the last save came to nothing. */
  readonly saveFailure: Failure | 'no_channels' | undefined;
  /** What has just been done, for whoever does not see the list change. */
  readonly news: { readonly kind: 'connected' | 'disconnected'; readonly channel: Channel } | undefined;
}

/** A way to connect that somebody has chosen. */
export interface Opening {
  readonly request: AttemptRequest;
  readonly module: ConnectModule | undefined;
  readonly isFailed: boolean;
}

/** The file `connect.js` of the archive: what is needed only to connect a channel. */
export type ConnectModule = typeof connectModule;

interface Disconnecting {
  readonly id: string;
  readonly phase: 'asking' | 'working' | 'failed';
  readonly failure?: Failure;
}

/** Before the backend has said anything. */
export const firstView: ConnectionsView = {
  state: undefined,
  isLoading: false,
  isSlow: false,
  failure: undefined,
  draft: emptyDraft,
  isOvertaken: false,
  opening: undefined,
  attempt: undefined,
  disconnecting: undefined,
  saveFailure: undefined,
  news: undefined,
};
