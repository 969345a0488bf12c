import { callerOf } from './caller.js';
import { readComplex, writeComplex } from './complex.js';
import { firstStage, mainPipeline } from './entity-write.js';
import { isRecord, readItem, readItems } from './fields.js';
import { requestLink, selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, numbersOf, stringsOf } from './query.js';
import { nowSeconds } from '../context.js';
import { acceptUnsorted, addUnsorted, declineUnsorted } from '../unsorted.js';
import type { FastifyInstance } from 'fastify';
import type { Item } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { Unsorted, User } from '../state.js';

interface ByUid {
  Params: { uid: string };
}

/** What the metadata of each kind must have: all that the older documentation calls mandatory (§5.10). */
const metadataOf = {
  sip: { text: ['uniq', 'service_code', 'from'], whole: ['duration', 'called_at'], any: ['phone', 'link'] },
  forms: { text: ['form_id', 'form_name', 'form_page', 'ip'], whole: ['form_sent_at'], any: [] },
} as const;

/**
 * Incoming leads (`platform/server.md §5.10`). The mandatory metadata of a form are not sourced beyond "the same
 * shape": those asked for here are the strictest reading.
 */
export function unsorted(app: FastifyInstance, context: AccountContext): void {
  for (const category of ['sip', 'forms'] as const) {
    app.post(`/leads/unsorted/${category}`, (request, reply) => {
      const { user } = callerOf(request);
      requireUnsorted(context);
      const plans = readItems(request.body, (item) => read(context, item, category, user));
      const added = plans.map(({ request_id, ...plan }) => {
        const { lead, contacts, companies } = writeComplex(context, plan.complex, user, { silent: true });
        const one = addUnsorted(context, {
          ...plan.draft,
          lead_ids: [lead],
          contact_ids: contacts,
          company_ids: companies,
          by: user.id,
        });
        return { ...view(context, one), request_id };
      });
      sendHal(reply, {
        _total_items: added.length,
        _links: requestLink(context, request),
        _embedded: { unsorted: added },
      });
    });
  }

  app.get<{ Querystring: Query }>('/leads/unsorted', (request, reply) => {
    callerOf(request);
    const filter = filterOf(request.query);
    const uids = stringsOf(filter['uid']);
    const categories = stringsOf(filter['category']);
    const pipelines = numbersOf(filter['pipeline_id'], 'filter[pipeline_id]');
    const items = [...context.account.unsorted.values()].filter(
      (one) =>
        (!uids || uids.includes(one.uid)) &&
        (!categories || categories.includes(one.category)) &&
        (!pipelines || pipelines.includes(one.pipeline_id)),
    );
    sendPage(context, request, reply, { name: 'unsorted', items, print: (one) => view(context, one) });
  });

  app.get<ByUid>('/leads/unsorted/:uid', (request, reply) => {
    callerOf(request);
    const one = context.account.unsorted.get(request.params.uid);
    if (one) sendHal(reply, view(context, one));
    else sendNothing(reply);
  });

  app.post<ByUid>('/leads/unsorted/:uid/accept', (request, reply) => {
    const { user } = callerOf(request);
    const one = found(context, request.params.uid);
    const { userId, statusId } = readDecision(context, request.body, one, user);
    acceptUnsorted(context, one, { userId, statusId, by: user.id });
    sendHal(reply, view(context, one));
  });

  app.delete<ByUid>('/leads/unsorted/:uid/decline', (request, reply) => {
    const { user } = callerOf(request);
    const one = found(context, request.params.uid);
    declineUnsorted(context, one, { by: readDecision(context, request.body, one, user).userId });
    sendHal(reply, view(context, one));
  });
}

function requireUnsorted({ account }: AccountContext): void {
  if (!account.is_unsorted_on) throw new Problem(403, 'Incoming leads are switched off in this account.');
}

function found({ account }: AccountContext, uid: string): Unsorted {
  const one = account.unsorted.get(uid);
  if (!one) throw new Problem(404, `There is no incoming lead ${uid}.`);
  return one;
}

function read(context: AccountContext, { request_id, fields }: Item, category: 'sip' | 'forms', user: User) {
  for (const name of ['source_name', 'source_uid', 'metadata', '_embedded']) fields.require(name);
  const { pipelines } = context.account;
  const pipelineId = fields.whole('pipeline_id') ?? mainPipeline(pipelines).id;
  const stage = pipelines.get(pipelineId)?.statuses.find(({ type }) => type === 1);
  if (!stage) fields.fail('pipeline_id', 'NotSupportedChoice', 'This pipeline takes no incoming leads.');

  const metadata = fields.object('metadata');
  for (const name of metadataOf[category].text) {
    metadata?.require(name);
    metadata?.text(name);
  }
  for (const name of metadataOf[category].whole) {
    metadata?.require(name);
    metadata?.whole(name);
  }
  for (const name of metadataOf[category].any) metadata?.require(name);

  const embedded = fields.object('_embedded');
  const lead = embedded?.list('leads')?.[0];
  const complex = readComplex(context, (lead ?? fields).adopting(embedded, ['contacts', 'companies']), user);
  const stored = fields.raw('metadata');
  return {
    request_id,
    complex: {
      ...complex,
      lead: {
        ...complex.lead,
        patch: { ...complex.lead.patch, pipeline_id: pipelineId, status_id: stage?.id ?? 0 },
      },
    },
    draft: {
      category,
      source_name: fields.text('source_name') ?? null,
      source_uid: fields.text('source_uid') ?? null,
      pipeline_id: pipelineId,
      created_at: fields.whole('created_at') ?? nowSeconds(context),
      metadata: isRecord(stored) ? stored : {},
    },
  };
}

function readDecision({ account }: AccountContext, body: unknown, { pipeline_id }: Unsorted, user: User) {
  return readItem(body ?? {}, ({ fields }) => {
    const userId = fields.whole('user_id') ?? user.id;
    // 0 stands for no user in the platform's own clients.
    if (userId !== 0 && !account.users.has(userId)) {
      fields.fail('user_id', 'NotSupportedChoice', 'There is no such user.');
    }
    const pipeline = account.pipelines.get(pipeline_id) ?? mainPipeline(account.pipelines);
    const statusId = fields.whole('status_id') ?? firstStage(pipeline);
    const target = [...account.pipelines.values()].some(({ statuses }) =>
      statuses.some(({ id, type }) => id === statusId && type === 0),
    );
    if (!target) fields.fail('status_id', 'NotSupportedChoice', 'There is no such stage.');
    return { userId, statusId };
  });
}

function view(context: AccountContext, { lead_ids, contact_ids, company_ids, ...one }: Unsorted): object {
  const linked = (type: string, ids: readonly number[]) =>
    ids.map((id) => ({ id, _links: selfLink(context, `/${type}/${id}`) }));
  return {
    ...one,
    _links: selfLink(context, `/leads/unsorted/${one.uid}`),
    _embedded: {
      leads: linked('leads', lead_ids),
      contacts: linked('contacts', contact_ids),
      companies: linked('companies', company_ids),
    },
  };
}
