import { adminOf } from './caller.js';
import { readItem, readItems } from './fields.js';
import { requestLink, selfLink, sendAll, sendHal, sendNothing } from './hal.js';
import { mainPipeline } from './entity-write.js';
import { Problem } from './problem.js';
import { filterOf, stringsOf } from './query.js';
import type { FastifyInstance } from 'fastify';
import type { Caller } from './caller.js';
import type { Fields, Item } from './fields.js';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { Source } from '../state.js';

const most = { inRequest: 50, active: 100 } as const;

interface ById {
  Params: { id: string };
}

/**
 * Sources of an integration (`platform/server.md §5.11`): for administrators, only the integration's own, and only
 * when its widget names the location `lead_sources`. The account's own pages see those of all integrations.
 */
export function sources(app: FastifyInstance, context: AccountContext): void {
  const view = (source: Source) => ({
    id: source.id,
    name: source.name,
    pipeline_id: source.pipeline_id,
    external_id: source.external_id,
    default: source.default,
    origin_code: source.origin_code,
    services: source.services,
    _links: selfLink(context, `/sources/${source.id}`),
  });
  const own = ({ client_uuid }: Caller) =>
    [...context.account.sources.values()].filter(
      (source) => client_uuid === '' || source.client_uuid === client_uuid,
    );
  const find = (caller: Caller, id: number) => own(caller).find((source) => source.id === id);

  app.get<{ Querystring: Query }>('/sources', (request, reply) => {
    const caller = allowed(context, adminOf(request));
    const externalIds = stringsOf(filterOf(request.query)['external_id']);
    const found = own(caller).filter((source) => !externalIds || externalIds.includes(source.external_id));
    sendAll(context, request, reply, 'sources', found.map(view));
  });

  app.get<ById>('/sources/:id(^\\d+$)', (request, reply) => {
    const source = find(allowed(context, adminOf(request)), Number(request.params.id));
    if (source) sendHal(reply, view(source));
    else sendNothing(reply);
  });

  app.post('/sources', (request, reply) => {
    const caller = allowed(context, adminOf(request));
    const taken = new Set(own(caller).map(({ external_id }) => external_id));
    const plans = readItems(request.body, (item) => readNew(context, item, taken), { most: most.inRequest });
    if (own(caller).length + plans.length > most.active) {
      throw new Problem(400, `An integration has at most ${most.active} sources.`);
    }
    const added = plans.map(({ request_id, draft }) => {
      const source: Source = { id: context.ids.number(), ...draft, client_uuid: caller.client_uuid };
      context.account.sources.set(source.id, source);
      if (source.default) makeDefault(own(caller), source);
      return { ...view(source), request_id };
    });
    sendHal(reply, { _links: requestLink(context, request), _embedded: { sources: added } });
  });

  app.patch('/sources', (request, reply) => {
    const caller = allowed(context, adminOf(request));
    const changed = readItems(request.body, ({ fields, request_id }) => {
      const source = find(caller, fields.whole('id') ?? 0);
      if (!source) fields.fail('id', 'NotSupportedChoice', 'There is no such source.');
      return { request_id, source, fields: readFields(context, fields) };
    }).map((plan) => ({ ...change(plan.source, plan.fields), request_id: plan.request_id }));
    sendHal(reply, { _links: requestLink(context, request), _embedded: { sources: changed } });
  });

  app.patch<ById>('/sources/:id(^\\d+$)', (request, reply) => {
    const caller = allowed(context, adminOf(request));
    const source = find(caller, Number(request.params.id));
    if (!source) throw new Problem(404, `There is no source ${request.params.id}.`);
    sendHal(
      reply,
      change(
        source,
        readItem(request.body, ({ fields }) => readFields(context, fields)),
      ),
    );
  });

  app.delete('/sources', (request, reply) => {
    const caller = allowed(context, adminOf(request));
    const gone = readItems(request.body, ({ fields }) => {
      fields.require('id');
      const source = find(caller, fields.whole('id') ?? 0);
      if (!source) fields.fail('id', 'NotSupportedChoice', 'There is no such source.');
      return source;
    });
    for (const source of gone) if (source) context.account.sources.delete(source.id);
    sendNothing(reply);
  });

  app.delete<ById>('/sources/:id(^\\d+$)', (request, reply) => {
    const source = find(allowed(context, adminOf(request)), Number(request.params.id));
    if (!source) throw new Problem(404, `There is no source ${request.params.id}.`);
    context.account.sources.delete(source.id);
    sendNothing(reply);
  });

  function change(source: Source | undefined, fields: ReturnType<typeof readFields>): object {
    if (!source) return {};
    Object.assign(
      source,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    );
    const siblings = [...context.account.sources.values()].filter(
      ({ client_uuid }) => client_uuid === source.client_uuid,
    );
    if (source.default) makeDefault(siblings, source);
    return view(source);
  }
}

function allowed({ account }: AccountContext, caller: Caller): Caller {
  if (caller.client_uuid === '') return caller;
  const widget = [...account.widgets.values()].find(({ client_uuid }) => client_uuid === caller.client_uuid);
  const locations = widget?.manifest['locations'];
  if (!Array.isArray(locations) || !locations.includes('lead_sources')) {
    throw new Problem(403, 'The integration has no widget with the location lead_sources.');
  }
  return caller;
}

function makeDefault(siblings: readonly Source[], source: Source): void {
  for (const one of siblings) one.default = one === source;
}

function readFields({ account }: AccountContext, fields: Fields) {
  const pipelineId = fields.whole('pipeline_id');
  if (pipelineId !== undefined && !account.pipelines.has(pipelineId)) {
    fields.fail('pipeline_id', 'NotSupportedChoice', 'There is no such pipeline.');
  }
  const services = fields.list('services') && fields.raw('services');
  return {
    name: fields.text('name', { least: 1 }),
    pipeline_id: pipelineId,
    default: fields.flag('default'),
    origin_code: fields.isNull('origin_code') ? null : fields.text('origin_code'),
    services: Array.isArray(services) ? (services as readonly unknown[]) : undefined,
  };
}

function readNew(context: AccountContext, { request_id, fields }: Item, taken: Set<string>) {
  fields.require('name');
  fields.require('external_id');
  const externalId = fields.text('external_id', { least: 1 }) ?? '';
  const { services = [], ...given } = readFields(context, fields);
  // 36 characters, of a chat source up to 40.
  const longest = services.length > 0 ? 40 : 36;
  if (externalId.length > longest) fields.fail('external_id', 'TooLong', `At most ${longest} characters.`);
  if (!/^[\x20-\x7e]*$/.test(externalId)) {
    fields.fail('external_id', 'InvalidFormat', 'Printable ASCII characters only.');
  }
  if (taken.has(externalId)) fields.fail('external_id', 'NotUnique', 'There is a source with this id.');
  taken.add(externalId);
  return {
    request_id,
    draft: {
      name: given.name ?? '',
      external_id: externalId,
      pipeline_id: given.pipeline_id ?? mainPipeline(context.account.pipelines).id,
      default: given.default ?? false,
      origin_code: given.origin_code ?? null,
      services,
    },
  };
}
