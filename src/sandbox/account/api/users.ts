import { adminOf } from './caller.js';
import { selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { withOf } from './query.js';
import type { FastifyInstance } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { User } from '../state.js';

/** Users and their rights, for administrators (`platform/server.md §5.12`). */
export function users(app: FastifyInstance, context: AccountContext): void {
  app.get<{ Querystring: Query }>('/users', (request, reply) => {
    adminOf(request);
    const extras = withOf(request.query);
    sendPage(context, request, reply, {
      name: 'users',
      items: [...context.account.users.values()],
      print: (user) => userView(context, user, extras),
      extra: { _total_items: context.account.users.size },
    });
  });

  app.get<{ Params: { id: string }; Querystring: Query }>('/users/:id(^\\d+$)', (request, reply) => {
    adminOf(request);
    const user = context.account.users.get(Number(request.params.id));
    if (user) sendHal(reply, userView(context, user, withOf(request.query)));
    else sendNothing(reply);
  });
}

function userView(context: AccountContext, user: User, extras: ReadonlySet<string>): object {
  const { id, name, email, lang, rights, uuid, amojo_id } = user;
  const { roles, groups } = context.account;
  const embedded = {
    ...(extras.has('role') ? { roles: roles.filter((role) => role.id === rights.role_id) } : {}),
    ...(extras.has('group') ? { groups: groups.filter((group) => group.id === rights.group_id) } : {}),
  };
  return {
    id,
    name,
    email,
    lang,
    rights,
    ...(extras.has('uuid') ? { uuid } : {}),
    ...(extras.has('amojo_id') ? { amojo_id } : {}),
    ...(extras.has('user_rank') ? { user_rank: null } : {}),
    _links: selfLink(context, `/users/${id}`),
    ...(Object.keys(embedded).length === 0 ? {} : { _embedded: embedded }),
  };
}
