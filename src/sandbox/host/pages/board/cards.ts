import type { AccountApi } from '../../account-api.js';
import type { BoardKind, BoardPlace } from './kinds.js';

/** A lead or a customer as its card on the board shows it. */
export interface BoardCard {
  readonly id: number;
  readonly name: string;
  readonly stage: number;
  /** Of a lead; null of a customer. */
  readonly pipeline: number | null;
  /** The price of a lead, the expected purchase of a customer. */
  readonly sum: number;
  /** Unix seconds: of the last change, of a customer's next purchase. */
  readonly date: number;
  readonly contact: { readonly id: number; readonly name: string } | undefined;
  readonly tags: readonly string[];
  /** Unix seconds of the last change. */
  readonly changed: number;
}

interface ApiEntity {
  readonly id: number;
  readonly name: string;
  readonly status_id: number;
  readonly pipeline_id?: number;
  readonly price?: number;
  readonly next_price?: number | null;
  readonly next_date?: number | null;
  readonly updated_at: number;
  readonly _embedded: {
    readonly tags: readonly { readonly name: string }[];
    readonly contacts?: readonly { readonly id: number; readonly is_main: boolean }[];
  };
}

type Api = Pick<AccountApi, 'get'>;

/** As many as one page of a list holds. */
const most = 250;

/** All cards of the board that the signed-in user may see, the newest change first. */
export async function readCards(
  api: Api,
  { type }: BoardKind,
  { pipeline }: BoardPlace,
): Promise<BoardCard[]> {
  const filter = pipeline === undefined ? '' : `&filter[pipeline_id]=${pipeline.id}`;
  const entities = await readAll<ApiEntity>(api, type, `with=contacts${filter}`);
  const names = await readNames(api, entities);
  return entities
    .map((entity) => cardOf(entity, names))
    .sort((one, other) => other.changed - one.changed || other.id - one.id);
}

/** One card; undefined when there is no such entity, or not for this user. */
export async function readCard(api: Api, { type }: BoardKind, id: number): Promise<BoardCard | undefined> {
  const entity = await api.get<ApiEntity>(`/${type}/${id}?with=contacts`);
  return entity && cardOf(entity, await readNames(api, [entity]));
}

/** Incoming leads of a pipeline: `uid` by the lead's id. */
export async function readIncoming(api: Api, { stages, pipeline }: BoardPlace): Promise<Map<number, string>> {
  if (pipeline === undefined || !stages.some(({ isIncoming }) => isIncoming)) return new Map();
  const incoming = await readAll<{
    readonly uid: string;
    readonly _embedded: { readonly leads: readonly { readonly id: number }[] };
  }>(api, 'leads/unsorted', `filter[pipeline_id]=${pipeline.id}`, 'unsorted');
  return new Map(incoming.flatMap(({ uid, _embedded }) => _embedded.leads.map(({ id }) => [id, uid])));
}

async function readAll<Item>(api: Api, path: string, query: string, name = path): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; items.length === most * (page - 1); page++) {
    const answer = await api.get<{ readonly _embedded: Readonly<Record<string, readonly Item[]>> }>(
      `/${path}?${query}&limit=${most}&page=${page}`,
    );
    items.push(...(answer?._embedded[name] ?? []));
    if (answer === undefined) break;
  }
  return items;
}

/** Names of the main contacts by their ids; a contact that the user may not see has none. */
async function readNames(api: Api, entities: readonly ApiEntity[]): Promise<Map<number, string>> {
  const ids = [...new Set(entities.flatMap((entity) => mainContact(entity) ?? []))];
  const names = new Map<number, string>();
  for (let from = 0; from < ids.length; from += most) {
    const filter = ids.slice(from, from + most).map((id) => `filter[id][]=${id}`);
    const contacts = await readAll<{ readonly id: number; readonly name: string }>(
      api,
      'contacts',
      filter.join('&'),
    );
    for (const { id, name } of contacts) names.set(id, name);
  }
  return names;
}

function mainContact({ _embedded: { contacts = [] } }: ApiEntity): number | undefined {
  return (contacts.find(({ is_main }) => is_main) ?? contacts[0])?.id;
}

function cardOf(entity: ApiEntity, names: ReadonlyMap<number, string>): BoardCard {
  const { id, name, status_id, pipeline_id, price, next_price, next_date, updated_at, _embedded } = entity;
  const contactId = mainContact(entity);
  const contact = contactId === undefined ? undefined : names.get(contactId);
  return {
    id,
    name,
    stage: status_id,
    pipeline: pipeline_id ?? null,
    sum: price ?? next_price ?? 0,
    date: pipeline_id === undefined ? (next_date ?? updated_at) : updated_at,
    contact: contactId === undefined || contact === undefined ? undefined : { id: contactId, name: contact },
    tags: _embedded.tags.map((tag) => tag.name),
    changed: updated_at,
  };
}
