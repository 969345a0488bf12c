/**
 * What an account holds. Fields that the platform sends keep the platform's names, so that an answer is the
 * state itself plus `_links` and `_embedded`. Times are Unix seconds, money is in the account's currency.
 */
export interface Account extends EntityStores {
  readonly id: number;
  /** kommo.com and amocrm.ru are separate platforms and differ in small things (`platform/server.md §1.7`). */
  flavour: Flavour;
  name: string;
  /** May be renamed: never a key (`platform/server.md §0`, 8). */
  subdomain: string;
  readonly uuid: string;
  /** What the chats API calls `account_id` (`platform/server.md §6.3`). */
  readonly amojo_id: string;
  readonly country: string;
  readonly currency: string;
  readonly currency_symbol: string;
  readonly timezone: string;
  readonly created_at: number;
  language: string;
  customers_mode: CustomersMode;
  is_unsorted_on: boolean;
  /** `lapsed` answers every API call with 402, `blocked` with 403 (`platform/server.md §5.1`). */
  access: 'open' | 'lapsed' | 'blocked';
  /** The one whose session the account's pages are. */
  current_user_id: number;

  readonly users: Map<number, User>;
  readonly groups: UserGroup[];
  readonly roles: Role[];
  readonly pipelines: Map<number, Pipeline>;
  readonly customer_statuses: CustomerStatus[];
  readonly loss_reasons: LossReason[];
  readonly task_types: TaskType[];
  readonly tags: Record<EntityType, Tag[]>;
  readonly custom_fields: Record<EntityType, CustomField[]>;

  /** What each entity is linked to, by `linkKey` of links.ts. Both directions are stored. */
  readonly links: Map<string, EntityLink[]>;
  readonly notes: Map<number, Note>;
  readonly events: HistoryEvent[];
  readonly tasks: Map<number, Task>;
  readonly unsorted: Map<string, Unsorted>;
  readonly sources: Map<number, Source>;
  readonly webhooks: Map<number, Webhook>;

  /** Widgets and their integrations by widget code. */
  readonly widgets: Map<string, WidgetInstallation>;
  /** Integrations by `client_uuid`. */
  readonly integrations: Map<string, Integration>;
  readonly authorization_codes: Map<string, AuthorizationCode>;
  /** By access token. */
  readonly access_tokens: Map<string, AccessToken>;
  /** By refresh token. */
  readonly refresh_tokens: Map<string, RefreshToken>;

  readonly dp_triggers: Map<number, DpTrigger>;
  readonly dp_webhook_triggers: Map<number, DpWebhookTrigger>;

  /** Chat channels by channel id (`platform/server.md §6.1`). */
  readonly channels: Map<string, ChatChannel>;
  readonly chats: Map<string, Chat>;
  readonly talks: Map<number, Talk>;
  readonly messages: Map<string, ChatMessage>;
  readonly bots: Map<number, Salesbot>;
  readonly bot_runs: Map<number, BotRun>;
}

export type Flavour = 'kommo' | 'amocrm';

export type CustomersMode = 'unavailable' | 'disabled' | 'segments' | 'dynamic' | 'periodicity';

/** Entities with cards, by their names in API addresses. */
export const entityTypes = ['leads', 'contacts', 'companies', 'customers'] as const;
export type EntityType = (typeof entityTypes)[number];

export interface EntityMap {
  leads: Lead;
  contacts: Contact;
  companies: Company;
  customers: Customer;
}
export type Entity = EntityMap[EntityType];

/** Every entity by its id. */
export type EntityStores = { readonly [T in EntityType]: Map<number, EntityMap[T]> };

/** Names of the entity types in events and in answers about one entity. */
export const singularNames = {
  leads: 'lead',
  contacts: 'contact',
  companies: 'company',
  customers: 'customer',
} as const satisfies Record<EntityType, string>;

/** `A` all, `G` own group, `M` own only, `D` denied. */
export type Permission = 'A' | 'G' | 'M' | 'D';

export interface EntityRights {
  readonly view: Permission;
  readonly edit: Permission;
  readonly add: Permission;
  readonly delete: Permission;
  readonly export: Permission;
}

export interface UserRights {
  readonly leads: EntityRights;
  readonly contacts: EntityRights;
  readonly companies: EntityRights;
  readonly tasks: { readonly edit: Permission; readonly delete: Permission };
  readonly mail_access: boolean;
  readonly catalog_access: boolean;
  readonly is_admin: boolean;
  readonly is_free: boolean;
  readonly is_active: boolean;
  readonly group_id: number | null;
  readonly role_id: number | null;
}

export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  /** Language of the interface; the user may change it. */
  lang: string;
  readonly uuid: string;
  readonly amojo_id: string;
  rights: UserRights;
}

export interface UserGroup {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
}

export interface Role {
  readonly id: number;
  readonly name: string;
}

export interface Pipeline {
  readonly id: number;
  name: string;
  sort: number;
  is_main: boolean;
  is_unsorted_on: boolean;
  is_archive: boolean;
  readonly statuses: Status[];
}

/** The ids that every pipeline has (`platform/server.md §5.12`). */
export const fixedStatuses = { won: 142, lost: 143 } as const;

export interface Status {
  readonly id: number;
  name: string;
  sort: number;
  is_editable: boolean;
  pipeline_id: number;
  color: string;
  /** 1 is the stage of incoming leads. */
  readonly type: 0 | 1;
}

export interface CustomerStatus {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
  readonly color: string;
  readonly is_default: boolean;
}

export interface LossReason {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
}

export interface TaskType {
  readonly id: number;
  readonly name: string;
  readonly code: string | null;
}

export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly color: string | null;
}

export const customFieldTypes = [
  'text',
  'numeric',
  'checkbox',
  'select',
  'multiselect',
  'date',
  'url',
  'textarea',
  'radiobutton',
  'birthday',
  'multitext',
] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

export interface CustomFieldEnum {
  readonly id: number;
  readonly value: string;
  readonly sort: number;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly code: string | null;
  readonly type: CustomFieldType;
  readonly sort: number;
  readonly entity_type: EntityType;
  readonly is_api_only: boolean;
  readonly is_predefined: boolean;
  /** Choices of select, multiselect and radiobutton; kinds of a multitext (WORK, MOB…), whose value is the code. */
  readonly enums: readonly CustomFieldEnum[] | null;
}

export interface CustomFieldValue {
  readonly value: string | number | boolean;
  readonly enum_id?: number;
  readonly enum_code?: string | null;
}

/** A filled field as the API prints it (`platform/server.md §5.4`). */
export interface CustomFieldValues {
  readonly field_id: number;
  readonly field_name: string;
  readonly field_code: string | null;
  readonly field_type: CustomFieldType;
  readonly values: readonly CustomFieldValue[];
}

interface EntityBase {
  readonly id: number;
  name: string;
  responsible_user_id: number;
  /** A user id, or 0 for the robot. */
  readonly created_by: number;
  updated_by: number;
  readonly created_at: number;
  updated_at: number;
  closest_task_at: number | null;
  is_deleted: boolean;
  custom_fields_values: CustomFieldValues[] | null;
  readonly account_id: number;
  tags: Tag[];
}

export interface Lead extends EntityBase {
  price: number;
  group_id: number;
  status_id: number;
  pipeline_id: number;
  loss_reason_id: number | null;
  closed_at: number | null;
  score: number | null;
  source_id: number | null;
  is_price_modified_by_robot: boolean;
}

export interface Contact extends EntityBase {
  first_name: string;
  last_name: string;
  group_id: number;
  is_unsorted: boolean;
}

export interface Company extends EntityBase {
  group_id: number;
}

export interface Customer extends EntityBase {
  next_price: number | null;
  next_date: number | null;
  status_id: number;
  periodicity: number;
  ltv: number;
  purchases_count: number;
  average_check: number | null;
}

export interface EntityLink {
  readonly to_entity_id: number;
  readonly to_entity_type: EntityType;
  /** Read as `main_contact`, written as `is_main` (`platform/server.md §5.5`). Null unless a contact is linked. */
  readonly metadata: { readonly main_contact: boolean } | null;
}

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

export type InstallStatus = 'install' | 'not_configured' | 'installed';

/** An uploaded widget in this account, installed or not. */
export interface WidgetInstallation {
  readonly id: number;
  readonly code: string;
  version: string;
  manifest: Readonly<Record<string, unknown>>;
  /** Files of the archive by their path inside it. */
  files: ReadonlyMap<string, Uint8Array>;
  readonly client_uuid: string;
  /** `platform/widget.md §6`: not installed, installed but never saved, saved. */
  status: InstallStatus;
  /** The switch of the settings modal: false until the first save, and after it was switched off. */
  is_active: boolean;
  /** Fields of the settings as stored at the last save. */
  settings: Record<string, unknown>;
}

export interface Integration {
  readonly client_uuid: string;
  client_secret: string;
  /** The secret before the current one, while both are valid (`platform/server.md §1.9`). */
  previous_secret: string | null;
  name: string;
  redirect_uri: string;
  /** Called when access is revoked (`platform/server.md §1.8`), null when the integration gave none. */
  access_disabled_uri: string | null;
  scopes: readonly string[];
  /** Whether an administrator granted it access; others may authorise it only then (`platform/server.md §1.1`). */
  is_installed: boolean;
  /** The widget of this integration, if it has one. */
  widget_code: string | null;
}

export interface AuthorizationCode {
  readonly code: string;
  readonly client_uuid: string;
  readonly user_id: number;
  readonly redirect_uri: string;
  readonly expires_at: number;
  is_used: boolean;
}

export interface AccessToken {
  readonly token: string;
  readonly client_uuid: string;
  readonly user_id: number;
  readonly scopes: readonly string[];
  expires_at: number;
  is_revoked: boolean;
}

export interface RefreshToken {
  readonly token: string;
  readonly client_uuid: string;
  readonly user_id: number;
  readonly expires_at: number;
  /** The token that this one was given for. */
  readonly replaces: string | null;
  /** Set when a newer pair was issued. */
  replaced_by: string | null;
  is_revoked: boolean;
}

/** What an action in the digital pipeline waits for, and where (`platform/server.md §3`). */
export interface DpCondition {
  readonly id: number;
  /** Code of the event: `dpEvents` of src/kommo. */
  event_code: number;
  /** 2 for leads, 12 for customers. */
  element_type: 2 | 12;
  /** Null for customers. */
  pipeline_id: number | null;
  /** The stages that it is stretched over; one unless `dp.action_multiple`. */
  status_ids: readonly number[];
  delay_seconds: number;
}

/** A widget's action in the digital pipeline. */
export interface DpTrigger extends DpCondition {
  readonly widget_code: string;
  /** Values of `dp.settings` as the bubble's inputs hold them. */
  settings: Record<string, unknown>;
}

/** The action "API: send webhook" of the digital pipeline (`platform/server.md §3.6`). */
export interface DpWebhookTrigger extends DpCondition {
  url: string;
}

/** A channel as support registers it (`platform/server.md §6.1`). */
export interface ChatChannel {
  readonly id: string;
  readonly code: string;
  readonly secret: string;
  readonly name: string;
  readonly client_uuid: string | null;
  /** With `:scope_id` in the path. */
  webhook_url: string;
  readonly bot: { readonly id: string; readonly client_id: string; readonly name: string };
  can_write_first: boolean;
  /** Hooks besides messages; support subscribes a channel to them. */
  readonly subscriptions: { readonly typing: boolean; readonly reactions: boolean };
  /** `{channel_id}_{amojo_id}` while the account is connected. */
  scope_id: string | null;
  title: string | null;
  is_time_window_disabled: boolean;
}

/** A client, a user, or a channel's bot, as the chats API tells of them. */
export interface ChatParticipant {
  /** In the chats API; of a user, `amojo_id`. */
  readonly id: string;
  /** In the integration; null for users of the account. */
  client_id: string | null;
  name: string;
  /** This and the next are empty when not told. */
  avatar: string;
  phone: string;
  email: string;
}

export interface Chat {
  readonly id: string;
  readonly scope_id: string;
  /** The integration's id of the conversation; null until a conversation that we began is answered. */
  conversation_id: string | null;
  source_external_id: string | null;
  contact_id: number | null;
  /** The client. */
  readonly user: ChatParticipant;
  /** Milliseconds; the hook about a manager who types comes at most every 5 s. */
  typing_hook_at: number | null;
}

export interface Talk {
  readonly talk_id: number;
  readonly chat_id: string;
  contact_id: number | null;
  entity_id: number | null;
  entity_type: 'lead' | 'customer' | null;
  readonly created_at: number;
  updated_at: number;
  is_in_work: boolean;
  is_read: boolean;
  rate: number;
  origin: string;
}

export interface ChatMessage {
  /** The platform's id. */
  readonly id: string;
  /** The integration's id, null for messages written in the account until it tells. */
  msgid: string | null;
  readonly chat_id: string;
  readonly talk_id: number | null;
  readonly is_incoming: boolean;
  readonly sender: ChatParticipant;
  /** Null for what a client wrote. */
  readonly receiver: ChatParticipant | null;
  /** `type`, `text`, `media`…: `message` of the chats API. */
  content: Readonly<Record<string, unknown>>;
  readonly created_at: number;
  readonly msec_timestamp: number;
  /** Emoji by the participant's id. */
  readonly reactions: Map<string, string>;
  delivery_status: number | null;
  delivery_error: string | null;
}

export interface Salesbot {
  readonly id: number;
  name: string;
  /** Steps by their number, as the designer stores them. A bot starts at 0. */
  steps: Readonly<Record<string, BotStep>>;
}

export interface BotStep {
  /** The widget whose step it is; only such a step may hold `widget_request` (`platform/server.md §9`). */
  readonly widget_code?: string;
  readonly question: readonly BotHandler[];
  /** Where `goto` with type `answer` leads; the sandbox does not wait for a client's answer by itself. */
  readonly answer?: readonly BotHandler[];
}

export interface BotHandler {
  readonly handler: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One run of a bot on one entity. */
export interface BotRun {
  /** `continue_id` of the address that the bot waits at. */
  readonly id: number;
  readonly bot_id: number;
  readonly entity_id: number;
  readonly entity_type: 'leads' | 'contacts' | 'customers';
  state: 'running' | 'waiting' | 'finished' | 'stopped' | 'failed';
  /** Why it failed, for a person. */
  failure: string | null;
  step: string;
  /** What the step still holds after the handler that it waits for. */
  pending: readonly BotHandler[];
  /** What integrations have handed over; `{{json.<key>}}` of the bot. */
  data: Record<string, unknown>;
  /** What it has shown, oldest first: the params of `show`. */
  readonly shown: Readonly<Record<string, unknown>>[];
  readonly started_at: number;
}
