import type { Platform } from '../config.js';
import type { Context } from '../context.js';
import { createSealer } from '../sealing.js';
import { placeOf } from './stored-tokens.js';
import { installations } from './tables.js';

/** What is known of an account once it has given access. */
export interface Granted {
  readonly platform: Platform;
  readonly clientId: string;
  readonly accountId: number;
  readonly subdomain: string;
  readonly origin: string;
  readonly apiDomain: string | undefined;
  readonly accessToken: string;
  /** Undefined for a long-lived token, which is never refreshed. */
  readonly refreshToken: string | undefined;
  readonly expiresAt: Date | undefined;
  /** Undefined when the account could not be asked: what is stored stays. */
  readonly country: string | null | undefined;
  readonly currency: string | null | undefined;
}

/** Saves an installation and returns its id. The same client in the same account is the same installation. */
export async function saveInstallation(
  { store, config, clock }: Pick<Context, 'store' | 'config' | 'clock'>,
  granted: Granted,
): Promise<string> {
  const sealer = createSealer(config.sealingKeys);
  const { accessToken, refreshToken, expiresAt, apiDomain, clientId, accountId, ...facts } = granted;
  const values = {
    ...facts,
    apiDomain: apiDomain ?? null,
    state: 'active' as const,
    tokenKind: refreshToken === undefined ? ('long_lived' as const) : ('oauth' as const),
    accessToken: sealer.seal(accessToken, placeOf('access_token', granted)),
    refreshToken:
      refreshToken === undefined ? null : sealer.seal(refreshToken, placeOf('refresh_token', granted)),
    accessTokenExpiresAt: expiresAt ?? null,
    updatedAt: clock.now(),
  };
  const [saved] = await store.db
    .insert(installations)
    .values({ ...values, clientId, accountId })
    .onConflictDoUpdate({ target: [installations.clientId, installations.accountId], set: values })
    .returning({ id: installations.id });
  if (saved === undefined) throw new Error('The installation was saved and is not there.');
  return saved.id;
}
