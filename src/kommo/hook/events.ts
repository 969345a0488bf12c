import type { DpDirection, DpEvent, ElementType } from '../digital-pipeline.js';

/** A digital-pipeline hook as it was meant, whichever way it was written (`platform/server.md §3.2`). */
export interface DpHookEvent {
  readonly event: DpEvent;
  readonly elementType: ElementType;
  readonly elementId: number;
  readonly pipelineId: number | undefined;
  readonly statusId: number | undefined;
  readonly direction: DpDirection | undefined;
  /** Unix seconds. */
  readonly time: number | undefined;
  /** Fields of `dp.settings`; empty when the hook has none. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly accountId: number | undefined;
  readonly subdomain: string | undefined;
}

/**
 * A hook that can be read and is of no use; it is answered with 200, since a 4xx gains nothing.
 * The reasons are those of `platform/server.md §3.4`.
 */
export type DpHookRefusal = 'unknown_event' | 'no_settings' | 'no_element' | 'unknown_element_type';

export type WebhookEntity =
  'leads' | 'contacts' | 'companies' | 'customers' | 'catalogs' | 'task' | 'unsorted' | 'message' | 'talk';

/** One entry of a general webhook: one entity and what happened to it (`platform/server.md §4.2`). */
export interface WebhookEvent {
  /** `contacts` that are companies by their `type` come as `companies`. */
  readonly entity: WebhookEntity;
  /** `add`, `update`, `delete`, `restore`, `status`, `responsible`, `note`. */
  readonly action: string;
  /**
   * Number, or a uid for unsorted and messages; undefined where the platform sends none. For a note that of the entity
   * in whose feed it is.
   */
  readonly id: string | undefined;
  /** Fields as sent, without `custom_fields`. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly customFields: readonly WebhookCustomField[];
  /** Unix seconds of the last change, where the entry tells it. */
  readonly changedAt: number | undefined;
}

/** A custom field in the one shape that its three shapes on the wire are brought to. */
export interface WebhookCustomField {
  readonly id: number;
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly values: readonly { readonly value: string; readonly enumId: number | undefined }[];
}

export interface WebhookBody {
  readonly accountId: number | undefined;
  readonly subdomain: string | undefined;
  readonly events: readonly WebhookEvent[];
}
