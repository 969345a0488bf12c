import type { EntityType } from './entities.js';

export interface Note {
  readonly id: number;
  readonly entity_type: EntityType;
  readonly entity_id: number;
  readonly created_by: number;
  updated_by: number;
  readonly created_at: number;
  updated_at: number;
  readonly responsible_user_id: number;
  readonly group_id: number;
  note_type: NoteType;
  params: Record<string, unknown>;
  readonly account_id: number;
}

export const noteTypes = [
  'common',
  'call_in',
  'call_out',
  'service_message',
  'extended_service_message',
  'message_cashier',
  'geolocation',
  'sms_in',
  'sms_out',
  'attachment',
] as const;
export type NoteType = (typeof noteTypes)[number];

/** An entry of the account's history, `GET /api/v4/events` (`platform/server.md §5.7`). */
export interface HistoryEvent {
  /** A string, although other ids are numbers. */
  readonly id: string;
  readonly type: string;
  readonly entity_id: number;
  /** Singular: `lead`, `contact`… */
  readonly entity_type: string;
  readonly created_by: number;
  readonly created_at: number;
  readonly value_after: readonly unknown[];
  readonly value_before: readonly unknown[];
  readonly account_id: number;
}

export interface Task {
  readonly id: number;
  readonly created_by: number;
  updated_by: number;
  readonly created_at: number;
  updated_at: number;
  responsible_user_id: number;
  readonly group_id: number;
  entity_id: number | null;
  entity_type: EntityType | null;
  duration: number;
  is_completed: boolean;
  task_type_id: number;
  text: string;
  result: { text: string } | [];
  complete_till: number;
  readonly account_id: number;
}

export type UnsortedCategory = 'sip' | 'forms' | 'chats' | 'mail';

export interface Unsorted {
  readonly uid: string;
  readonly source_uid: string | null;
  readonly source_name: string | null;
  readonly category: UnsortedCategory;
  readonly pipeline_id: number;
  readonly created_at: number;
  readonly metadata: Record<string, unknown>;
  readonly account_id: number;
  readonly lead_ids: readonly number[];
  readonly contact_ids: readonly number[];
  readonly company_ids: readonly number[];
}

/** An incoming lead that is none any more. */
export interface SettledUnsorted {
  readonly uid: string;
  readonly action: 'accept' | 'decline';
  readonly pipeline_id: number;
  readonly created_at: number;
  readonly settled_at: number;
}

export interface Source {
  readonly id: number;
  name: string;
  pipeline_id: number;
  readonly external_id: string;
  default: boolean;
  origin_code: string | null;
  services: readonly unknown[];
  /** An integration sees only its own. */
  readonly client_uuid: string;
}

/** A general webhook (`platform/server.md §4.1`). */
export interface Webhook {
  readonly id: number;
  readonly destination: string;
  readonly created_at: number;
  updated_at: number;
  readonly account_id: number;
  readonly created_by: number;
  sort: number;
  disabled: boolean;
  settings: readonly string[];
}
