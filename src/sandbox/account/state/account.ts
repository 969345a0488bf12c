import type { HistoryEvent, Note, SettledUnsorted, Source, Task, Unsorted, Webhook } from './activity.js';
import type { BotRun, Salesbot } from './bots.js';
import type { Chat, ChatChannel, ChatMessage, ChatTemplate, Talk } from './chats.js';
import type { DpTrigger, DpWebhookTrigger } from './digital-pipeline.js';
import type { CustomField, EntityLink, EntityStores, EntityType, Tag } from './entities.js';
import type {
  AccessToken,
  AuthorizationCode,
  Integration,
  RefreshToken,
  WidgetInstallation,
} from './integrations.js';
import type { CustomerStatus, LossReason, Pipeline, TaskType } from './pipelines.js';
import type { Role, User, UserGroup } from './users.js';

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
  readonly settled_unsorted: SettledUnsorted[];
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
  readonly chat_templates: Map<number, ChatTemplate>;
  readonly bots: Map<number, Salesbot>;
  readonly bot_runs: Map<number, BotRun>;
}

export type Flavour = 'kommo' | 'amocrm';

export type CustomersMode = 'unavailable' | 'disabled' | 'segments' | 'dynamic' | 'periodicity';
