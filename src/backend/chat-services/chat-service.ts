import type { FailureReason, MessageState, SkipReason } from '../../contract/message-outcomes.js';

/** A text for one recipient. */
export interface OutgoingMessage {
  /** E.164, as `+15550100`. */
  readonly to: string;
  readonly text: string;
  /** Equal for every attempt of the same message: a service that honours it delivers once. */
  readonly idempotencyKey: string;
  /**
   * Since when there have been attempts whose end nobody saw. A service without idempotency keys looks for the message
   * among those that it took since then before it sends it again.
   */
  readonly triedSince?: Date;
  /** Where the service is to report how far the message is; without it the service's default holds. */
  readonly statusUrl?: string;
  /** A picture or a file to go with the text, which may be empty then. A service that takes none sends its link. */
  readonly media?: OutgoingMedia;
  /**
   * A text that the service has approved before, in the place of ours, for when it takes no other. A service that
   * knows no such texts sends ours.
   */
  readonly template?: OutgoingTemplate;
  readonly signal?: AbortSignal;
}

/** By link; `url` can be fetched by anybody. */
export interface OutgoingMedia {
  readonly kind: 'picture' | 'file' | 'video' | 'audio' | 'voice' | 'sticker';
  readonly url: string;
  readonly fileName?: string;
}

export interface OutgoingTemplate {
  readonly name: string;
  /** As the service writes it: `en_US`. */
  readonly language: string;
  /** What its placeholders stand for, in their order. */
  readonly parameters: readonly string[];
}

/** A message that the service has taken. */
export interface SentMessage {
  /** The service's id of the message, by which its callbacks name it. */
  readonly id: string;
}

/** A chat service that sends texts to phone numbers. */
export interface ChatService {
  /** As it stands in the configuration and in the store: `demo`, `twilio`. */
  readonly name: string;
  /** For a person: `Twilio`. */
  readonly title: string;
  /** Rejects with {@link ChatServiceError} and with nothing else. */
  send(message: OutgoingMessage): Promise<SentMessage>;
  /**
   * What the service reports about messages that it took; undefined when the report is not from the service (its
   * signature is wrong). A report that says nothing new gives an empty list.
   */
  readStatus(report: StatusReport): readonly StatusUpdate[] | undefined;
  /** Rejects with {@link ChatServiceError} when the service cannot be reached or refuses its access data. */
  check(signal?: AbortSignal): Promise<void>;
}

/** A call of the service to our status address. */
export interface StatusReport {
  /** Full address under which the service knows us, with the query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface StatusUpdate {
  /** As {@link SentMessage.id}. */
  readonly id: string;
  /**
   * {@link OutgoingMessage.idempotencyKey}, where the report repeats it: it finds a message of which the answer to its
   * sending was lost.
   */
  readonly key?: string;
  readonly state: Extract<MessageState, 'sent' | 'delivered' | 'read' | 'failed' | 'skipped'>;
  readonly reason?: FailureReason | SkipReason;
  /** The service's own code and words for a failure. */
  readonly code?: string;
  readonly detail?: string;
}

/**
 * - `temporary`: it may work later (429, 5xx, time-outs, network);
 * - `permanent`: this message will never go through, others may;
 * - `not_connected`: nothing goes through until somebody mends the connection.
 */
export type ChatServiceErrorKind = 'temporary' | 'permanent' | 'not_connected';

export interface ChatServiceErrorOptions extends ErrorOptions {
  /** Why, for the message's outcome. */
  readonly reason: FailureReason | 'not_on_service';
  /** The service's own code. */
  readonly code?: string;
  /** Seconds after which the service wants to be asked again. */
  readonly retryAfter?: number;
}

/** Why a message was not taken. Its text is the service's own words, without numbers, texts and access data. */
export class ChatServiceError extends Error {
  override readonly name = 'ChatServiceError';
  readonly reason: FailureReason | 'not_on_service';
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly kind: ChatServiceErrorKind,
    message: string,
    { reason, code, retryAfter, ...options }: ChatServiceErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
