import type { CardContact } from '../../../../kommo/widget.js';
import type { CustomField, CustomFieldValues, EntityLink, EntityType } from '../../../account/state.js';
import type { AccountApi } from '../../account-api.js';
import type { AccountChange, Session } from '../../../wire.js';
import { cardKinds, type CardKind } from './kinds.js';

/** An entity as API v4 prints it; the fields after `custom_fields_values` are those of some kinds only. */
export interface CardEntity {
  /** 0 while the card is new. */
  readonly id: number;
  readonly name: string;
  readonly responsible_user_id: number;
  readonly created_by: number;
  readonly updated_by: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly custom_fields_values: readonly CustomFieldValues[] | null;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly price?: number;
  readonly pipeline_id?: number;
  readonly status_id?: number;
  readonly closed_at?: number | null;
  readonly next_price?: number | null;
  readonly ltv?: number;
  readonly purchases_count?: number;
}

export interface LinkedEntity extends CardEntity {
  /** Only of contacts that a lead or customer is linked to. */
  readonly isMain: boolean;
}

/** All that a card shows but its feed. */
export interface CardData {
  readonly entity: CardEntity;
  readonly fields: readonly CustomField[];
  /** By type, in the order of linking; of contacts the main one comes first. */
  readonly linked: Readonly<Record<EntityType, readonly LinkedEntity[]>>;
}

type Api = Pick<AccountApi, 'get'>;

/** Reads a card; undefined when there is no such entity or the user may not see it. */
export async function readCard(api: Api, { type }: CardKind, id: number): Promise<CardData | undefined> {
  const [entity, fields, links] = await Promise.all([
    api.get<CardEntity>(`/${type}/${id}`),
    readFields(api, type),
    readAll<EntityLink>(api, `/${type}/${id}/links`, 'links').catch(() => []),
  ]);
  return entity && { entity, fields, linked: await readLinked(api, links) };
}

/** A card that is not saved yet. */
export async function newCard(api: Api, { type }: CardKind, session: Session): Promise<CardData> {
  const { user, pipelines, customer_statuses } = session;
  const pipeline = pipelines.find(({ is_main }) => is_main) ?? pipelines[0];
  const stage = {
    leads: {
      pipeline_id: pipeline?.id ?? 0,
      status_id: pipeline?.statuses.find(({ type }) => type === 0)?.id ?? 0,
    },
    customers: { status_id: customer_statuses[0]?.id ?? 0 },
    contacts: {},
    companies: {},
  }[type];
  const entity: CardEntity = {
    id: 0,
    name: '',
    responsible_user_id: user.id,
    created_by: user.id,
    updated_by: user.id,
    created_at: 0,
    updated_at: 0,
    custom_fields_values: null,
    ...stage,
  };
  return { entity, fields: await readFields(api, type), linked: await readLinked(api, []) };
}

/** Every item of a list of the API; none where it answers 204. */
export async function readAll<Item>(api: Api, path: string, name: string): Promise<readonly Item[]> {
  const answer = await api.get<{ _embedded: Record<string, Item[]> }>(path);
  return answer?._embedded[name] ?? [];
}

/** Values of a field that has a code, such as `PHONE`. */
export function coded(
  entity: CardEntity,
  code: 'PHONE' | 'EMAIL',
): readonly { readonly value: string; readonly kind: string }[] {
  const field = entity.custom_fields_values?.find(({ field_code }) => field_code === code);
  return (field?.values ?? []).map(({ value, enum_code }) => ({
    value: String(value),
    kind: enum_code ?? '',
  }));
}

/** People of the card as widgets get them (`platform/widget.md §3.2`): on a contact's card the contact itself. */
export function peopleOf({ type }: CardKind, { entity, linked }: CardData): readonly CardContact[] {
  const people = type === 'contacts' ? (entity.id === 0 ? [] : [entity]) : linked.contacts;
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    first_name: person.first_name ?? '',
    last_name: person.last_name ?? '',
    phones: coded(person, 'PHONE').map(({ value }) => value),
    emails: coded(person, 'EMAIL').map(({ value }) => value),
  }));
}

/** Name of something that the card is linked to; `singular` is its type as the history gives it. */
export function linkedName({ linked }: CardData, singular: string, id: number): string | undefined {
  const type = entityTypes.find((one) => cardKinds[one].singular === singular);
  return type && linked[type].find((entity) => entity.id === id)?.name;
}

/** Whether a change is of the entity itself or of one that it is linked to. */
export function concerns({ type, id }: AccountChange, kind: CardKind, { entity, linked }: CardData): boolean {
  if (type === null || id === null) return false;
  return (type === kind.type && id === entity.id) || linked[type].some((one) => one.id === id);
}

const entityTypes = ['leads', 'contacts', 'companies', 'customers'] as const;

function readFields(api: Api, type: EntityType): Promise<readonly CustomField[]> {
  return readAll(api, `/${type}/custom_fields?limit=250`, 'custom_fields');
}

async function readLinked(api: Api, links: readonly EntityLink[]): Promise<CardData['linked']> {
  const read = async (type: EntityType): Promise<readonly LinkedEntity[]> => {
    const own = links.filter(({ to_entity_type }) => to_entity_type === type);
    if (own.length === 0) return [];
    const filter = own.map(({ to_entity_id }) => `filter[id][]=${to_entity_id}`).join('&');
    const entities = await readAll<CardEntity>(api, `/${type}?limit=250&${filter}`, type);
    const linked = own.flatMap(({ to_entity_id, metadata }) => {
      const entity = entities.find(({ id }) => id === to_entity_id);
      return entity ? [{ ...entity, isMain: metadata?.main_contact === true }] : [];
    });
    return linked.sort((one, other) => Number(other.isMain) - Number(one.isMain));
  };
  const [leads, contacts, companies, customers] = await Promise.all(entityTypes.map(read));
  return {
    leads: leads ?? [],
    contacts: contacts ?? [],
    companies: companies ?? [],
    customers: customers ?? [],
  };
}
