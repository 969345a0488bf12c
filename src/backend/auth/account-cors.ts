import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { disposableToken } from '../../kommo/disposable-token.js';
import type { Config } from '../config.js';
import { accountOrigin } from '../kommo-api/hosts.js';

type Accounts = Pick<Config, 'localAccounts'>;

/** Whether this is the origin of an account: of the platform, or of one on this machine that the configuration names. */
export function isAccountOrigin(origin: string, config: Accounts): boolean {
  return URL.canParse(origin) && accountOrigin(new URL(origin).host, config) === origin;
}

/**
 * Lets pages of accounts call the routes of this scope and read their answers. A preflight has no token, so any
 * account's page passes it; that the page is of the token's account is seen by `authenticate`.
 */
export async function accountCors(
  app: FastifyInstance,
  { config, methods }: { config: Accounts; methods: readonly string[] },
): Promise<void> {
  await app.register(cors, {
    origin: (origin, answer) => {
      answer(null, origin !== undefined && isAccountOrigin(origin, config));
    },
    methods: [...methods],
    allowedHeaders: [disposableToken.header, 'Content-Type'],
    maxAge: 600,
  });
}
