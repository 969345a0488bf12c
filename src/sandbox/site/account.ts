import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import type { AccountServer } from '../account/server.js';
import { inputOf, refuse, textOf } from './input.js';
import type { SiteState } from './state.js';

/**
 * `PATCH /sandbox/account` with `{ subdomain }` renames the account, as its owner does in the settings, and answers
 * `{ subdomain, url }`: with the name it gets another address (`platform/server.md §1.7`).
 */
export function account(
  room: FastifyInstance,
  context: AccountContext,
  site: Pick<SiteState, 'tell'>,
  { server }: { server: () => AccountServer | undefined },
): void {
  room.patch('/sandbox/account', async (request, reply) => {
    const subdomain = textOf(inputOf(request.body), 'subdomain');
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(subdomain)) {
      refuse('subdomain', 'a name of a-z, 0-9 and hyphens', subdomain);
    }
    await server()?.rename(subdomain);
    site.tell({ kind: 'reload' });
    return reply.send({ subdomain, url: context.url });
  });
}
