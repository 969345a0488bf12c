export { readConfig } from './configuration/read-config.js';

/** Client id and secret of one of our integrations, as its page in the account shows them. */
export interface Client {
  readonly platform: Platform;
  readonly id: string;
  /** The newest first; a second one is good while the secret is being replaced. */
  readonly secrets: readonly [string, ...string[]];
}

/** Two platforms with separate accounts and marketplaces (`platform/server.md §1.7`). */
export type Platform = 'kommo' | 'amocrm';

/** A key for what is stored encrypted. */
export interface SealingKey {
  /** Stored beside what it has sealed. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

export interface Config {
  /** Where the platform and the chat services reach this backend: an origin without a slash at its end. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** PostgreSQL; without it everything is kept in {@link dataDir}, or in memory when that is `memory://`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** The first seals, all of them open. */
  readonly sealingKeys: readonly [SealingKey, ...SealingKey[]];
  /** The unguessable part of the hooks' addresses; the first goes into new ones. */
  readonly hookSecrets: readonly [string, ...string[]];
  /** None where a long-lived token takes their place. */
  readonly clients: readonly Client[];
  /** An account that gave us a long-lived token in place of OAuth. */
  readonly longLived: { readonly origin: string; readonly token: string } | undefined;
  /** Origins on this machine that count as accounts beside the platform's hosts: the sandbox. */
  readonly localAccounts: readonly string[];
  /** What sends for accounts that have connected nothing themselves. */
  readonly chatService: ChatServiceConfig | undefined;
  /** What accounts may connect; each name at most once. */
  readonly connectable: readonly ConnectableConfig[];
  /** Without one of the account's platform, conversations stay out of the account. */
  readonly chatsChannels: readonly ChatsChannel[];
  /**
   * Whether a one-time token changes something once only. Whether the platform makes a new one for every call is not
   * known (`platform/server.md §2`).
   */
  readonly oneTimeTokens: 'once' | 'until_expiry';
  /** Calls a second that one installation may make of the API; Infinity lifts the limit for load tests. */
  readonly apiRequestsPerSecond: number;
  /** Minutes within which the same text does not go to the same number again; 0 switches this off. */
  readonly repeatMinutes: number;
  /** Attempts at an event before it is given up. */
  readonly attempts: number;
  /** Seconds before the second attempt; every further pause is about twice the one before. */
  readonly retrySeconds: number;
  /** Leads and customers that one process works on at a time. */
  readonly concurrency: number;
  /** Seconds after which the work of a process that has died goes on elsewhere. */
  readonly leaseSeconds: number;
  /** Days for which events, messages and webhooks are kept. */
  readonly retentionDays: number;
  /** Seconds that work in flight has when the process is asked to stop. */
  readonly shutdownSeconds: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Language of the notes in every account; by default that of the account's country. */
  readonly noteLanguage: NoteLanguage | undefined;
}

export type NoteLanguage = 'en' | 'es' | 'pt' | 'tr' | 'id' | 'ru';

export type ChatServiceConfig =
  | { readonly name: 'demo'; readonly url: string; readonly apiKey: string }
  | {
      readonly name: 'twilio';
      readonly accountSid: string;
      readonly authToken: string;
      /** Either a number of ours or a messaging service (`MG…`). */
      readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
      readonly apiUrl: string;
    };

/** A chat service that accounts connect themselves, with what our app there is known by. */
export type ConnectableConfig =
  | {
      readonly name: 'demo';
      readonly url: string;
      /** Of our app at the service. */
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | { readonly name: 'twilio'; readonly apiUrl: string }
  /** A server of ours with a session for each channel. */
  | { readonly name: 'waha'; readonly url: string; readonly apiKey: string }
  | {
      readonly name: 'whatsapp-cloud';
      readonly appId: string;
      readonly appSecret: string;
      /** Of Meta's embedded sign-up. */
      readonly configId: string;
      /** What Meta's question about our address has to hold. */
      readonly verifyToken: string;
      /** Where Meta's API is, as `https://graph.facebook.com`. */
      readonly graphUrl: string;
      /** Where its consent page is, as `https://www.facebook.com`. */
      readonly dialogUrl: string;
    };

/** A chats channel as support registers it, one for each platform (`platform/server.md §6.1`). */
export interface ChatsChannel {
  readonly platform: Platform;
  readonly id: string;
  readonly secret: string;
}

/** A value that comes from the environment and is wrong. */
export interface ConfigFault {
  readonly name: string;
  /** What was expected, what came (never a secret), and what to do. */
  readonly message: string;
}

/** Beside the faults, hints: names that look like ours and are not read. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly hints: readonly ConfigFault[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[]; readonly hints: readonly ConfigFault[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The platform of which a page speaks that cannot know better. */
export function defaultPlatform({ clients }: Pick<Config, 'clients'>): Platform {
  return clients[0]?.platform ?? 'kommo';
}
