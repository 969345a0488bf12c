import { createAccessTokenSigner } from './access-token.js';
import { consent } from './consent.js';
import { tokenEndpoint } from './token-endpoint.js';
import type { FastifyInstance } from 'fastify';
import type { AccessTokenSigner } from './access-token.js';
import type { AccountContext } from '../context.js';

/** OAuth 2.0 as `platform/server.md §1` describes it: consent, tokens, and the account's current address. */
export function oauth(
  app: FastifyInstance,
  context: AccountContext,
  { signer = createAccessTokenSigner() }: { signer?: AccessTokenSigner } = {},
): void {
  // In rooms of their own: the token endpoint's error bodies are not those of the rest.
  app.register((room, _options, done) => {
    consent(room, context);
    done();
  });
  app.register((room, _options, done) => {
    tokenEndpoint(room, context, signer);
    done();
  });
}
