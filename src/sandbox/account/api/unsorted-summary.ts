import { callerOf } from './caller.js';
import { sendHal } from './hal.js';
import { filterOf, numbersOf, rangeOf, stringsOf } from './query.js';
import type { FastifyInstance } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { UnsortedCategory } from '../state.js';

const categories: readonly UnsortedCategory[] = ['sip', 'mail', 'forms', 'chats'];

/**
 * `GET /leads/unsorted/summary` (RU:crm_platform/unsorted-api): how many incoming leads wait, by category, and how
 * many were accepted and declined in how many seconds on average. A single time in `filter[created_at]` means from
 * then on.
 */
export function unsortedSummary(app: FastifyInstance, context: AccountContext): void {
  app.get<{ Querystring: Query }>('/leads/unsorted/summary', (request, reply) => {
    callerOf(request);
    const { unsorted, settled_unsorted } = context.account;
    const isWanted = filterOfSummary(request.query);
    const waiting = [...unsorted.values()].filter(isWanted);
    const settled = settled_unsorted.filter(isWanted);
    const seconds = settled.reduce((sum, one) => sum + one.settled_at - one.created_at, 0);
    const count = (action: string) => settled.filter((one) => one.action === action).length;
    sendHal(reply, {
      total: waiting.length,
      accepted: count('accept'),
      declined: count('decline'),
      average_sort_time: settled.length === 0 ? 0 : Math.round(seconds / settled.length),
      categories: Object.fromEntries(
        categories.map((category) => [
          category,
          { total: waiting.filter((one) => one.category === category).length },
        ]),
      ),
    });
  });
}

interface Dated {
  readonly uid: string;
  readonly pipeline_id: number;
  readonly created_at: number;
}

function filterOfSummary(query: Query): (one: Dated) => boolean {
  const filter = filterOf(query);
  const uids = stringsOf(filter['uid']);
  const pipelines = numbersOf(filter['pipeline_id'], 'filter[pipeline_id]');
  const created = rangeOf(filter['created_at'], 'filter[created_at]');
  const until = typeof filter['created_at'] === 'string' ? Infinity : created?.to;
  return ({ uid, pipeline_id, created_at }) =>
    (!uids || uids.includes(uid)) &&
    (!pipelines || pipelines.includes(pipeline_id)) &&
    (!created || (created_at >= created.from && created_at <= (until ?? Infinity)));
}
