import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { and, eq, ne } from 'drizzle-orm';
import type { Client } from '../config.js';
import { chatConnections } from '../chats/tables.js';
import type { Context } from '../context.js';
import { KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { installations } from './tables.js';

/** The fields of the "access disabled" hook (`platform/server.md §1.8`). */
export interface UninstalledQuery {
  readonly accountId?: string | undefined;
  /** `client_uuid`; until January 2024 it was called `client_id`. */
  readonly clientId?: string | undefined;
  readonly signature?: string | undefined;
}

/**
 * | result      | what happened                                                                |
 * | ----------- | ---------------------------------------------------------------------------- |
 * | `done`      | uninstalled now, before, or never installed: asking again changes nothing     |
 * | `in_use`    | the account still lets us in: the hook is an old one that somebody sent again |
 * | `unknown`   | the account could not be asked; nothing was changed                          |
 * | `unsigned`  | not from the platform, or the secret was changed                             |
 * | `malformed` | not the fields of this hook                                                  |
 */
export type UninstalledResult = 'done' | 'in_use' | 'unknown' | 'unsigned' | 'malformed';

export interface UninstalledOptions {
  readonly apis: KommoApis;
  /** Milliseconds between two looks at an account that still lets us in: the hook may run ahead. */
  readonly secondLook?: number;
}

/** Whether the hook is signed with one of the client's secrets; every secret is tried, in constant time. */
export function isSigned(
  { id, secrets }: Pick<Client, 'id' | 'secrets'>,
  accountId: string,
  signature: string,
): boolean {
  const given = Buffer.from(signature.toLowerCase());
  return secrets
    .map((secret) => Buffer.from(createHmac('sha256', secret).update(`${id}|${accountId}`).digest('hex')))
    .map((expected) => expected.length === given.length && timingSafeEqual(expected, given))
    .includes(true);
}

/**
 * Takes note that an account has uninstalled the integration: its tokens are erased. The hook has neither a time nor a
 * number, so that whoever saw one can send it again after a new installation: the account is asked first.
 */
export async function takeUninstalled(
  context: Context,
  { accountId, clientId, signature }: UninstalledQuery,
  { apis, secondLook = 1000 }: UninstalledOptions,
): Promise<UninstalledResult> {
  const { store, config, clock, log } = context;
  if (clientId === undefined || signature === undefined || !/^\d{1,15}$/.test(accountId ?? '')) {
    return 'malformed';
  }
  const client = config.clients.find(({ id }) => id === clientId);
  if (client === undefined || !isSigned(client, accountId ?? '', signature)) return 'unsigned';

  const [found] = await store.db
    .select({ id: installations.id, state: installations.state, accessToken: installations.accessToken })
    .from(installations)
    .where(
      and(
        eq(installations.clientId, client.id),
        eq(installations.accountId, Number(accountId)),
        ne(installations.state, 'uninstalled'),
      ),
    );
  if (found === undefined) return 'done';
  if (found.state === 'active') {
    const access = await accessOf(apis, found.id, secondLook);
    if (access !== 'revoked') return access;
  }
  const uninstalled = await store.db
    .update(installations)
    .set({
      state: 'uninstalled',
      accessToken: null,
      refreshToken: null,
      accessTokenExpiresAt: null,
      updatedAt: clock.now(),
    })
    // An installation that was authorised anew in the meantime has become active again.
    .where(and(eq(installations.id, found.id), eq(installations.state, 'unauthorised')))
    .returning({ id: installations.id });
  // The platform has disconnected the chats channel with it (`platform/server.md §6.3`).
  if (uninstalled.length > 0) {
    await store.db.delete(chatConnections).where(eq(chatConnections.installationId, found.id));
  }
  log.info({ installation: found.id }, 'the integration was uninstalled');
  return 'done';
}

/** A call that is refused leaves the installation `unauthorised`. */
async function accessOf(
  apis: KommoApis,
  id: string,
  secondLook: number,
): Promise<'revoked' | 'in_use' | 'unknown'> {
  for (const isLast of [false, true]) {
    try {
      await apis.of(id).get('/account');
      if (isLast) return 'in_use';
    } catch (error) {
      if (!(error instanceof KommoApiError)) throw error;
      if (error.kind === 'access_revoked') return 'revoked';
      if (isLast) return error.kind === 'subscription_lapsed' ? 'in_use' : 'unknown';
    }
    await pause(secondLook);
  }
  return 'in_use';
}
