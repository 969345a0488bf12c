import { filterOf, numbersOf, objectOf, rangeOf, stringsOf, withOf } from './query.js';
import { mayTouch } from '../rights.js';
import { store } from '../changes.js';
import type { AccountContext } from '../context.js';
import type { Entity, EntityMap, EntityType, User } from '../state.js';
import type { Query, QueryValue } from './query.js';

type Test = (entity: Entity) => boolean;

/**
 * The entities that a list call asks for and the user may see, in the order asked for (by id unless `order` says
 * otherwise). Filters are those of `platform/server.md §5.4`; unknown ones are ignored.
 */
export function listEntities<T extends EntityType>(
  { account }: AccountContext,
  type: T,
  query: Query,
  user: User,
): EntityMap[T][] {
  const tests = testsOf(query);
  const all = [...store(account, type).values()];
  const found = all.filter(
    (entity) => tests.every((test) => test(entity)) && mayTouch(account, user, type, 'view', entity),
  );
  return sorted(found, objectOf(query['order']));
}

function testsOf(query: Query): Test[] {
  const filter = filterOf(query);
  const onlyDeleted = withOf(query).has('only_deleted');
  const tests: Test[] = [(entity) => entity.is_deleted === onlyDeleted];

  for (const name of ['id', 'responsible_user_id', 'created_by', 'updated_by', 'pipeline_id'] as const) {
    const wanted = numbersOf(filter[name], `filter[${name}]`);
    if (wanted) tests.push((entity) => wanted.includes(Number(Reflect.get(entity, name))));
  }
  for (const name of ['created_at', 'updated_at', 'closed_at', 'closest_task_at', 'price'] as const) {
    const range = rangeOf(filter[name], `filter[${name}]`);
    if (range) tests.push((entity) => isInside(range, Reflect.get(entity, name)));
  }
  const names = stringsOf(filter['name']);
  if (names) tests.push((entity) => names.includes(entity.name));
  const stages = stagesOf(filter['statuses']);
  if (stages) tests.push((entity) => stages.some((stage) => stage(entity)));
  const words = query['query'];
  if (typeof words === 'string' && words.trim() !== '') tests.push(matching(words.trim()));
  return tests;
}

function isInside({ from, to }: { from: number; to: number }, value: unknown): boolean {
  return typeof value === 'number' && value >= from && value <= to;
}

/** `filter[statuses][0][pipeline_id]=…&filter[statuses][0][status_id]=…` */
function stagesOf(value: QueryValue | undefined): Test[] | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  const stages: QueryValue[] = Object.values(value).filter((one): one is QueryValue => one !== undefined);
  return stages.map((stage) => {
    const { pipeline_id, status_id } = objectOf(stage);
    return (entity) =>
      'pipeline_id' in entity &&
      String(entity.pipeline_id) === pipeline_id &&
      String(entity.status_id) === status_id;
  });
}

/** Looks for the words in the name and in every filled field; phones by their digits. */
function matching(words: string): Test {
  const wanted = words.toLowerCase();
  const digits = /^[+\d\s().-]+$/.test(words) ? words.replaceAll(/\D/g, '') : '';
  return (entity) =>
    entity.name.toLowerCase().includes(wanted) ||
    (entity.custom_fields_values ?? []).some(({ values, field_code }) =>
      values.some(({ value }) => {
        const text = String(value).toLowerCase();
        if (text.includes(wanted)) return true;
        return digits !== '' && field_code === 'PHONE' && text.replaceAll(/\D/g, '').includes(digits);
      }),
    );
}

function sorted<E extends Entity>(entities: E[], order: Query): E[] {
  for (const name of ['updated_at', 'created_at', 'id'] as const) {
    const way = order[name];
    if (way !== 'asc' && way !== 'desc') continue;
    const sign = way === 'asc' ? 1 : -1;
    return entities.sort((one, other) => sign * (one[name] - other[name] || one.id - other.id));
  }
  return entities;
}
