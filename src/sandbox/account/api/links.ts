import { callerOf } from './caller.js';
import { readItems } from './fields.js';
import { sendAll } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, numbersOf } from './query.js';
import { linkEntities, store, unlinkEntities } from '../changes.js';
import { linksOf } from '../links.js';
import { mayTouch } from '../rights.js';
import { entityTypes } from '../state.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { EntityType } from '../state.js';

interface ById {
  Params: { id: string };
}

/**
 * Reading and writing of links (`platform/server.md §5.5`): the main contact is read as `main_contact` and
 * written as `is_main`. An entity without links answers 204; whether the platform sends an empty list is unknown.
 */
export function links(app: FastifyInstance, context: AccountContext): void {
  for (const type of entityTypes) {
    app.get<ById>(`/${type}/:id(^\\d+$)/links`, (request, reply) => {
      callerOf(request);
      const { id } = found(context, type, request.params.id);
      sendAll(context, request, reply, 'links', [...linksOf(context.account, type, id)]);
    });

    app.get<{ Querystring: Query }>(`/${type}/links`, (request, reply) => {
      callerOf(request);
      const ids = numbersOf(filterOf(request.query)['entity_id'], 'filter[entity_id]');
      if (!ids) throw new Problem(400, 'filter[entity_id] is required.');
      const all = ids.flatMap((id) =>
        linksOf(context.account, type, id).map((one) => ({ entity_id: id, entity_type: type, ...one })),
      );
      sendAll(context, request, reply, 'links', all);
    });

    app.post<ById>(`/${type}/:id(^\\d+$)/link`, (request, reply) => {
      const { from, wanted, by } = read(context, type, request);
      for (const { to, isMain } of wanted) linkEntities(context, from, to, { by, isMain });
      const now = linksOf(context.account, ...from).filter((one) =>
        wanted.some(({ to }) => to[0] === one.to_entity_type && to[1] === one.to_entity_id),
      );
      const written = now.map((one) => ({ entity_id: from[1], entity_type: type, ...one }));
      sendAll(context, request, reply, 'links', written);
    });

    app.post<ById>(`/${type}/:id(^\\d+$)/unlink`, (request, reply) => {
      const { from, wanted, by } = read(context, type, request);
      for (const { to } of wanted) unlinkEntities(context, from, to, { by });
      void reply.code(204).send();
    });
  }
}

function read(context: AccountContext, type: EntityType, request: FastifyRequest<ById>) {
  const { user } = callerOf(request);
  const entity = found(context, type, request.params.id);
  if (!mayTouch(context.account, user, type, 'edit', entity)) {
    throw new Problem(403, `This user must not change these ${type}.`);
  }
  const wanted = readItems(request.body, ({ fields }) => {
    fields.require('to_entity_id');
    fields.require('to_entity_type');
    const toType = fields.choice('to_entity_type', entityTypes) ?? 'contacts';
    const toId = fields.whole('to_entity_id') ?? 0;
    if (toType === type) fields.fail('to_entity_type', 'NotSupportedChoice', 'These cannot be linked.');
    if (!store(context.account, toType).has(toId)) {
      fields.fail('to_entity_id', 'NotSupportedChoice', 'There is no such entity.');
    }
    const metadata = fields.isNull('metadata') ? undefined : fields.object('metadata');
    return { to: [toType, toId] as const, isMain: metadata?.flag('is_main') ?? false };
  });
  return { from: [type, entity.id] as const, wanted, by: user.id };
}

function found(context: AccountContext, type: EntityType, id: string) {
  const entity = store(context.account, type).get(Number(id));
  if (!entity || entity.is_deleted) throw new Problem(404, `There is no ${type} ${id}.`);
  return entity;
}
