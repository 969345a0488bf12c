import type {
  ChatService,
  ChatServiceError,
  ChatServiceErrorKind,
} from '../../../../src/backend/chat-services/chat-service.js';

/** A refusal as the service words it, and what it must become. */
export interface Refused {
  readonly answer: { status: number; body: string; headers?: Record<string, string> };
  readonly kind: ChatServiceErrorKind;
  readonly reason: ChatServiceError['reason'];
  readonly code?: string;
}

export interface Running {
  readonly url: string;
  /** An adapter for the service at this address. */
  adapter(at: { url: string; timeout?: number; wrongKey?: true }): ChatService;
  /** What the service has taken, the oldest first. */
  taken(): readonly { to: string; text: string }[] | Promise<readonly { to: string; text: string }[]>;
  /** What becomes of messages from now on, where the service has to know it before. */
  become?(status: 'delivered' | 'read' | 'failed'): Promise<void>;
  /**
   * Has the service report to the address that came with the message; to `hookUrl` where it has one address for all.
   */
  report(id: string, status: 'delivered' | 'read' | 'failed', hookUrl: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface ServiceUnderTest {
  readonly title: string;
  start(): Promise<Running>;
  /** Whether the same key is the same message; else it is looked for by `triedSince`. */
  readonly honoursKeys: boolean;
  /** Whether its reports alone tell of a message whose answer was lost: it is not sent again for a while. */
  readonly tellsInReports?: true;
  /** Things that must never stand in an error. */
  readonly secrets: readonly string[];
  readonly signatureHeader: string;
  /** How its reports say each status, where they have another word for it. */
  readonly words?: Readonly<Record<'delivered' | 'read' | 'failed', string>>;
  /** An answer to a sending, of what the service has taken. */
  readonly refusals: Readonly<Record<string, Refused>>;
}
