import { createHmac } from 'node:crypto';
import { disconnectChannelsOf } from '../chats/channel.js';
import { callOut } from '../outgoing.js';
import { revokeGrants } from './grants.js';
import { withFields } from './redirect.js';
import type { AccountContext } from '../context.js';
import type { OutgoingAnswer } from '../outgoing.js';
import type { Integration } from '../state.js';

/** Not documented (`platform/server.md §1.8`): the sandbox waits as long as the install hook, and asks once. */
const timeoutMs = 3000;

/**
 * Takes the integration's access away: its codes and tokens are void from now on, its chat channels are off
 * (`platform/server.md §6.3`), and its "access disabled" address is called, if it gave one.
 */
export async function disconnectIntegration(
  context: AccountContext,
  integration: Integration,
): Promise<OutgoingAnswer | null> {
  integration.is_installed = false;
  revokeGrants(context, integration.client_uuid);
  disconnectChannelsOf(context.account, integration.client_uuid);
  if (integration.access_disabled_uri === null) return null;

  const fields = {
    account_id: String(context.account.id),
    client_uuid: integration.client_uuid,
    signature: disconnectSignature(integration.client_secret, integration.client_uuid, context.account.id),
  };
  return callOut(context, {
    kind: 'disconnect_hook',
    method: 'GET',
    url: withFields(integration.access_disabled_uri, fields),
    timeoutMs,
  });
}

/** Lower-case hex of HMAC-SHA256, key the client secret, over `<client_uuid>|<account id>` (`§1.8`). */
export function disconnectSignature(secret: string, clientUuid: string, accountId: number): string {
  return createHmac('sha256', secret).update(`${clientUuid}|${accountId}`).digest('hex');
}
