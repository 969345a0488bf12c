import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Context } from '../../../../src/backend/context.js';
import { readAccount } from '../../../../src/backend/installations/account.js';
import { readClaims } from '../../../../src/backend/installations/claims.js';
import { saveInstallation } from '../../../../src/backend/installations/save.js';
import { installations, type Installation } from '../../../../src/backend/installations/tables.js';
import { requestTokens } from '../../../../src/backend/installations/token-endpoint.js';
import { createHttp } from '../../../../src/backend/kommo-api/http.js';
import { openStore } from '../../../../src/backend/store/open.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { issueCode } from '../../../../src/sandbox/account/oauth/grants.js';
import { registerIntegration } from '../../../../src/sandbox/account/oauth/integrations.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import type { Integration } from '../../../../src/sandbox/account/state.js';
import { createTestPlace, prepareStores } from '../../support/stores.js';
import { clientId, publicUrl, secret } from './context.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index.js';

export { clientId, publicUrl, secret, testConfig, testContext, type TestContext } from './context.js';

/** One store for the tests of a file; a second install there updates the first. */
export function sharedStore(): () => Store {
  prepareStores(['pglite']);
  let store: Store | undefined;
  beforeAll(async () => {
    store = await openStore(await createTestPlace('pglite'));
  }, 120_000);
  afterAll(() => store?.close());
  return () => {
    if (store === undefined) throw new Error('The store is not open yet.');
    return store;
  };
}

export interface TestAccount {
  readonly sandbox: Sandbox;
  readonly context: AccountContext;
  readonly integration: Integration;
  /** A code as the account gives one out. */
  code(): string;
  faults(faults: object): Promise<void>;
}

/** The sandbox as an account with one integration, ours. */
export async function openAccount({
  redirectUri = `${publicUrl}/oauth/callback`,
  disabledUri = null,
  ...options
}: Partial<SandboxOptions> & {
  redirectUri?: string;
  disabledUri?: string | null;
} = {}): Promise<TestAccount> {
  const sandbox = await startSandbox({
    widgets: [],
    hostFiles: Promise.resolve({ script: '', styles: '', phone: '' }),
    requestsPerSecond: Infinity,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const { context } = sandbox.server;
  const registered = registerIntegration(context, {
    name: 'Messenger',
    redirect_uri: redirectUri,
    access_disabled_uri: disabledUri,
    client_uuid: clientId,
    client_secret: secret,
  });
  if (!registered.ok) throw new Error(registered.problems.join(' '));
  const { integration } = registered;
  integration.is_installed = true;
  return {
    sandbox,
    context,
    integration,
    code: () => issueCode(context, integration, context.currentUserId()),
    async faults(faults) {
      const response = await fetch(`${sandbox.url}/sandbox/faults`, {
        method: 'PATCH',
        headers: {
          'Content-Type': 'application/json',
          'X-Requested-With': 'XMLHttpRequest',
          Origin: sandbox.url,
        },
        body: JSON.stringify(faults),
      });
      if (!response.ok) throw new Error(`The faults were answered with ${response.status}.`);
    },
  };
}

/** Installs our integration in the account without the routes; returns its id. */
export async function install(context: Context, account: TestAccount): Promise<string> {
  const http = createHttp();
  const origin = account.context.url;
  const [client] = context.config.clients;
  if (client === undefined) throw new Error('The configuration has no client.');
  const now = (): Date => context.clock.now();
  const pair = await requestTokens(
    origin,
    client,
    { grant_type: 'authorization_code', code: account.code() },
    { config: context.config, http, now },
  );
  const facts = await readAccount(origin, pair.accessToken, { http, now: now() });
  return saveInstallation(context, {
    ...pair,
    platform: client.platform,
    clientId: client.id,
    origin,
    apiDomain: readClaims(pair.accessToken)?.apiDomain,
    ...facts,
    subdomain: facts.subdomain ?? '',
  });
}

export async function rowOf({ store }: Pick<Context, 'store'>, id: string): Promise<Installation> {
  const [row] = await store.db.select().from(installations).where(eq(installations.id, id));
  if (row === undefined) throw new Error('The installation is not there.');
  return row;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A small server in the place of an account that does what the sandbox cannot; returns its origin. */
export async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      handler(request, response, Buffer.concat(chunks).toString('utf8'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
