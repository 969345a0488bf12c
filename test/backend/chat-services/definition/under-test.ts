import type {
  ChatServiceDefinition,
  ConnectedAccount,
  ConnectError,
  Credentials,
  Media,
  QrCode,
} from '../../../../src/backend/chat-services/definition.js';

/** A chat service that accounts connect, and what the suite has to know of it. */
export interface DefinitionUnderTest {
  readonly title: string;
  /** @param appHookUrl Where a service with an AppHook calls us for all accounts. */
  start(at: { readonly appHookUrl: string }): Promise<RunningDefinition>;
  /** Things that must never stand in an error. */
  readonly secrets: readonly string[];
  /** In lower case. */
  readonly signatureHeader: string;
  /** What the service has; a part of the suite runs only where it is. */
  readonly has: {
    readonly oauth: boolean;
    /** Whether it holds the code of a consent to its PKCE challenge. */
    readonly verifier?: boolean;
    readonly qr: boolean;
    readonly apiKey: boolean;
    /** Whether pictures come by a link that anybody can fetch, by a reference that needs our access data, or not at all. */
    readonly media: 'url' | 'ref' | 'none';
    /** Whether it tells that it does not let us in any more. */
    readonly signOut: boolean;
    /** Whether it calls one address for all accounts. */
    readonly appHook: boolean;
  };
}

/** A small real server that plays the service. */
export interface RunningDefinition {
  readonly url: string;
  definition(at: { readonly url: string; readonly timeout?: number }): ChatServiceDefinition;
  /** The account that the tests work with, as one of the methods gives it. The same `key` every time. */
  connect(): Promise<ConnectedAccount>;
  /** Access data that the service refuses. */
  readonly wrongCredentials: Credentials;
  /** What the service has taken of that account, the oldest first; a link that went along or stands in the text. */
  taken(): MaybePromise<readonly { to: string; text: string; media?: string | undefined }[]>;
  /** A client writes to that account; done when the service has called whoever listens. */
  write(message: ClientMessage): Promise<void>;
  /** What becomes of messages from now on, where the service has to know it before they are sent. */
  become?(status: 'delivered' | 'read' | 'failed'): Promise<void>;
  /** Has the service tell of a message that it took. */
  report(id: string, status: 'delivered' | 'read' | 'failed'): MaybePromise<unknown>;
  /** Headers of a call to us with this body, as the service signs it for that account. */
  sign(call: { account: ConnectedAccount; url: string; body: Buffer }): Readonly<Record<string, string>>;
  /** Bodies of calls that are signed and tell nothing that we know, beside those of the suite. */
  readonly nonsense: readonly string[];
  /** The account's owner shuts us out; done when the service has told whoever listens. */
  signOut?(account: ConnectedAccount): Promise<void>;
  readonly oauth?: OAuthUnderTest;
  readonly qr?: QrUnderTest;
  readonly apiKey?: ApiKeyUnderTest;
  close(): Promise<void>;
}

export interface ClientMessage {
  /** E.164. */
  readonly from: string;
  readonly name: string;
  readonly text: string;
  readonly media?: {
    readonly kind: Media['kind'];
    readonly type: string;
    readonly fileName: string;
    readonly bytes: Buffer;
  };
}

export interface OAuthUnderTest {
  /** A person opens the consent page and agrees: what comes back to our address. */
  agree(consentUrl: string): Promise<URLSearchParams>;
}

export interface QrUnderTest {
  /** A phone scans the code of an attempt. */
  scan(code: QrCode): Promise<void>;
  /** The time of the code that is shown is over. */
  expire(code: QrCode): Promise<void>;
}

export interface ApiKeyUnderTest {
  readonly values: Readonly<Record<string, string>>;
  readonly wrong: Readonly<
    Record<
      string,
      { readonly values: Readonly<Record<string, string>>; readonly problem: ConnectError['problem'] }
    >
  >;
}

type MaybePromise<Value> = Value | Promise<Value>;
