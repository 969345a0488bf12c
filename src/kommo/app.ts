import type { WidgetsArea } from './areas.js';
import type { AppNotifications } from './notifications.js';

export type { WidgetsArea } from './areas.js';

/**
 * The documented part of the global `APP` (`platform/widget.md §3.5`). Moderation refuses widgets that write
 * to `APP` or rely on anything else of it (`§8`), hence no setters and no further members.
 */
export interface App {
  /** The user's language, e.g. `en`. */
  readonly lang_id: string;
  readonly data: AppData;
  readonly sdk: AppSdk;
  readonly notifications: AppNotifications;
  /** The entity whose list, pipeline or card is open, e.g. `leads`. */
  getBaseEntity(): string;
  isCard(): boolean;
  getWidgetsArea(): WidgetsArea;
  /** @deprecated Its values differ from those of {@link App.getWidgetsArea}, which replaces it. */
  getV3WidgetsArea(): string;
  /** A second argument would set the constant, which moderation refuses. */
  constant<Key extends keyof AppConstants>(key: Key): AppConstants[Key];
  /** Hands every notification of the user to the widget; for `init_once` widgets only. */
  addNotificationCallback(widgetCode: string, callback: (notification: unknown) => void): void;
}

/** The constants that stay from version to version. Their forms are not documented: check before use. */
export interface AppConstants {
  /** The current user. */
  readonly user: unknown;
  readonly user_rights: unknown;
  readonly account: unknown;
  /** The account's users. */
  readonly managers: unknown;
  /** The account's groups of users. */
  readonly groups: unknown;
  /** Kinds of task that the account has added. */
  readonly task_types: unknown;
}

/** What is open on the page. Each member may be missing: test it before use. */
export interface AppData {
  /** Not in cards. */
  readonly current_view?: { readonly $el: JQuery };
  /** In lists only. */
  readonly current_list?: BackboneCollection;
  /** False outside cards. */
  readonly current_card?: CurrentCard | false;
}

export interface CurrentCard {
  /** 0 while the card is new. */
  readonly id: number;
  /** What the form shows, stored or not. */
  readonly model: BackboneModel;
}

/** The part of a Backbone 1.1.2 model that reads. Rows of a list have `id`, `name` and `checked`. */
export interface BackboneModel {
  readonly id?: number | string;
  get(attribute: string): unknown;
  toJSON(): Readonly<Record<string, unknown>>;
}

/** The part of a Backbone 1.1.2 collection that reads. */
export interface BackboneCollection {
  readonly length: number;
  readonly models: readonly BackboneModel[];
}

export interface AppSdk {
  /** Every user by id. */
  showUserStatus(): Readonly<Record<string, UserStatus>>;
  /** Ids of the users who are online. */
  showUserStatus(filter: 'online'): readonly (number | string)[];
  /** State of one user; the form of the answer is not documented. */
  showUserStatus(userId: number | string): unknown;
  /** While true, the platform puts off the reload that follows its updates. */
  setCallingStatus(calling: boolean): void;
  getCallingStatus(): boolean;
}

export interface UserStatus {
  readonly id: number | string;
  readonly online: boolean;
}
