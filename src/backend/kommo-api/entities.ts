import { elementTypes } from '../../kommo/elements.js';
import type { ElementType } from '../../kommo/elements.js';
import { KommoApiError, type KommoApi } from './kommo-api.js';

/** A field of a card (`platform/server.md §5.4`). */
export interface ApiCustomField {
  readonly field_code?: string | null;
  readonly field_name?: string | null;
  readonly values?: readonly { readonly value?: unknown; readonly enum_code?: string | null }[] | null;
}

/** What a delivery reads of a lead or customer (`platform/server.md §5.2`, §5.3). */
export interface ApiEntity {
  readonly id: number;
  readonly name?: string | null;
  /** Of a lead. */
  readonly price?: number | null;
  /** Of a customer. */
  readonly next_price?: number | null;
  readonly responsible_user_id?: number | null;
  readonly pipeline_id?: number | null;
  readonly status_id?: number | null;
  readonly is_deleted?: boolean;
  readonly _embedded?: {
    readonly contacts?: readonly { readonly id: number; readonly is_main?: boolean | null }[] | null;
  };
}

export interface ApiContact {
  readonly id: number;
  readonly name?: string | null;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly custom_fields_values?: readonly ApiCustomField[] | null;
}

/** A user of the account; the phone is only there where the account shows it. */
export interface ApiUser {
  readonly id: number;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly phone_number?: string | null;
}

interface ApiStatus {
  readonly id: number;
  readonly name?: string | null;
}

interface ApiPipeline extends ApiStatus {
  readonly _embedded?: { readonly statuses?: readonly ApiStatus[] | null };
}

/** Names of the pipeline and the stage in which a lead or customer stands. */
export interface PlaceNames {
  readonly pipelineName: string | undefined;
  readonly stageName: string | undefined;
}

/** How the API calls leads and customers in its addresses. */
export function collectionOf(elementType: ElementType): 'leads' | 'customers' {
  return elementType === elementTypes.customer ? 'customers' : 'leads';
}

/** The lead or customer with its contacts; undefined when it is gone. */
export async function readEntity(
  api: KommoApi,
  elementType: ElementType,
  id: number,
): Promise<ApiEntity | undefined> {
  const entity = await unlessGone(
    api.get<ApiEntity>(`/${collectionOf(elementType)}/${id}`, { with: 'contacts' }),
  );
  return entity?.is_deleted === true ? undefined : entity;
}

/** Undefined when it is gone. */
export function readContact(api: KommoApi, id: number): Promise<ApiContact | undefined> {
  return unlessGone(api.get<ApiContact>(`/contacts/${id}`));
}

/** Undefined when the account does not show its users to this token: that needs an administrator's. */
export function readUser(api: KommoApi, id: number): Promise<ApiUser | undefined> {
  return unlessHidden(api.get<ApiUser>(`/users/${id}`));
}

/** Names stay undefined where the account does not tell them. */
export async function readPlaceNames(
  api: KommoApi,
  elementType: ElementType,
  { pipelineId, statusId }: { pipelineId: number | undefined; statusId: number | undefined },
): Promise<PlaceNames> {
  if (elementType === elementTypes.customer) {
    const status =
      statusId === undefined
        ? undefined
        : await unlessHidden(api.get<ApiStatus>(`/customers/statuses/${statusId}`));
    return { pipelineName: undefined, stageName: status?.name ?? undefined };
  }
  if (pipelineId === undefined) return { pipelineName: undefined, stageName: undefined };
  const pipeline = await unlessHidden(api.get<ApiPipeline>(`/leads/pipelines/${pipelineId}`));
  const status = pipeline?._embedded?.statuses?.find(({ id }) => id === statusId);
  return { pipelineName: pipeline?.name ?? undefined, stageName: status?.name ?? undefined };
}

async function unlessGone<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  return answer.catch(orUndefined(['not_found']));
}

async function unlessHidden<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  return answer.catch(orUndefined(['not_found', 'forbidden', 'refused']));
}

function orUndefined(kinds: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof KommoApiError && kinds.includes(error.kind)) return undefined;
    throw error;
  };
}
