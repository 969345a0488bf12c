import type { Cause } from './bus.js';
import { nowSeconds } from './context.js';
import type { AccountContext } from './context.js';
import { record } from './history.js';
import { link, unlink } from './links.js';
import { fixedStatuses, singularNames } from './state.js';
import type { Entity, EntityMap, EntityStores, EntityType } from './state.js';

/** What the account fills in by itself. */
type Given = 'id' | 'account_id' | 'created_at' | 'updated_at' | 'created_by' | 'updated_by' | 'is_deleted';

/** An entity before it is stored. */
export type Draft<T extends EntityType> = Omit<EntityMap[T], Given> & { readonly created_at?: number };

/** The part of a stored entity that may change. */
export type Patch<T extends EntityType> = Partial<Omit<EntityMap[T], Given>>;

/** Cause of a change that a person makes in the account's pages. */
export function byUser(by: number): Cause {
  return { by, triggersDigitalPipeline: true };
}

/** The entities of one type, by id. */
export function store<T extends EntityType>(stores: EntityStores, type: T): Map<number, EntityMap[T]> {
  return stores[type];
}

/** Stores a new entity, writes history and tells the bus, unless `silent` (incoming leads are told otherwise). */
export function addEntity<T extends EntityType>(
  context: AccountContext,
  type: T,
  draft: Draft<T>,
  cause: Cause,
  { silent = false } = {},
): EntityMap[T] {
  const { account } = context;
  const at = nowSeconds(context);
  const entity = {
    created_at: at,
    ...draft,
    id: context.ids.number(),
    account_id: account.id,
    created_by: cause.by,
    updated_by: cause.by,
    updated_at: at,
    is_deleted: false,
  } as unknown as EntityMap[T];
  store(account, type).set(entity.id, entity);
  if (!silent) tellAdded(context, type, entity, cause);
  return entity;
}

/** Writes history and tells the bus that an entity is new. */
export function tellAdded(context: AccountContext, type: EntityType, entity: Entity, cause: Cause): void {
  note(context, type, entity, `${singularNames[type]}_added`, cause);
  tell(context, type, 'added', entity, cause);
}

/**
 * Changes an entity and tells the bus what changed: `…_updated`, then `…_responsible_changed`, then
 * `lead_status_changed` or `customer_period_changed`. Nothing is told when no value differs.
 */
export function updateEntity<T extends EntityType>(
  context: AccountContext,
  type: T,
  entity: EntityMap[T],
  patch: Patch<T>,
  cause: Cause,
): void {
  const before: EntityMap[T] = { ...entity };
  if (!applyPatch(entity, patch)) return;
  entity.updated_at = nowSeconds(context);
  entity.updated_by = cause.by;

  noteFieldChanges(context, type, before, entity, cause);
  if ('price' in entity && 'price' in before) closeOrReopen(context, entity, before);
  tell(context, type, 'updated', entity, cause);
  if (entity.responsible_user_id !== before.responsible_user_id) {
    tell(context, type, 'responsible_changed', entity, {
      ...cause,
      old_responsible_user_id: before.responsible_user_id,
    });
  }
  tellStageChange(context, before, entity, cause);
}

/** Marks an entity as deleted; it stays readable for the account's recycle bin. */
export function deleteEntity<T extends EntityType>(
  context: AccountContext,
  type: T,
  entity: EntityMap[T],
  cause: Cause,
  { silent = false } = {},
): void {
  entity.is_deleted = true;
  entity.updated_at = nowSeconds(context);
  entity.updated_by = cause.by;
  if (silent) return;
  note(context, type, entity, `${singularNames[type]}_deleted`, cause);
  tell(context, type, 'deleted', entity, cause);
}

/** Takes a lead, contact or company out of the recycle bin. */
export function restoreEntity<T extends Exclude<EntityType, 'customers'>>(
  context: AccountContext,
  type: T,
  entity: EntityMap[T],
  cause: Cause,
): void {
  entity.is_deleted = false;
  entity.updated_at = nowSeconds(context);
  entity.updated_by = cause.by;
  note(context, type, entity, `${singularNames[type]}_restored`, cause);
  tell(context, type, 'restored', entity, cause);
}

/** Links two entities, writes it into the history of both and tells the bus, unless one of them is new and `silent`. */
export function linkEntities(
  context: AccountContext,
  from: readonly [EntityType, number],
  to: readonly [EntityType, number],
  { by, isMain = false, silent = false }: { by: number; isMain?: boolean; silent?: boolean },
): void {
  link(context.account, from, to, { isMain });
  noteLink(context, 'entity_linked', from, to, by);
  if (!silent) context.bus.emit('entity_linked', { ends: [from, to], ...byUser(by) });
}

/** Unlinks two entities; false when they were not linked. */
export function unlinkEntities(
  context: AccountContext,
  from: readonly [EntityType, number],
  to: readonly [EntityType, number],
  { by }: { by: number },
): boolean {
  if (!unlink(context.account, from, to)) return false;
  noteLink(context, 'entity_unlinked', from, to, by);
  context.bus.emit('entity_unlinked', { ends: [from, to], ...byUser(by) });
  return true;
}

function applyPatch(entity: Entity, patch: object): boolean {
  let isChanged = false;
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || same(Reflect.get(entity, name), value)) continue;
    Reflect.set(entity, name, value);
    isChanged = true;
  }
  return isChanged;
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function closeOrReopen(context: AccountContext, lead: EntityMap['leads'], before: EntityMap['leads']): void {
  if (lead.status_id === before.status_id) return;
  const isClosed = lead.status_id === fixedStatuses.won || lead.status_id === fixedStatuses.lost;
  lead.closed_at = isClosed ? nowSeconds(context) : null;
  if (lead.status_id !== fixedStatuses.lost) lead.loss_reason_id = null;
}

function tellStageChange(context: AccountContext, before: Entity, entity: Entity, cause: Cause): void {
  if ('pipeline_id' in entity && 'pipeline_id' in before) {
    if (entity.status_id === before.status_id && entity.pipeline_id === before.pipeline_id) return;
    const stage = (lead: typeof entity) => [
      { lead_status: { id: lead.status_id, pipeline_id: lead.pipeline_id } },
    ];
    note(context, 'leads', entity, 'lead_status_changed', cause, stage(before), stage(entity));
    context.bus.emit('lead_status_changed', {
      lead: entity,
      old_pipeline_id: before.pipeline_id,
      old_status_id: before.status_id,
      ...cause,
    });
  } else if ('periodicity' in entity && 'periodicity' in before) {
    if (entity.status_id === before.status_id) return;
    const stage = (customer: typeof entity) => [{ customer_status: { id: customer.status_id } }];
    note(context, 'customers', entity, 'customer_status_changed', cause, stage(before), stage(entity));
    context.bus.emit('customer_period_changed', {
      customer: entity,
      old_status_id: before.status_id,
      ...cause,
    });
  }
}

function noteFieldChanges(
  context: AccountContext,
  type: EntityType,
  before: Entity,
  entity: Entity,
  cause: Cause,
): void {
  const changes: [string, unknown, unknown, (value: unknown) => unknown][] = [
    ['name_field_changed', before.name, entity.name, (name) => ({ name_field_value: { name } })],
    [
      'entity_responsible_changed',
      before.responsible_user_id,
      entity.responsible_user_id,
      (id) => ({ responsible_user: { id } }),
    ],
  ];
  if ('price' in before && 'price' in entity) {
    changes.push([
      'sale_field_changed',
      before.price,
      entity.price,
      (sale) => ({ sale_field_value: { sale } }),
    ]);
  }
  for (const field of context.account.custom_fields[type]) {
    const valuesOf = (one: Entity) =>
      one.custom_fields_values?.find(({ field_id }) => field_id === field.id)?.values ?? null;
    const [old, current] = [valuesOf(before), valuesOf(entity)];
    if (same(old, current)) continue;
    changes.push([
      `custom_field_${field.id}_value_changed`,
      old,
      current,
      (values) => ({ custom_field_value: { field_id: field.id, field_type: field.type, values } }),
    ]);
  }
  for (const [name, old, current, print] of changes) {
    if (old !== current) note(context, type, entity, name, cause, [print(old)], [print(current)]);
  }
}

function note(
  context: AccountContext,
  type: EntityType,
  entity: Entity,
  name: string,
  { by }: Cause,
  before: readonly unknown[] = [],
  after: readonly unknown[] = [],
): void {
  record(context, {
    type: name,
    entity_id: entity.id,
    entity_type: singularNames[type],
    by,
    before,
    after,
  });
}

function noteLink(
  context: AccountContext,
  name: 'entity_linked' | 'entity_unlinked',
  from: readonly [EntityType, number],
  to: readonly [EntityType, number],
  by: number,
): void {
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    const value = [{ link: { entity: { type: singularNames[other[0]], id: other[1] } } }];
    record(context, {
      type: name,
      entity_id: one[1],
      entity_type: singularNames[one[0]],
      by,
      before: name === 'entity_unlinked' ? value : [],
      after: name === 'entity_linked' ? value : [],
    });
  }
}

type Action = 'added' | 'updated' | 'deleted' | 'responsible_changed' | 'restored';

function tell(
  { bus }: AccountContext,
  type: EntityType,
  action: Action,
  entity: Entity,
  rest: Cause & { readonly old_responsible_user_id?: number },
): void {
  const singular = singularNames[type];
  // The compiler cannot follow that name and payload are put together from the same word.
  bus.emit(
    `${singular}_${action}` as 'lead_added',
    { [singular]: entity, ...rest } as unknown as Parameters<typeof bus.emit<'lead_added'>>[1],
  );
}
