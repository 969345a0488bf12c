import type { Caller } from '../auth/authenticate.js';
import { keepAnswers } from '../kept-answers.js';
import { KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { Refusal } from '../refusal.js';

/** Whether users of accounts may change settings. */
export interface Administrators {
  /** Undefined when neither the token nor the account tells. */
  isAdmin(caller: Caller): Promise<boolean | undefined>;
  /** @throws Refusal 403 `not_admin`; 502 `kommo_unavailable` when the account cannot be asked. */
  demand(caller: Caller): Promise<void>;
}

/** Milliseconds for which an answer of the account is good: whoever has lost the right is refused soon. */
const lifetime = 10_000;

/** A user as the API shows one (`platform/server.md §5.12`). */
interface ApiUserRights {
  readonly rights?: { readonly is_admin?: unknown } | null;
}

/**
 * By the token's claim where there is one, else by the account's list of users, which an administrator's access alone
 * may read (`platform/server.md §2`).
 */
export function createAdministrators(apis: KommoApis, options: { now?: () => number } = {}): Administrators {
  const rights = keepAnswers<boolean>({ lifetime, ...options });
  const ask = ({ installation: { id }, userId }: Caller): Promise<boolean> =>
    rights.get(`${id} ${userId}`, () => readRight(apis, id, userId));

  return {
    async isAdmin(caller) {
      if (caller.isAdmin !== undefined) return caller.isAdmin;
      try {
        return await ask(caller);
      } catch (error) {
        if (error instanceof KommoApiError) return undefined;
        throw error;
      }
    },
    async demand(caller) {
      let isAdmin = caller.isAdmin;
      try {
        isAdmin ??= await ask(caller);
      } catch (error) {
        if (!(error instanceof KommoApiError)) throw error;
        throw new Refusal(
          502,
          'kommo_unavailable',
          `Whether you are an administrator could not be asked of the account: ${error.message}`,
        );
      }
      if (!isAdmin) {
        throw new Refusal(
          403,
          'not_admin',
          'Expected an administrator of the account: only they change the settings',
        );
      }
    },
  };
}

async function readRight(apis: KommoApis, installationId: string, userId: number): Promise<boolean> {
  try {
    const user = await apis.of(installationId).get<ApiUserRights>(`/users/${userId}`);
    return user?.rights?.is_admin === true;
  } catch (error) {
    if (error instanceof KommoApiError && error.kind === 'not_found') return false;
    throw error;
  }
}
