import { adminOf } from './caller.js';
import { readItem, readItems } from './fields.js';
import { sendHal, sendNothing } from './hal.js';
import { Problem } from './problem.js';
import { store } from '../changes.js';
import { customFieldTypes, entityTypes } from '../state.js';
import type { FastifyInstance } from 'fastify';
import type { Fields } from './fields.js';
import type { AccountContext } from '../context.js';
import type { CustomField, CustomFieldEnum, CustomFieldType, EntityType } from '../state.js';

interface ById {
  Params: { id: string };
}

type View = (field: CustomField) => object;

const withChoices: readonly CustomFieldType[] = ['select', 'multiselect', 'radiobutton'];

/** Types that can be made: phones and e-mails are the account's own, customers have no birthday. */
function typesOf(entityType: EntityType): readonly CustomFieldType[] {
  return customFieldTypes.filter(
    (type) => type !== 'multitext' && !(type === 'birthday' && entityType === 'customers'),
  );
}

/**
 * Making, changing and deleting custom fields, for administrators (RU:crm_platform/custom-fields): new ones answer
 * 201, a deleted one takes its values with it. Of the platform's types those that the sandbox does not hold
 * (addresses, files, legal entities…) are refused.
 */
export function writeCustomFields(app: FastifyInstance, context: AccountContext, view: View): void {
  for (const type of entityTypes) routes(app, context, type, view);
}

function routes(app: FastifyInstance, context: AccountContext, type: EntityType, view: View): void {
  const known = () => context.account.custom_fields[type];
  const find = (id: number | undefined) => known().find((field) => field.id === id);

  app.post(`/${type}/custom_fields`, (request, reply) => {
    adminOf(request);
    const drafts = readItems(request.body, ({ request_id, fields }) => {
      for (const name of ['name', 'type']) fields.require(name);
      const kind = fields.choice('type', typesOf(type)) ?? 'text';
      if (withChoices.includes(kind)) fields.require('enums');
      return { request_id, kind, ...readChange(context, fields, kind, known()) };
    });
    const added = drafts.map(({ request_id, kind, name, code, sort, is_api_only, enums }) => {
      const field: CustomField = {
        id: context.ids.number(),
        name: name ?? '',
        code: code ?? null,
        type: kind,
        sort: sort ?? 500 + known().length,
        entity_type: type,
        is_api_only: is_api_only ?? false,
        is_predefined: false,
        enums: enums ?? null,
      };
      known().push(field);
      return { ...view(field), request_id };
    });
    sendHal(reply, { _total_items: added.length, _embedded: { custom_fields: added } }, 201);
  });

  app.patch(`/${type}/custom_fields`, (request, reply) => {
    adminOf(request);
    const plans = readItems(request.body, ({ request_id, fields }) => {
      const field = find(fields.whole('id'));
      if (!field) fields.fail('id', 'NotSupportedChoice', 'There is no such field.');
      return {
        request_id,
        field,
        change: readChange(context, fields, field?.type ?? 'text', known(), field),
      };
    });
    const changed = plans.map(({ request_id, field, change }) =>
      field ? { ...view(apply(context, field, change)), request_id } : {},
    );
    sendHal(reply, { _total_items: changed.length, _embedded: { custom_fields: changed } });
  });

  app.patch<ById>(`/${type}/custom_fields/:id(^\\d+$)`, (request, reply) => {
    adminOf(request);
    const field = found(find(Number(request.params.id)), request.params.id);
    const change = readItem(request.body, ({ fields }) =>
      readChange(context, fields, field.type, known(), field),
    );
    sendHal(reply, view(apply(context, field, change)));
  });

  app.delete<ById>(`/${type}/custom_fields/:id(^\\d+$)`, (request, reply) => {
    adminOf(request);
    const field = found(find(Number(request.params.id)), request.params.id);
    if (field.is_predefined) throw new Problem(400, 'A field that the account came with cannot be deleted.');
    known().splice(known().indexOf(field), 1);
    for (const entity of store(context.account, type).values()) {
      const rest = entity.custom_fields_values?.filter(({ field_id }) => field_id !== field.id) ?? [];
      entity.custom_fields_values = rest.length === 0 ? null : rest;
    }
    sendNothing(reply);
  });
}

function found(field: CustomField | undefined, id: string): CustomField {
  if (!field) throw new Problem(404, `There is no field ${id}.`);
  return field;
}

interface FieldChange {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly sort: number | undefined;
  readonly is_api_only: boolean | undefined;
  readonly enums: CustomFieldEnum[] | undefined;
}

function readChange(
  context: AccountContext,
  fields: Fields,
  type: CustomFieldType,
  known: readonly CustomField[],
  before?: CustomField,
): FieldChange {
  const code = fields.isNull('code') ? undefined : fields.text('code', { least: 1, most: 255 });
  if (code !== undefined && known.some((field) => field.code === code && field !== before)) {
    fields.fail('code', 'NotUnique', 'There is a field with this code.');
  }
  return {
    name: fields.text('name', { least: 1, most: 255 }),
    code,
    sort: fields.whole('sort'),
    is_api_only: fields.flag('is_api_only'),
    enums: withChoices.includes(type) ? readChoices(context, fields, before) : undefined,
  };
}

/** A choice that is sent with its id stays the same; one that is not sent any more is gone. */
function readChoices(
  context: AccountContext,
  fields: Fields,
  before?: CustomField,
): CustomFieldEnum[] | undefined {
  return fields.list('enums')?.map((one, index) => {
    one.require('value');
    const id = one.whole('id');
    if (id !== undefined && before?.enums?.some((choice) => choice.id === id) !== true) {
      one.fail('id', 'NotSupportedChoice', 'There is no such choice.');
    }
    return {
      id: id ?? context.ids.number(),
      value: one.text('value', { least: 1 }) ?? '',
      sort: one.whole('sort') ?? (index + 1) * 10,
    };
  });
}

/** Puts the changed field into the place of the old one; filled fields carry its name and code. */
function apply(context: AccountContext, field: CustomField, change: FieldChange): CustomField {
  const changed: CustomField = {
    ...field,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  };
  const known = context.account.custom_fields[field.entity_type];
  known[known.findIndex(({ id }) => id === field.id)] = changed;
  for (const entity of store(context.account, field.entity_type).values()) {
    entity.custom_fields_values =
      entity.custom_fields_values?.map((one) =>
        one.field_id === field.id ? { ...one, field_name: changed.name, field_code: changed.code } : one,
      ) ?? null;
  }
  return changed;
}
