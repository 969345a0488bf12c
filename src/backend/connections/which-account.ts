import { KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { within } from '../within.js';
import { cut } from '../words/graphemes.js';

/** Milliseconds for which somebody who is asked about an account waits for its name. */
const patience = 3000;

/** Characters of a name that are shown: its owner chooses it, and the address below it has to stay in sight. */
const longestName = 60;

/** An account as a person knows it: its name (`GET /api/v4/account`), where it tells, and its host. */
export async function whichAccount(
  apis: KommoApis,
  { installationId, origin }: { readonly installationId: string; readonly origin: string },
): Promise<{ readonly name: string | undefined; readonly address: string }> {
  const asked = apis
    .of(installationId)
    .get<{ name?: unknown }>('/account')
    .catch((error: unknown) => {
      if (error instanceof KommoApiError) return undefined;
      throw error;
    });
  const answer = await within(patience, asked).catch(() => undefined);
  const name = typeof answer?.name === 'string' ? cut(answer.name.trim(), longestName) : '';
  return { name: name === '' ? undefined : name, address: new URL(origin).host };
}
