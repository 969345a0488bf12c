import { exchangeCode, refreshTokens, verifyRefreshToken } from './grants.js';
import { isSecretOf } from './integrations.js';
import { flavourFacts } from './flavour.js';
import { OAuthProblem, problemBody } from './problem.js';
import { textField } from './fields.js';
import type { FastifyInstance } from 'fastify';
import type { AccessTokenSigner } from './access-token.js';
import type { TokenPair } from './grants.js';
import type { AccountContext } from '../context.js';
import type { Integration } from '../state.js';

/**
 * `POST /oauth2/access_token`, and where the account is: `GET /oauth2/account/current/subdomain` with a refresh token,
 * the older `GET /oauth2/account/subdomain` with an access token (`platform/server.md §1.2`, `§1.7`).
 */
export function tokenEndpoint(
  app: FastifyInstance,
  context: AccountContext,
  signer: AccessTokenSigner,
): void {
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const problem = asProblem(error);
    if (problem === undefined) throw error;
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send(problemBody(problem, context.account.flavour));
  });

  app.post('/oauth2/access_token', async (request): Promise<TokenPair> => {
    // Only JSON is documented; whether forms are taken as well is not known.
    if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
      throw new OAuthProblem('A body of type application/json was expected.');
    }
    return grant(context, signer, request.body);
  });

  app.get('/oauth2/account/current/subdomain', (request, reply) => {
    const token = request.headers['x-refresh-token'];
    if (typeof token !== 'string' || verifyRefreshToken(context, token) === undefined) {
      throw new OAuthProblem('A valid refresh token was expected in header X-Refresh-Token.', {
        status: 401,
      });
    }
    return reply.send(place(context));
  });

  app.get('/oauth2/account/subdomain', async (request, reply) => {
    const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    if ((await context.verifyAccessToken(token)) === undefined) {
      throw new OAuthProblem('A valid access token was expected in header Authorization.', { status: 401 });
    }
    return reply.send(place(context));
  });
}

function place({ account, url }: AccountContext) {
  const { id, subdomain, flavour } = account;
  const { top_level_domain } = flavourFacts[flavour];
  return { id, subdomain, domain: new URL(url).host, top_level_domain };
}

async function grant(context: AccountContext, signer: AccessTokenSigner, body: unknown): Promise<TokenPair> {
  const integration = client(context, body);
  const type = required(body, 'grant_type');
  switch (type) {
    case 'authorization_code':
      return exchangeCode(context, signer, integration, required(body, 'code'));
    case 'refresh_token':
      return refreshTokens(context, signer, integration, required(body, 'refresh_token'));
    default:
      throw new OAuthProblem(
        `A grant_type of authorization_code or refresh_token was expected, not "${type.slice(0, 80)}".`,
      );
  }
}

function client(context: AccountContext, body: unknown): Integration {
  const integration = context.account.integrations.get(required(body, 'client_id'));
  if (integration === undefined || !isSecretOf(integration, required(body, 'client_secret'))) {
    throw new OAuthProblem('The client_id or the client_secret is wrong.', { status: 401 });
  }
  if (required(body, 'redirect_uri') !== integration.redirect_uri) {
    throw new OAuthProblem("The redirect_uri must be the integration's own, to the letter.");
  }
  return integration;
}

function required(body: unknown, field: string): string {
  const value = textField(body, field);
  if (value === undefined || value === '') throw new OAuthProblem(`A text was expected in field ${field}.`);
  return value;
}

/** The framework's own refusals, such as broken JSON, in the same form. */
function asProblem(error: Error & { statusCode?: number }): OAuthProblem | undefined {
  if (error instanceof OAuthProblem) return error;
  const { statusCode = 500 } = error;
  return statusCode >= 400 && statusCode < 500 ? new OAuthProblem(error.message) : undefined;
}
