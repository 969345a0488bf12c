import Fastify from 'fastify';
import { onTestFinished } from 'vitest';
import { api } from '../../../../../src/sandbox/account/api/index.js';
import { createAccountContext } from '../../../../../src/sandbox/account/account.js';
import { createAccessTokenSigner } from '../../../../../src/sandbox/account/oauth/access-token.js';
import { oauth } from '../../../../../src/sandbox/account/oauth/index.js';
import { registerIntegration } from '../../../../../src/sandbox/account/oauth/integrations.js';
import { tokens } from '../../../../../src/sandbox/account/tokens/index.js';
import { widgets } from '../../../../../src/sandbox/account/widgets/index.js';
import type { AccountContext } from '../../../../../src/sandbox/account/context.js';
import type { NewIntegration } from '../../../../../src/sandbox/account/oauth/integrations.js';
import type { Flavour, Integration } from '../../../../../src/sandbox/account/state.js';

export interface TestAccount {
  readonly context: AccountContext;
  readonly url: string;
  /** Moves the account's clock. */
  pass(seconds: number): void;
  integration(wanted?: Partial<NewIntegration>): Integration;
}

export const start = 1_760_000_000;

/** One for all accounts: making a key pair takes longer than a whole test. */
const signer = createAccessTokenSigner();

/** A seeded account on a free port with OAuth, tokens and widgets, closed after the test. */
export async function startAccount({ flavour = 'kommo' }: { flavour?: Flavour } = {}): Promise<TestAccount> {
  let now = start * 1000;
  const context = createAccountContext({ clock: { now: () => now } });
  context.account.flavour = flavour;
  const app = Fastify();
  oauth(app, context, { signer });
  tokens(app, context);
  widgets(app, context);
  api(app, context, { requestsPerSecond: Infinity });
  context.url = await app.listen({ host: '127.0.0.1', port: 0 });
  context.apiDomain = new URL(context.url).host;
  onTestFinished(() => app.close());
  return {
    context,
    url: context.url,
    pass(seconds) {
      now += seconds * 1000;
    },
    integration(wanted = {}) {
      const registered = registerIntegration(context, {
        name: 'Test integration',
        redirect_uri: 'https://app.example.com/callback',
        ...wanted,
      });
      if (!registered.ok) throw new Error(registered.problems.join('\n'));
      return registered.integration;
    },
  };
}

/** Signs in as a user without an administrator's rights. */
export function signInAsManager({ account }: AccountContext): number {
  const manager = [...account.users.values()].find(({ rights }) => !rights.is_admin && rights.is_active);
  if (manager === undefined) throw new Error('The seeded account has no user who is no administrator.');
  account.current_user_id = manager.id;
  return manager.id;
}

/** Posts fields as a page of the account does. */
export async function post(
  { url }: Pick<TestAccount, 'url'>,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { Origin: url, ...headers },
  });
}

/** Takes a widget off the account as its settings modal does. */
export function uninstall({ url }: Pick<TestAccount, 'url'>, code: string): Promise<Response> {
  return fetch(`${url}/api/v4/widgets/${code}`, {
    method: 'DELETE',
    headers: { Origin: url, 'X-Requested-With': 'XMLHttpRequest' },
  });
}
