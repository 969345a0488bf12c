import type { Callbacks } from './callbacks.js';
import type { PanelTemplate, Render, TemplateParams } from './render.js';
import type { WidgetSettings } from './settings.js';
import type { SocketChannel } from './socket.js';
import type { Thenable } from './thenable.js';

/**
 * What the module `script.js` returns: a plain function that the platform extends with its base class and
 * calls with `new`, so that `this` has all methods already. An ES class or an arrow function can't be
 * extended (`platform/widget.md §3.1`, `§12`).
 */
export type WidgetConstructor = (this: WidgetInstance) => WidgetInstance;

/**
 * The methods and properties that the platform gives a widget (`platform/widget.md §3.2`). Only `system()`
 * is safe in the constructor: settings and language arrive later (`§12`).
 */
export interface WidgetInstance {
  /** Set by the widget's constructor. */
  callbacks: Callbacks;
  /** `.widget:<code>`: suffix for handlers on `document`, which the platform removes on its own (`§3.1`). */
  readonly ns?: string;
  /** The manifest's `init_once`, which the server writes as `Y` or `N`. */
  readonly init_once?: unknown;

  /** The same data as {@link WidgetInstance.get_settings}. */
  readonly params: WidgetSettings;
  get_settings(): WidgetSettings;
  /** Merges into the settings of this page; only a Save stores settings (`§6`). */
  set_settings(settings: Readonly<Record<string, unknown>>): void;
  /** `widget.version` of the manifest. */
  get_version(): string;
  get_install_status(): InstallStatus;
  /** Shows the state in the settings and on the icon. */
  set_status(status: WidgetStatus): void;

  /** The texts of the user's language. */
  readonly langs: I18nTree;
  /** Replaces {@link WidgetInstance.langs}. */
  set_lang(langs: I18nTree): void;
  /** Text or branch of the user's language at a dotted path. What a missing path gives is not documented. */
  i18n(path: string): I18nValue | undefined;

  system(): SystemInfo;
  /** Data of the account, without a request. Its form is not documented. */
  get_accounts_current(): Readonly<Record<string, unknown>>;
  /** The contacts of the open card, without a request. */
  get_current_card_contacts_data(): PromiseLike<readonly CardContact[]>;
  /** The rows that are marked in a list, as far as they are visible. */
  list_selected(): ListSelection;

  /** Posts through the platform's proxy: at most once per second, further calls wait. */
  crm_post(
    url: string,
    data?: object,
    onSuccess?: (answer: unknown) => void,
    type?: CrmPostType,
    onError?: (...args: readonly unknown[]) => void,
  ): void;
  /**
   * `$.ajax` with the user's one-time token in header `X-Auth-Token`. The server must allow the account's
   * origin (CORS). The token's claims: `disposable-token.ts`.
   */
  $authorizedAjax(options: JQueryAjaxSettings): AuthorizedRequest;
  /** Returns the function that ends the subscription. */
  listenSocketChannel(
    channel: SocketChannel,
    keys: readonly string[],
    onMessage: (message: unknown) => void,
  ): () => void;

  readonly render: Render;
  /** Puts a box into the right-hand panel of a card or list. */
  render_template(template: PanelTemplate, params?: TemplateParams): void;
  /** Switches the overlay that lies behind the panel when it is opened from a list. */
  widgetsOverlay(shown: boolean): void;

  /** Answers a click on a phone number or an e-mail address. */
  add_action(type: 'phone' | 'email', onClick: (data: ActionData) => void): void;
  /** Adds a way to write to the card's feed. The promise of `sms` resolves when the note may be created. */
  add_source(type: 'sms', send: (message: SmsMessage) => Thenable<unknown>): void;
  /** `label` names the source to the user. */
  add_source(type: 'chat' | 'email' | 'custom', mount: ($el: JQuery) => void, label: string): void;
  /** The pipeline whose sources are set up; needs location `lead_sources`. */
  get_pipeline_id(): PromiseLike<number | string>;
  /** Before settings are saved: `loadCatalogElement` then replaces the list's own card of an element. */
  setSdkCatalogId(id: number | string): void;
}

/** `not_configured`: the tour was passed, settings were not saved (`platform/widget.md §6`). */
export type InstallStatus = 'install' | 'installed' | 'not_configured';

export type WidgetStatus = 'install' | 'installed' | 'error';

export type I18nValue = string | I18nTree;

/** A language file: texts and branches by key. */
export interface I18nTree {
  readonly [key: string]: I18nValue;
}

/** Only the first three are documented; the others were seen in use. */
export interface SystemInfo {
  /** Where the widget runs, e.g. `ccard`; not the codes of `APP.getWidgetsArea()`. */
  readonly area: string;
  readonly amouser_id: number | string;
  /** E-mail address of the user. */
  readonly amouser: string;
  /** @deprecated Key of the retired API. */
  readonly amohash?: string;
  readonly domain?: string;
  readonly subdomain?: string;
  readonly server?: string;
  readonly displayed_count?: unknown;
}

export interface CardContact {
  readonly id: number;
  readonly name: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}

export interface ListSelection {
  readonly selected: readonly SelectedRow[];
  /** How many rows, e-mail addresses and phone numbers the selection has. */
  readonly summary: { readonly items: number; readonly emails: number; readonly phones: number };
}

export interface SelectedRow {
  readonly id: number;
  /** Kind of the row, e.g. `lead` or `contact`. */
  readonly type: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** How the answer is read; `text` unless given. */
export type CrmPostType = 'text' | 'json' | 'html' | 'xml' | 'script' | 'jsonp';

/**
 * Answer of `$authorizedAjax`. Pages of the documentation call it a Deferred and compatible with that of
 * `$.ajax`, so what only a jqXHR has may be missing.
 */
export type AuthorizedRequest = JQueryPromise<unknown> &
  Partial<Pick<JQueryXHR, 'abort' | 'status' | 'statusText' | 'responseText' | 'responseJSON'>>;

/** What was clicked: a phone number or an e-mail address. */
export interface ActionData {
  readonly value?: string;
  readonly [field: string]: unknown;
}

export interface SmsMessage {
  readonly phone: number | string;
  readonly message: string;
  /** The contact that the number belongs to. */
  readonly contact_id: number | string;
}
