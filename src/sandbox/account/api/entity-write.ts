import { adoptSource } from './lead-source.js';
import { readCustomValues } from './custom-values.js';
import { addEntity, linkEntities, tellAdded, updateEntity } from '../changes.js';
import { fixedStatuses } from '../state.js';
import { mayTouch } from '../rights.js';
import { Problem } from './problem.js';
import type { Fields } from './fields.js';
import type { Cause } from '../bus.js';
import type { Draft, Patch } from '../changes.js';
import type { AccountContext } from '../context.js';
import type { EntityMap, EntityType, Pipeline, Tag, User } from '../state.js';

/** What one item of a write asks for, checked and ready to be stored. */
export interface EntityPlan<T extends EntityType> {
  readonly patch: Patch<T>;
  readonly links: readonly { readonly to: EntityType; readonly id: number; readonly isMain: boolean }[];
  readonly cause: Cause;
  readonly created_at: number | undefined;
}

/** Reads an item of `POST` or `PATCH`; `before` is the entity that a `PATCH` changes. */
export function readEntity<T extends EntityType>(
  context: AccountContext,
  type: T,
  fields: Fields,
  user: User,
  before?: EntityMap[T],
): EntityPlan<T> {
  const patch = {
    ...commonFields(context, type, fields, before),
    ...readers[type](context, fields, before as never),
  };
  const createdBy = fields.whole('created_by');
  if (createdBy !== undefined && createdBy !== 0) mustBeUser(context, fields, 'created_by', createdBy);
  return {
    // Absent fields stay undefined; both writers below skip them.
    patch: patch as unknown as Patch<T>,
    links: before ? [] : readLinks(context, fields),
    created_at: fields.whole('created_at'),
    cause: {
      by: (before ? fields.whole('updated_by') : createdBy) ?? user.id,
      triggersDigitalPipeline: fields.flag('is_need_to_trigger_digital_pipeline') ?? true,
    },
  };
}

/** Stores a new entity with its links. 403 when the user may not add such entities. */
export function writeNew<T extends EntityType>(
  context: AccountContext,
  type: T,
  { patch, links, cause, created_at }: EntityPlan<T>,
  user: User,
  { silent = false } = {},
): EntityMap[T] {
  mayAdd(context, type, user);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const draft = {
    ...blanks(context, user)[type],
    ...(created_at === undefined ? {} : { created_at }),
    ...given,
  };
  if ('status_id' in draft && isClosed(draft.status_id) && type === 'leads') {
    Object.assign(draft, { closed_at: Math.floor(context.clock.now() / 1000) });
  }
  // The blanks have every field of their type, which the compiler cannot tell for a type that is a parameter.
  const entity = addEntity(context, type, draft as unknown as Draft<T>, cause, { silent: true });
  for (const link of links) {
    linkEntities(context, [type, entity.id], [link.to, link.id], {
      by: cause.by,
      isMain: link.isMain,
      silent: true,
    });
  }
  // Told last: whoever hears of the entity finds its links.
  if (!silent) tellAdded(context, type, entity, cause);
  return entity;
}

/** Changes an entity. The caller checks first that the user may. */
export function writeChange<T extends EntityType>(
  context: AccountContext,
  type: T,
  entity: EntityMap[T],
  { patch, cause }: EntityPlan<T>,
): void {
  updateEntity(context, type, entity, patch, cause);
}

/** 403 unless the user may add entities of this type. */
export function mayAdd({ account }: AccountContext, type: EntityType, user: User): void {
  if (!mayTouch(account, user, type, 'add')) throw new Problem(403, `This user must not add ${type}.`);
}

function isClosed(statusId: number): boolean {
  return statusId === fixedStatuses.won || statusId === fixedStatuses.lost;
}

function commonFields<T extends EntityType>(
  context: AccountContext,
  type: T,
  fields: Fields,
  before: EntityMap[T] | undefined,
) {
  const responsible = fields.whole('responsible_user_id');
  if (responsible !== undefined) mustBeUser(context, fields, 'responsible_user_id', responsible);
  return {
    name: fields.text('name', { most: 255 }),
    responsible_user_id: responsible,
    group_id: responsible === undefined ? undefined : context.account.users.get(responsible)?.rights.group_id,
    custom_fields_values: readCustomValues(context, type, fields, before?.custom_fields_values),
    tags: readTags(context, type, fields),
  };
}

function mustBeUser({ account }: AccountContext, fields: Fields, name: string, id: number): void {
  if (!account.users.has(id)) fields.fail(name, 'NotSupportedChoice', 'There is no such user.');
}

type Reader<T extends EntityType> = (
  context: AccountContext,
  fields: Fields,
  before: EntityMap[T] | undefined,
) => object;

const readers: { readonly [T in EntityType]: Reader<T> } = {
  leads: (context, fields, before) => ({
    price: fields.whole('price', { least: 0 }),
    ...readStage(context, fields, before),
    loss_reason_id: readLossReason(context, fields),
    source_id: adoptSource(context, fields),
  }),
  contacts: (_context, fields, before) => {
    const first = fields.text('first_name', { most: 255 });
    const last = fields.text('last_name', { most: 255 });
    if (fields.has('name') || (first === undefined && last === undefined)) {
      return { first_name: first, last_name: last };
    }
    const name = `${first ?? before?.first_name ?? ''} ${last ?? before?.last_name ?? ''}`.trim();
    return { first_name: first, last_name: last, name };
  },
  companies: () => ({}),
  customers: ({ account }, fields, before) => {
    if (!before) fields.require('name');
    const status = fields.whole('status_id');
    if (status !== undefined && !account.customer_statuses.some(({ id }) => id === status)) {
      fields.fail('status_id', 'NotSupportedChoice', 'There is no such stage of customers.');
    }
    return {
      next_price: fields.whole('next_price', { least: 0 }),
      next_date: fields.whole('next_date'),
      periodicity: fields.whole('periodicity', { least: 0 }),
      status_id: status,
    };
  },
};

/** A lead that changes its pipeline without naming a stage goes to that pipeline's first one. */
function readStage({ account }: AccountContext, fields: Fields, before: EntityMap['leads'] | undefined) {
  const pipelineId = fields.whole('pipeline_id');
  const statusId = fields.whole('status_id');
  if (pipelineId === undefined && statusId === undefined) return {};
  const byStatus = [...account.pipelines.values()].find(
    (one) => statusId !== undefined && !isClosed(statusId) && one.statuses.some(({ id }) => id === statusId),
  );
  const pipeline =
    pipelineId === undefined
      ? (byStatus ?? account.pipelines.get(before?.pipeline_id ?? mainPipeline(account.pipelines).id))
      : account.pipelines.get(pipelineId);
  if (!pipeline) {
    fields.fail('pipeline_id', 'NotSupportedChoice', 'There is no such pipeline.');
    return {};
  }
  if (statusId !== undefined && !pipeline.statuses.some(({ id }) => id === statusId)) {
    fields.fail('status_id', 'NotSupportedChoice', `Pipeline ${pipeline.id} has no such stage.`);
  }
  const keepsStage = statusId === undefined && before?.pipeline_id === pipeline.id;
  return {
    pipeline_id: pipeline.id,
    status_id: keepsStage ? before.status_id : (statusId ?? firstStage(pipeline)),
  };
}

/** The pipeline of leads that name none. */
export function mainPipeline(pipelines: ReadonlyMap<number, Pipeline>): Pipeline {
  const all = [...pipelines.values()];
  const main = all.find(({ is_main }) => is_main) ?? all[0];
  if (!main) throw new Problem(400, 'The account has no pipeline.');
  return main;
}

/** The first stage of a pipeline that is not for incoming leads. */
export function firstStage({ statuses }: Pipeline): number {
  return statuses.find(({ type }) => type === 0)?.id ?? fixedStatuses.won;
}

function readLossReason({ account }: AccountContext, fields: Fields): number | null | undefined {
  if (fields.isNull('loss_reason_id')) return null;
  const id = fields.whole('loss_reason_id');
  if (id !== undefined && !account.loss_reasons.some((reason) => reason.id === id)) {
    fields.fail('loss_reason_id', 'NotSupportedChoice', 'There is no such loss reason.');
  }
  return id;
}

/** `_embedded.tags`: by id, or by name, which makes a tag that is not there yet. Null takes all tags off. */
function readTags(context: AccountContext, type: EntityType, fields: Fields): Tag[] | undefined {
  const embedded = fields.isNull('_embedded') ? undefined : fields.object('_embedded');
  if (!embedded?.has('tags')) return undefined;
  if (embedded.isNull('tags')) return [];
  const known = context.account.tags[type];
  const tags: Tag[] = [];
  for (const one of embedded.list('tags') ?? []) {
    const id = one.whole('id');
    const name = id === undefined ? one.text('name', { least: 1 }) : undefined;
    const found = known.find((tag) => (id === undefined ? tag.name === name : tag.id === id));
    if (found) {
      tags.push(found);
    } else if (name === undefined) {
      one.fail('id', 'NotSupportedChoice', 'There is no such tag.');
    } else {
      const tag: Tag = { id: context.ids.number(), name, color: null };
      known.push(tag);
      tags.push(tag);
    }
  }
  return tags;
}

function readLinks({ account }: AccountContext, fields: Fields): EntityPlan<EntityType>['links'] {
  const embedded = fields.isNull('_embedded') ? undefined : fields.object('_embedded');
  if (!embedded) return [];
  return (['contacts', 'companies'] as const).flatMap((to) =>
    (embedded.list(to) ?? []).flatMap((one) => {
      one.require('id');
      const id = one.whole('id');
      if (id === undefined) return [];
      if (!account[to].has(id)) one.fail('id', 'NotSupportedChoice', 'There is no such entity.');
      return [{ to, id, isMain: one.flag('is_main') ?? false }];
    }),
  );
}

function blanks({ account }: AccountContext, user: User) {
  const pipeline = mainPipeline(account.pipelines);
  const common = {
    name: '',
    responsible_user_id: user.id,
    closest_task_at: null,
    custom_fields_values: null,
    tags: [],
  };
  const groupId = user.rights.group_id ?? 0;
  return {
    leads: {
      ...common,
      group_id: groupId,
      price: 0,
      status_id: firstStage(pipeline),
      pipeline_id: pipeline.id,
      loss_reason_id: null,
      closed_at: null,
      score: null,
      source_id: null,
      is_price_modified_by_robot: false,
    },
    contacts: { ...common, group_id: groupId, first_name: '', last_name: '', is_unsorted: false },
    companies: { ...common, group_id: groupId },
    customers: {
      ...common,
      next_price: null,
      next_date: null,
      status_id: account.customer_statuses[0]?.id ?? 0,
      periodicity: 0,
      ltv: 0,
      purchases_count: 0,
      average_check: null,
    },
  } satisfies Record<EntityType, object>;
}
