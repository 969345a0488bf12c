import { createAccountServer } from '../../../../src/sandbox/account/server.js';
import { seedIds } from '../../../../src/sandbox/account/seed.js';
import type { AnyAccountEvent } from '../../../../src/sandbox/account/bus.js';
import type { AccountServer, AccountServerOptions } from '../../../../src/sandbox/account/server.js';

/** The users of the demo account. */
export const users = {
  admin: seedIds.user,
  manager: seedIds.user + 1,
  restricted: seedIds.user + 2,
} as const;

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  /** The parsed body; undefined when it is empty. */
  // Answers are JSON of many shapes, which the tests read by path.
  readonly body: Json;
}

export type Json = { readonly [name: string]: Json } & readonly Json[];

export interface OpenAccount extends AccountServer {
  readonly events: AnyAccountEvent[];
  /** Names of what was told on the bus. */
  told(): string[];
  moveClock(milliseconds: number): void;
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { user?: number; client?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
}

export const clientUuid = '0a1b2c3d-1111-4222-8333-444455556666';

/** The demo account, served, with a clock of its own and a token for every user. The rate limit is lifted. */
export async function openAccount(options: AccountServerOptions = {}): Promise<OpenAccount> {
  let now = 1_760_000_000_000;
  const server = await createAccountServer({
    requestsPerSecond: Infinity,
    clock: { now: () => now },
    ...options,
  });
  const events: AnyAccountEvent[] = [];
  server.context.bus.onAny((event) => events.push(event));
  return {
    ...server,
    events,
    told: () => events.map(({ name }) => name),
    moveClock: (milliseconds) => {
      now += milliseconds;
    },
    async call(method, path, body, { user = users.admin, client = clientUuid, headers = {} } = {}) {
      const token = `${client}/${user}`;
      server.context.account.access_tokens.set(token, {
        token,
        client_uuid: client,
        user_id: user,
        scopes: ['crm'],
        expires_at: now / 1000 + 86_400,
        is_revoked: false,
      });
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        text,
        body: (text === '' ? undefined : JSON.parse(text)) as Json,
      };
    },
  };
}
