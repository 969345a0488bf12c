import { callerOf } from './caller.js';
import { selfLink, sendAll, sendHal, sendNothing, sendPage } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, numbersOf, rangeOf, stringsOf } from './query.js';
import { historyTypes } from '../history.js';
import type { FastifyInstance } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { HistoryEvent } from '../state.js';

/** How many values the filters of authors and entities take (`platform/server.md §5.7`). */
const mostFilterValues = 10;

/** The account's history, newest first (`platform/server.md §5.7`). Filters by value are not built. */
export function events(app: FastifyInstance, context: AccountContext): void {
  const view = (event: HistoryEvent) => ({ ...event, _links: selfLink(context, `/events/${event.id}`) });

  app.get('/events/types', (request, reply) => {
    callerOf(request);
    sendAll(context, request, reply, 'events_types', [...historyTypes]);
  });

  app.get<{ Params: { id: string } }>('/events/:id', (request, reply) => {
    callerOf(request);
    const event = context.account.events.find(({ id }) => id === request.params.id);
    if (event) sendHal(reply, view(event));
    else sendNothing(reply);
  });

  app.get<{ Querystring: Query }>('/events', (request, reply) => {
    callerOf(request);
    sendPage(context, request, reply, {
      name: 'events',
      items: listEvents(context, request.query),
      print: view,
      most: 100,
    });
  });
}

function listEvents({ account }: AccountContext, query: Query): HistoryEvent[] {
  const filter = filterOf(query);
  const created = rangeOf(filter['created_at'], 'filter[created_at]');
  const authors = atMost(numbersOf(filter['created_by'], 'filter[created_by]'), 'created_by');
  const entityIds = atMost(numbersOf(filter['entity_id'], 'filter[entity_id]'), 'entity_id');
  const entityTypes = stringsOf(filter['entity'])?.flatMap((names) => names.split(','));
  const types = stringsOf(filter['type'])?.flatMap((names) => names.split(','));
  return account.events
    .filter(
      (event) =>
        (!created || (event.created_at >= created.from && event.created_at <= created.to)) &&
        (!authors || authors.includes(event.created_by)) &&
        (!entityIds || entityIds.includes(event.entity_id)) &&
        (!entityTypes || entityTypes.includes(event.entity_type)) &&
        (!types || types.includes(event.type)),
    )
    .reverse();
}

function atMost(values: number[] | undefined, name: string): number[] | undefined {
  if (values && values.length > mostFilterValues) {
    throw new Problem(400, `filter[${name}] takes at most ${mostFilterValues} values.`);
  }
  return values;
}
