import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Config } from '../../../src/backend/index.js';
import type { ApiMessage, MessagePage } from '../../../src/contract/messages-api.js';
import { expireAccessTokens } from '../../../src/sandbox/account/oauth/access-token.js';
import { disconnectIntegration } from '../../../src/sandbox/account/oauth/disconnect.js';
import { issueCode } from '../../../src/sandbox/account/oauth/grants.js';
import { registerIntegration } from '../../../src/sandbox/account/oauth/integrations.js';
import { type DemoChatOptions, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import type { PhoneFault } from '../../../src/sandbox/phone-wire.js';
import { httpBuildQuery, type PhpValue } from '../../kommo/hook/support/php-form.js';

export const clientId = '0a1b2c3d-1111-4222-8333-444455556666';
export const clientSecret = 'client-secret-of-the-tests-not-real';
export const hookSecret = 'hook-secret-of-the-tests-not-real';

/** The one configuration that differs from test to test in these only. */
export type ConfigChanges = Partial<Config> & Pick<Config, 'publicUrl' | 'port'>;

export interface HookFields {
  readonly message: string;
  readonly leadId: number;
  readonly onlyMain?: boolean;
  /** Unix seconds; the present ones unless given. */
  readonly time?: number;
  readonly type?: number;
  readonly elementType?: 2 | 12;
}

export interface FeedNote {
  readonly id: number;
  readonly note_type: string;
  readonly params: { readonly text: string; readonly service: string };
}

/** An account in the sandbox that has our integration, by a long-lived token. */
export interface MessengerAccount {
  readonly origin: string;
  readonly token: string;
  readonly accountId: number;
  readonly apiKey: string;
  readonly chatUrl: string;
  /** What the demo service opens to whoever knows an id and its secret. */
  readonly chatAccounts: readonly { readonly id: string; readonly name: string; readonly secret: string }[];
  /** Of the user who is signed in: an administrator. */
  readonly userId: number;
  config(changes: ConfigChanges): Config;
  /** A new contact's id. */
  addContact(contact?: { name?: string; phones?: readonly string[] }): Promise<number>;
  /** A new lead's id; the first of the contacts is the main one. */
  addLead(lead?: { name?: string; contacts?: readonly number[] }): Promise<number>;
  /** As many leads with a contact each, whose phone numbers nobody else has. */
  addLeads(count: number): Promise<number[]>;
  /** The fields of a hook of the digital pipeline, as the platform sends them (`platform/server.md §3.2`). */
  hook(fields: HookFields): { readonly [key: string]: PhpValue };
  /** What the phones have got, the oldest first. */
  taken(): Promise<readonly { readonly id: string; readonly to: string; readonly text: string }[]>;
  /** The backend's notes in the lead's feed. */
  notes(leadId: number): Promise<readonly FeedNote[]>;
  phoneFaults(...faults: readonly Partial<PhoneFault>[]): Promise<void>;
  /** `GET /messages` of the backend, all pages, asked from the account's page at `origin`. */
  outcomes(
    backend: { readonly url: string },
    options?: { leadId?: number; origin?: string },
  ): Promise<ApiMessage[]>;
  /** A call of the backend's API from the account's page, by the user who is signed in; its JSON. */
  call(backend: { readonly url: string }, method: string, path: string, body?: unknown): Promise<unknown>;
  /** One of the doors of the sandbox, as `/sandbox/phone/write`; its JSON. */
  door(method: string, path: string, body?: unknown): Promise<unknown>;
  /** A call of API v4. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** A code for `/oauth/callback`. */
  code(): string;
  /** Lets every access token run out now. */
  expireAccessTokens(): void;
  /** All tokens that the account has given out. */
  tokens(): string[];
  /** As an administrator disconnects the integration: its tokens are void, and `/oauth/uninstalled` is called. */
  disconnect(): Promise<void>;
  close(): Promise<void>;
}

export async function openMessengerAccount({
  demoChat = { deliveredAfterMs: 20 },
  publicUrl = 'http://127.0.0.1:9',
  chatsChannels = [],
}: {
  demoChat?: DemoChatOptions;
  publicUrl?: string;
  chatsChannels?: NonNullable<SandboxOptions['chatsChannels']>;
} = {}): Promise<MessengerAccount> {
  const sandbox = await startSandbox({
    widgets: [],
    hostFiles: Promise.resolve({ script: '', styles: '', phone: '' }),
    requestsPerSecond: Infinity,
    demoChat,
    chatsChannels,
  });
  const { context } = sandbox.server;
  const registered = registerIntegration(context, {
    name: 'Messenger',
    redirect_uri: `${publicUrl}/oauth/callback`,
    access_disabled_uri: `${publicUrl}/oauth/uninstalled`,
    client_uuid: clientId,
    client_secret: clientSecret,
  });
  if (!registered.ok) throw new Error(registered.problems.join(' '));
  const { integration } = registered;
  integration.is_installed = true;

  const door = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Origin: sandbox.url },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { token } = (await door('POST', `/sandbox/integrations/${clientId}/long-lived-token`, {
    days: 1,
  })) as { token: string };

  const api = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.url}/api/v4${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const add = async (collection: string, items: readonly unknown[]): Promise<number[]> => {
    const answer = (await api('POST', `/${collection}`, items)) as {
      _embedded: Record<string, { id: number }[]>;
    };
    return (answer._embedded[collection] ?? []).map(({ id }) => id);
  };
  let lastNumber = 0;
  // Of the range for fiction.
  const nextNumber = (): string => `+1201555${String(++lastNumber).padStart(4, '0')}`;
  const contact = ({
    name = 'Contact',
    phones = [nextNumber()],
  }: {
    name?: string;
    phones?: readonly string[];
  }): unknown => ({
    name,
    custom_fields_values:
      phones.length === 0
        ? null
        : [{ field_code: 'PHONE', values: phones.map((value) => ({ value, enum_code: 'WORK' })) }],
  });
  const lead = (name: string, contacts: readonly number[]): unknown => ({
    name,
    _embedded: { contacts: contacts.map((id, place) => ({ id, is_main: place === 0 })) },
  });
  const first = (ids: readonly number[]): number => {
    const [id] = ids;
    if (id === undefined) throw new Error('Nothing was added.');
    return id;
  };
  const oneTimeToken = (publicUrl: string, origin: string): Promise<string> =>
    new SignJWT({
      iss: origin,
      aud: publicUrl,
      jti: randomUUID(),
      account_id: context.account.id,
      user_id: context.currentUserId(),
      client_uuid: clientId,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('30m')
      .sign(new TextEncoder().encode(clientSecret));

  return {
    origin: sandbox.url,
    token,
    accountId: context.account.id,
    apiKey: sandbox.demoChat.apiKey,
    chatUrl: sandbox.demoChat.url,
    chatAccounts: sandbox.demoChat.accounts,
    userId: context.currentUserId(),
    config: (changes) => ({
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: 'memory://',
      sealingKeys: [{ id: 'first', key: Buffer.alloc(32, 1) }],
      hookSecrets: [hookSecret],
      clients: [{ platform: 'kommo', id: clientId, secrets: [clientSecret] }],
      longLived: { origin: sandbox.url, token },
      localAccounts: [sandbox.url],
      chatService: { name: 'demo', ...sandbox.demoChat },
      apiRequestsPerSecond: Infinity,
      connectable: [],
      chatsChannels: [],
      oneTimeTokens: 'once',
      repeatMinutes: 10,
      attempts: 8,
      retrySeconds: 0.1,
      concurrency: 16,
      leaseSeconds: 2,
      retentionDays: 90,
      shutdownSeconds: 5,
      logLevel: 'warn',
      noteLanguage: 'en',
      ...changes,
    }),
    async call({ url }, method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          'X-Auth-Token': await oneTimeToken(url, sandbox.url),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as unknown;
    },
    door,
    api,
    addContact: async (given = {}) => first(await add('contacts', [contact(given)])),
    addLead: async ({ name = 'Lead', contacts = [] } = {}) =>
      first(await add('leads', [lead(name, contacts)])),
    async addLeads(count) {
      const contacts = await add(
        'contacts',
        Array.from({ length: count }, () => contact({})),
      );
      return add(
        'leads',
        contacts.map((id) => lead('Lead', [id])),
      );
    },
    hook: ({ message, leadId, onlyMain = false, time, type = 14, elementType = 2 }) => ({
      event: {
        type,
        data: { id: leadId, element_type: elementType, status_id: 142, pipeline_id: 1 },
        time: time ?? Math.floor(Date.now() / 1000),
      },
      action: { settings: { widget: { settings: { message, ...(onlyMain && { only_main: 'on' }) } } } },
      subdomain: context.account.subdomain,
      account_id: context.account.id,
    }),
    async taken() {
      const response = await fetch(`${sandbox.demoChat.url}/messages?limit=10000`, {
        headers: { Authorization: `Bearer ${sandbox.demoChat.apiKey}` },
      });
      return ((await response.json()) as { id: string; to: string; text: string }[]).reverse();
    },
    async notes(leadId) {
      const answer = (await api(
        'GET',
        `/leads/${leadId}/notes?limit=250&filter[note_type]=extended_service_message`,
      )) as { _embedded: { notes: FeedNote[] } } | undefined;
      return answer?._embedded.notes ?? [];
    },
    async phoneFaults(...faults) {
      await door('PATCH', '/sandbox/phone/settings', { faults: faults.map((one) => ({ to: null, ...one })) });
    },
    async outcomes({ url }, { leadId, origin = sandbox.url } = {}) {
      const found: ApiMessage[] = [];
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({
          limit: '250',
          ...(leadId !== undefined && { element_type: '2', element_id: String(leadId) }),
          ...(cursor !== null && { cursor }),
        });
        const response = await fetch(`${url}/messages?${query.toString()}`, {
          headers: { 'X-Auth-Token': await oneTimeToken(url, origin) },
        });
        if (!response.ok) throw new Error(`GET /messages: ${response.status} ${await response.text()}`);
        const page = (await response.json()) as MessagePage;
        found.push(...page.messages);
        cursor = page.next_cursor;
      } while (cursor !== null);
      return found;
    },
    code: () => issueCode(context, integration, context.currentUserId()),
    expireAccessTokens() {
      expireAccessTokens(context, clientId);
    },
    tokens: () => [...context.account.access_tokens.keys(), ...context.account.refresh_tokens.keys()],
    async disconnect() {
      await disconnectIntegration(context, integration);
    },
    close: () => sandbox.close(),
  };
}

/** Sends a body to the backend's public door for hooks, as a form unless it is a text already. */
export async function sendHook(
  { url }: { readonly url: string },
  body: string | { readonly [key: string]: PhpValue },
  {
    contentType = 'application/x-www-form-urlencoded',
    signal,
  }: { contentType?: string; signal?: AbortSignal } = {},
): Promise<{ readonly status: number; readonly result: string | undefined }> {
  const response = await fetch(`${url}/hooks/digital-pipeline/${hookSecret}`, {
    method: 'POST',
    headers: { 'Content-Type': contentType },
    body: typeof body === 'string' ? body : httpBuildQuery(body),
    ...(signal && { signal }),
  });
  const answer = (await response.json()) as { result?: string };
  return { status: response.status, result: answer.result };
}
