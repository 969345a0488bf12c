import { callerOf } from './caller.js';
import { writeCustomFields } from './custom-field-write.js';
import { selfLink, sendHal, sendNothing, sendPage } from './hal.js';
import { entityTypes } from '../state.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';
import type { CustomField } from '../state.js';

/** Custom fields of the four entity types, read (`platform/server.md §5.12`) and written. */
export function customFields(app: FastifyInstance, context: AccountContext): void {
  const view = (field: CustomField) => ({
    ...field,
    account_id: context.account.id,
    _links: selfLink(context, `/${field.entity_type}/custom_fields/${field.id}`),
  });
  writeCustomFields(app, context, view);
  for (const type of entityTypes) {
    app.get(`/${type}/custom_fields`, (request, reply) => {
      callerOf(request);
      const items = context.account.custom_fields[type];
      sendPage(context, request, reply, {
        name: 'custom_fields',
        items,
        print: view,
        extra: { _total_items: items.length },
      });
    });

    app.get<{ Params: { id: string } }>(`/${type}/custom_fields/:id(^\\d+$)`, (request, reply) => {
      callerOf(request);
      const field = context.account.custom_fields[type].find(({ id }) => id === Number(request.params.id));
      if (field) sendHal(reply, view(field));
      else sendNothing(reply);
    });
  }
}
