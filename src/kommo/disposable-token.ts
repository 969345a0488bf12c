import type { HookNumber } from './digital-pipeline.js';

/**
 * How the platform signs and sends a user's one-time token (`platform/widget.md §3.4`). The key is the
 * integration's secret.
 */
export const disposableToken = {
  header: 'X-Auth-Token',
  algorithm: 'HS256',
  /** From `iat` to `exp` in the documented example; not promised. */
  lifetimeSeconds: 1800,
} as const;

/** Claims of a one-time token. Times are Unix seconds. */
export interface DisposableTokenClaims {
  /** Address of the account: `https://<subdomain>.kommo.com`. */
  readonly iss: string;
  /** Scheme and host of the integration's redirect address. */
  readonly aud: string;
  /** Id of this token. */
  readonly jti: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly account_id: number;
  readonly user_id: number;
  /** May change: never a key (`platform/widget.md §6`). */
  readonly subdomain: string;
  /** Identifies the integration: `oauth_client_uuid` of the widget's settings. */
  readonly client_uuid: string;
  /** Read by the platform's own library, but not documented (`platform/server.md §2`). */
  readonly is_admin?: unknown;
  /** Only in tokens for the mobile card: the open entity (`platform/server.md §2`). */
  readonly data?: { readonly entity_type: string; readonly entity_id: HookNumber };
}
