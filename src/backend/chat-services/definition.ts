import type { ConnectionField } from '../../contract/connections-api.js';
import type { ChatService, StatusReport, StatusUpdate } from './chat-service.js';

/** What opens an account of a chat service. Sealed in the store, never logged, never sent to a browser. */
export type Credentials = Readonly<Record<string, string>>;

/** An account of a chat service that somebody has connected. */
export interface ConnectedAccount {
  /** Names the account at its service for ever, whatever it is called: an id or a number. */
  readonly key: string;
  /** As the service calls it. */
  readonly name: string;
  /** E.164, where the service tells. */
  readonly phone: string | undefined;
  readonly credentials: Credentials;
}

/** The consent of a person in the service's own window, by OAuth 2.0 with `state` and PKCE (RFC 7636, S256). */
export interface OAuthMethod {
  /** The page on which the service asks the person. */
  consentUrl(request: {
    readonly state: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): string;
  /** Rejects with {@link ConnectError}. */
  complete(answer: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly redirectUri: string;
    /** Everything that came back with the code. */
    readonly query: URLSearchParams;
  }): Promise<ConnectedAccount>;
}

/** What a method keeps between two steps, sealed like credentials. */
export type Memory = Readonly<Record<string, string>>;

/** A picture, or a text for us to draw as one. */
export type QrCode = ({ readonly png: Buffer } | { readonly text: string }) & {
  /** When it is no good any more, where the service tells. */
  readonly expiresAt?: Date;
};

/** A code that a person scans with the phone. */
export interface QrMethod {
  /** Rejects with {@link ConnectError}. */
  begin(attempt: { readonly id: string }): Promise<Memory>;
  /** Asked about every two seconds. `code` is undefined while the service makes one. Rejects with {@link ConnectError}. */
  poll(
    memory: Memory,
  ): Promise<
    | { readonly state: 'waiting'; readonly code: QrCode | undefined }
    | { readonly state: 'connected'; readonly account: ConnectedAccount }
  >;
  /** Has the service forget what was begun and not finished. Rejects with {@link ConnectError}. */
  cancel(memory: Memory): Promise<void>;
}

/** Access data that a person types in. */
export interface ApiKeyMethod {
  readonly fields: readonly ConnectionField[];
  /**
   * Asks the service whether they are good. Values come trimmed, with every required one there. Rejects with
   * {@link ConnectError}.
   */
  complete(values: Readonly<Record<string, string>>): Promise<ConnectedAccount>;
}

/**
 * Why an account could not be connected. Its message is the service's own words, without access data, or empty.
 *
 * - `wrong_credentials`: what the person typed in is not good;
 * - `expired`: the code of an OAuth consent or of a QR attempt is no good any more, or never was;
 * - `service_unavailable`: no answer, none that can be read, or the service refuses our app, which the person cannot mend.
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';

  constructor(
    readonly problem: 'declined' | 'wrong_credentials' | 'service_unavailable' | 'no_sender' | 'expired',
    message = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const mediaKinds = ['picture', 'file', 'video', 'audio', 'voice', 'sticker'] as const;

/** A picture or a file, passed on by link. */
export interface Media {
  readonly kind: (typeof mediaKinds)[number];
  /** Where anybody can fetch it; or `ref`, by which {@link ConnectedService.fetchMedia} gets it with our access data. */
  readonly url?: string;
  readonly ref?: string;
  readonly fileName?: string;
  /** Bytes. */
  readonly size?: number;
}

/** What a client wrote. */
export interface IncomingMessage {
  readonly kind: 'message';
  /** The service's id; the same for the same message, however often it is told. */
  readonly id: string;
  /** E.164. */
  readonly from: string;
  /** As the client calls themself, where the service tells. */
  readonly name?: string;
  readonly at: Date;
  readonly text?: string;
  readonly media?: Media;
}

/** What a service calls us for. */
export type ServiceEvent =
  | IncomingMessage
  | ({ readonly kind: 'status' } & StatusUpdate)
  /** It does not let us in any more. */
  | { readonly kind: 'signed_out' };

/** An account of a chat service, with the access data that opens it. */
export interface ConnectedService extends ChatService {
  /**
   * Asks the service who we are. Rejects with ChatServiceError, `not_connected` when the access data is no good any
   * more.
   */
  describe(signal?: AbortSignal): Promise<{ readonly name: string; readonly phone: string | undefined }>;
  /**
   * Has the service tell what comes in at this address. Doing it again changes nothing. Rejects with ChatServiceError.
   */
  listen(hookUrl: string): Promise<void>;
  /**
   * Takes back what `listen` did, and signs out where the access data is of no use to anybody else. What is gone
   * already is no error. Rejects with ChatServiceError.
   */
  disconnect(hookUrl: string): Promise<void>;
  /**
   * Reads a call of the service to the address of `listen`; undefined when its signature is wrong. A promise where the
   * service has to be asked who wrote; it rejects with ChatServiceError, and the call is to be answered so that the
   * service makes it again. Whatever it holds, it is answered without a body: Twilio sends the text of an answer to the
   * client (twilio.com/docs/messaging/twiml).
   */
  readHook(
    report: StatusReport,
  ): readonly ServiceEvent[] | undefined | Promise<readonly ServiceEvent[] | undefined>;
  /** Where media comes by `ref`: its bytes. Rejects with ChatServiceError. */
  fetchMedia?(ref: string, signal?: AbortSignal): Promise<Response>;
}

/** For a service that calls one address for all accounts that are connected to our app there. */
export interface AppHook {
  /** Answers the service's question, asked with GET, whether the address is ours; undefined: it is not to be answered. */
  verify(query: URLSearchParams): string | undefined;
  /** Events by {@link ConnectedAccount.key}; undefined when the signature is wrong. */
  read(report: StatusReport): readonly { readonly key: string; readonly event: ServiceEvent }[] | undefined;
}

/**
 * A chat service that accounts can connect, in at least one way. A folder beside this file and a line in the registry
 * make a new one (`docs/chat-services.md`).
 */
export interface ChatServiceDefinition {
  /** As it stands in the configuration and in the store. */
  readonly name: string;
  /** For a person. */
  readonly title: string;
  readonly oauth?: OAuthMethod;
  readonly qr?: QrMethod;
  readonly apiKey?: ApiKeyMethod;
  readonly appHook?: AppHook;
  open(credentials: Credentials): ConnectedService;
}
