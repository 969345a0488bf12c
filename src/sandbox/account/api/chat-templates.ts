import { adminOf, callerOf } from './caller.js';
import { readChatTemplate } from './chat-template-fields.js';
import { readItem, readItems } from './fields.js';
import { selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { Problem } from './problem.js';
import { filterOf, stringsOf, withOf } from './query.js';
import { nowSeconds } from '../context.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Query } from './query.js';
import type { AccountContext } from '../context.js';
import type { ChatTemplate } from '../state.js';

interface ById {
  Params: { id: string };
  Querystring: Query;
}

const most = 50;

/**
 * Templates of chat messages (RU:crm_platform/chat-templates-api): an integration sees those that it made itself.
 * A template of WhatsApp goes to a review for each of the integration's sources; the integration reports how it went.
 * What the limit of templates is (422) is not known: here there is none. Webhooks of reviews are not built.
 */
export function chatTemplates(app: FastifyInstance, context: AccountContext): void {
  const own = (request: FastifyRequest) => {
    const { client_uuid: client } = callerOf(request);
    const all = [...context.account.chat_templates.values()];
    return client === '' ? all : all.filter(({ client_uuid }) => client_uuid === client);
  };
  const find = (request: FastifyRequest<ById>): ChatTemplate => {
    const found = own(request).find(({ id }) => id === Number(request.params.id));
    if (!found) throw new Problem(404, `There is no template ${request.params.id}.`);
    return found;
  };
  const view = ({ reviews, ...template }: ChatTemplate, extras: ReadonlySet<string> = new Set()) => ({
    ...template,
    // Whose it is stands in no answer.
    client_uuid: undefined,
    ...(extras.has('reviews') && {
      review_status: reviews.at(-1)?.status ?? null,
      is_on_review: reviews.length === 0 ? null : reviews.some(({ status }) => status === 'review'),
      _embedded: { reviews },
    }),
    _links: selfLink(context, `/chats/templates/${template.id}`),
  });

  app.get<{ Querystring: Query }>('/chats/templates', (request, reply) => {
    adminOf(request);
    const externalIds = stringsOf(filterOf(request.query)['external_id']);
    sendPage(context, request, reply, {
      name: 'chat_templates',
      items: own(request).filter((one) => !externalIds || externalIds.includes(one.external_id ?? '')),
      print: (one) => view(one, withOf(request.query)),
      most,
    });
  });
  app.get<ById>('/chats/templates/:id(^\\d+$)', (request, reply) => {
    sendHal(reply, view(find(request), withOf(request.query)));
  });

  app.post('/chats/templates', (request, reply) => {
    const { client_uuid } = adminOf(request);
    const plans = readItems(
      request.body,
      ({ request_id, fields }) => {
        for (const name of ['name', 'content']) fields.require(name);
        return { request_id, given: readChatTemplate(fields) };
      },
      { most },
    );
    const added = plans.map(({ request_id, given }) => {
      const at = nowSeconds(context);
      const template: ChatTemplate = {
        ...blank,
        ...given,
        ...{ id: context.ids.number(), account_id: context.account.id, client_uuid },
        ...{ created_at: at, updated_at: at, reviews: [] },
      };
      context.account.chat_templates.set(template.id, template);
      return { ...view(template), request_id };
    });
    sendHal(reply, { _total_items: added.length, _embedded: { chat_templates: added } });
  });

  const change = (template: ChatTemplate, given: Partial<ChatTemplate>) => {
    // "A template of WhatsApp may be changed as a draft only."
    if (template.type === 'waba' && template.reviews.length > 0) {
      throw new Problem(400, `Template ${template.id} was sent to a review: only a draft may be changed.`);
    }
    Object.assign(template, given, { updated_at: nowSeconds(context) });
    return view(template);
  };
  app.patch('/chats/templates', (request, reply) => {
    adminOf(request);
    const plans = readItems(
      request.body,
      ({ request_id, fields }) => {
        const template = own(request).find(({ id }) => id === fields.whole('id'));
        if (!template) fields.fail('id', 'NotSupportedChoice', 'There is no such template.');
        return { request_id, template, given: readChatTemplate(fields) };
      },
      { most },
    );
    const changed = plans.map(({ request_id, template, given }) =>
      template ? { ...change(template, given), request_id } : {},
    );
    sendHal(reply, { _total_items: changed.length, _embedded: { chat_templates: changed } });
  });
  app.patch<ById>('/chats/templates/:id(^\\d+$)', (request, reply) => {
    adminOf(request);
    const template = find(request);
    const given = readItem(request.body, ({ fields }) => readChatTemplate(fields));
    sendHal(reply, change(template, given));
  });

  app.delete('/chats/templates', (request, reply) => {
    adminOf(request);
    const ids = readItems(request.body, ({ fields }) => {
      const id = fields.whole('id') ?? 0;
      if (!own(request).some((one) => one.id === id)) {
        fields.fail('id', 'NotSupportedChoice', 'There is no such template.');
      }
      return id;
    });
    for (const id of ids) context.account.chat_templates.delete(id);
    sendNothing(reply);
  });
  app.delete<ById>('/chats/templates/:id(^\\d+$)', (request, reply) => {
    adminOf(request);
    context.account.chat_templates.delete(find(request).id);
    sendNothing(reply);
  });

  app.post<ById>('/chats/templates/:id(^\\d+$)/review', (request, reply) => {
    adminOf(request);
    const template = find(request);
    if (template.type !== 'waba') throw new Problem(400, 'Only templates of type waba are reviewed.');
    const sources = [...context.account.sources.values()].filter(
      ({ client_uuid }) => client_uuid === template.client_uuid,
    );
    template.reviews = sources.map(({ id }) => ({
      ...{ id: context.ids.number(), source_id: id },
      ...{ status: 'review', reject_reason: '' },
    }));
    sendHal(reply, { _embedded: { reviews: template.reviews } });
  });
  app.post<{ Params: { id: string; review: string }; Querystring: Query }>(
    '/chats/templates/:id(^\\d+$)/review/:review(^\\d+$)',
    (request, reply) => {
      adminOf(request);
      const { id, review: reviewId } = request.params;
      const review = find(request).reviews.find((one) => one.id === Number(reviewId));
      if (!review) throw new Problem(404, `Template ${id} has no review ${reviewId}.`);
      const { status, reason } = readItem(request.body, ({ fields }) => ({
        status: fields.choice('status', ['approved', 'paused', 'rejected']),
        reason: fields.text('reject_reason', { most: 65_535 }),
      }));
      if (status !== undefined) review.status = status;
      if (reason !== undefined) review.reject_reason = reason;
      sendHal(reply, review);
    },
  );
}

const blank: Omit<
  ChatTemplate,
  'id' | 'account_id' | 'client_uuid' | 'created_at' | 'updated_at' | 'reviews'
> = {
  ...{ name: '', content: '', is_editable: false, type: 'amocrm', external_id: null },
  ...{ buttons: [], attachment: null, waba_footer: '', waba_category: '', waba_language: '' },
  ...{ waba_examples: {}, waba_header: null, waba_header_type: null },
};
