import { createTokenCache } from './token-cache.js';
import { signDisposableToken } from './disposable-token.js';
import { isFromOwnPage } from '../oauth/own-page.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';

/**
 * `GET /ajax/v2/integrations/<client_uuid>/disposable_token` for the account's own pages
 * (`platform/widget.md §3.4`): `{ token }` for the signed-in user.
 *
 * The platform does not say what it answers for an unknown integration, nor whether it asks for the header that
 * widgets send. Here the header is a must. An integration need not be installed yet: a widget may talk to its
 * server from the settings modal before the first save.
 */
export function tokens(app: FastifyInstance, context: AccountContext): void {
  const cached = createTokenCache(context, signDisposableToken);
  app.get<{ Params: { client_uuid: string } }>(
    '/ajax/v2/integrations/:client_uuid/disposable_token',
    async (request, reply) => {
      if (!isFromOwnPage(request) || request.headers['x-requested-with'] !== 'XMLHttpRequest') {
        return reply.code(403).send({ title: 'Forbidden', status: 403 });
      }
      const integration = context.account.integrations.get(request.params.client_uuid);
      if (integration === undefined) return reply.code(404).send({ title: 'Not Found', status: 404 });
      const sign = context.switches.tokenCache ? cached : signDisposableToken;
      const token = await sign(context, integration, context.currentUserId());
      return reply.header('Cache-Control', 'no-store').send({ token });
    },
  );
}
