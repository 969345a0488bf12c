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
  /** What the integration asked for when access was granted: a later change of its scopes adds nothing. */
  readonly scopes: readonly string[];
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
  /** As granted. */
  readonly scopes: readonly string[];
  readonly expires_at: number;
  /** The token that this one was given for. */
  readonly replaces: string | null;
  /** Set when a newer pair was issued. */
  replaced_by: string | null;
  is_revoked: boolean;
}
