/** The platform's way to write true and false in settings and lists. */
export type YesNo = 'Y' | 'N';

/**
 * What `get_settings()` and `params` hold: the fields that an administrator saved, under the names that the
 * manifest gives them, and the system fields below. Saved values arrive parsed from JSON.
 *
 * Every field may be missing: the platform fills the object after the constructor has run, and an integration
 * that was never saved has no user fields. Sources: `platform/widget.md §3.2`, `§4.2` point 5, `§12`.
 */
export interface WidgetSettings {
  /** Identifier of the installation. Whether it is a number or a string is not documented. */
  id?: number | string;
  /** State of the installation in the server's words; `get_install_status()` is the documented reading. */
  status?: string;
  /** The code that the platform gave the widget at upload; part of many selectors (`§5.2`, `§5.4`). */
  widget_code?: string;
  /** Base address of the widget's files, without a slash at the end (`§3.2`). */
  path?: string;
  /** Newer base address; the observed core does not always copy it here, hence `cdn_path || path` (`§3.3`). */
  cdn_path?: string;
  /** `widget.version` of the uploaded manifest, which the platform appends to addresses as `?v=`. */
  version?: string;
  /** Identifies the integration in OAuth and in the one-time token (`§6`). */
  oauth_client_uuid?: string;
  widget_active?: YesNo;
  active?: YesNo;
  /** `path` with `/images` unless the server says otherwise (`§12`). */
  images_path?: string;
  /** From `widget.support` of the manifest; the form in which it arrives is not documented. */
  support?: unknown;
  /** Its form and values are not documented. */
  category_code?: unknown;
  /** A field of `settings` in the manifest: {@link UsersValue}, {@link UsersLoginValue}, else text or JSON. */
  [field: string]: unknown;
}

/** Value of a field of type `users`: user id → text (`platform/widget.md §1.4`). */
export type UsersValue = Readonly<Record<string, string>>;

/** Value of a field of type `users_lp`: user id → login and password (`platform/widget.md §1.4`). */
export type UsersLoginValue = Readonly<Record<string, { readonly login: string; readonly password: string }>>;
