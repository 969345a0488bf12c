import { callerOf } from './caller.js';
import { listEntities } from './entity-filter.js';
import { entityView } from './entity-view.js';
import { mayAdd, readEntity, writeChange, writeNew } from './entity-write.js';
import { readItem, readItems } from './fields.js';
import { requestLink, selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { Problem } from './problem.js';
import { withOf } from './query.js';
import { store } from '../changes.js';
import { mayTouch } from '../rights.js';
import { entityTypes } from '../state.js';
import type { FastifyInstance } from 'fastify';
import type { EntityPlan } from './entity-write.js';
import type { Item } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { EntityMap, EntityType, User } from '../state.js';

interface ById {
  Params: { id: string };
  Querystring: Query;
}

/** Reading and writing of leads, contacts, companies and customers (`platform/server.md §5.2`–`§5.4`). */
export function entities(app: FastifyInstance, context: AccountContext): void {
  for (const type of entityTypes) routes(app, context, type);
}

function routes(app: FastifyInstance, context: AccountContext, type: EntityType): void {
  app.get<{ Querystring: Query }>(`/${type}`, (request, reply) => {
    requireFeature(context, type);
    const extras = withOf(request.query);
    sendPage(context, request, reply, {
      name: type,
      items: listEntities(context, type, request.query, callerOf(request).user),
      print: (entity) => entityView(context, type, entity, extras),
    });
  });

  app.get<ById>(`/${type}/:id(^\\d+$)`, (request, reply) => {
    requireFeature(context, type);
    const { user } = callerOf(request);
    const extras = withOf(request.query);
    const entity = store(context.account, type).get(Number(request.params.id));
    const isHidden = entity?.is_deleted === true && !extras.has('only_deleted');
    if (!entity || isHidden || !mayTouch(context.account, user, type, 'view', entity)) {
      sendNothing(reply);
      return;
    }
    sendHal(reply, entityView(context, type, entity, extras));
  });

  app.post(`/${type}`, (request, reply) => {
    requireFeature(context, type);
    const { user } = callerOf(request);
    mayAdd(context, type, user);
    const plans = readItems(request.body, ({ request_id, fields }) => ({
      request_id,
      plan: readEntity(context, type, fields, user),
    }));
    const added = plans.map(({ request_id, plan }) => {
      const { id } = writeNew(context, type, plan, user);
      return { id, request_id, _links: selfLink(context, `/${type}/${id}`) };
    });
    sendHal(reply, { _links: requestLink(context, request), _embedded: { [type]: added } });
  });

  app.patch(`/${type}`, (request, reply) => {
    requireFeature(context, type);
    const { user } = callerOf(request);
    const changes = readItems(request.body, (item) => {
      item.fields.require('id');
      return readChange(context, type, item, user, item.fields.whole('id'));
    });
    const changed = changes.map((change) => apply(context, type, change, user));
    sendHal(reply, { _links: requestLink(context, request), _embedded: { [type]: changed } });
  });

  app.patch<ById>(`/${type}/:id(^\\d+$)`, (request, reply) => {
    requireFeature(context, type);
    const { user } = callerOf(request);
    const id = Number(request.params.id);
    if (!store(context.account, type).has(id)) throw new Problem(404, `There is no ${type} ${id}.`);
    const change = readItem(request.body, (item) => readChange(context, type, item, user, id));
    sendHal(reply, apply(context, type, change, user));
  });
}

/** Customers answer 402 to 426 while they are off; which code is for which mode is known in part only. */
function requireFeature({ account }: AccountContext, type: EntityType): void {
  if (type !== 'customers') return;
  if (account.customers_mode === 'unavailable') throw new Problem(402, 'Customers are not part of the plan.');
  if (account.customers_mode === 'disabled') throw new Problem(425, 'Customers are switched off.');
}

interface Change<T extends EntityType> {
  readonly request_id: string;
  readonly entity: EntityMap[T] | undefined;
  readonly plan: EntityPlan<T>;
}

function readChange<T extends EntityType>(
  context: AccountContext,
  type: T,
  { request_id, fields }: Item,
  user: User,
  id: number | undefined,
): Change<T> {
  const entity = id === undefined ? undefined : store(context.account, type).get(id);
  if (id !== undefined && (!entity || entity.is_deleted)) {
    fields.fail('id', 'NotSupportedChoice', 'There is no such entity.');
  }
  return { request_id, entity, plan: readEntity(context, type, fields, user, entity) };
}

function apply<T extends EntityType>(
  context: AccountContext,
  type: T,
  { request_id, entity, plan }: Change<T>,
  user: User,
): object {
  if (!entity || !mayTouch(context.account, user, type, 'edit', entity)) {
    throw new Problem(403, `This user must not change these ${type}.`);
  }
  writeChange(context, type, entity, plan);
  const { id, updated_at } = entity;
  return { id, updated_at, request_id, _links: selfLink(context, `/${type}/${id}`) };
}
