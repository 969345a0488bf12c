import { flavourFacts } from './flavour.js';
import type { Flavour } from '../state.js';

/** The hints that were seen on the platform (`platform/server.md §1.5`); other errors come without one. */
export type OAuthHint =
  | 'Authorization code has expired'
  | 'Authorization code has been revoked'
  | 'Cannot decrypt the authorization code'
  | 'Invalid refresh token';

/** Why no token was given, for {@link problemBody}. */
export class OAuthProblem extends Error {
  override readonly name = 'OAuthProblem';
  readonly status: 400 | 401;
  readonly hint: OAuthHint | undefined;

  constructor(detail: string, { status = 400, hint }: { status?: 400 | 401; hint?: OAuthHint } = {}) {
    super(detail);
    this.status = status;
    this.hint = hint;
  }
}

/**
 * The body of a refused call to `/oauth2/access_token` (`platform/server.md §1.5`). The address in `type` was
 * seen as it stands here; whether Kommo has one of its own is not known.
 */
export function problemBody({ message, status, hint }: OAuthProblem, flavour: Flavour) {
  return {
    ...(hint === undefined ? {} : { hint }),
    title: flavourFacts[flavour].badRequest,
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status,
    detail: message,
  };
}
