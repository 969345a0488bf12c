import { isSessionCall } from '../oauth/own-page.js';
import { Problem } from './problem.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccountContext, TokenBearer } from '../context.js';
import type { User } from '../state.js';

/** On whose behalf a call is made. */
export interface Caller {
  readonly user: User;
  /** Empty for a page of the account: its calls are no integration's. */
  readonly client_uuid: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/**
 * Lets calls with a valid access token and those of the account's own pages through: 401 without either, 402 while the
 * subscription has lapsed, 403 while the account is blocked (`platform/server.md §5.1`), or to a token without the
 * scope of the account's data (`§1.9`; with which status the platform refuses that is not known). An administrator's token may act for another user with
 * `X-Context-User-ID`; a user that is missing or free is refused.
 */
export function requireCaller(app: FastifyInstance, context: AccountContext): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const bearer = await bearerOf(request, context);
    const owner = bearer && context.account.users.get(bearer.user_id);
    if (!bearer || !owner) {
      throw new Problem(401, 'The access token is missing, expired or revoked.');
    }
    if (context.account.access === 'lapsed') throw new Problem(402, 'The account is not paid for.');
    if (context.account.access === 'blocked') throw new Problem(403, 'The account is blocked.');
    if (!bearer.scopes.includes('crm')) {
      throw new Problem(403, 'The access token was not granted the account data (scope crm).');
    }
    request.caller = { user: actingUser(request, context, owner), client_uuid: bearer.client_uuid };
  });
}

/** The caller of a request that {@link requireCaller} let through. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Problem(401, 'The access token is missing, expired or revoked.');
  return request.caller;
}

/** The caller, who must be an administrator: 403 otherwise. */
export function adminOf(request: FastifyRequest): Caller {
  const caller = callerOf(request);
  if (!caller.user.rights.is_admin) throw new Problem(403, 'Only an administrator may call this method.');
  return caller;
}

async function bearerOf(request: FastifyRequest, context: AccountContext): Promise<TokenBearer | undefined> {
  if (isSessionCall(request)) return { user_id: context.currentUserId(), client_uuid: '', scopes: ['crm'] };
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : context.verifyAccessToken(token);
}

function actingUser(request: FastifyRequest, { account }: AccountContext, owner: User): User {
  const header = request.headers['x-context-user-id'];
  if (header === undefined) return owner;
  const user = account.users.get(Number(header));
  if (!owner.rights.is_admin || !user || user.rights.is_free) {
    throw new Problem(403, 'This token cannot act for the user named in X-Context-User-ID.');
  }
  return user;
}
