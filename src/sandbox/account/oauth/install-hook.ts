import { callOut } from '../outgoing.js';
import { issueCode } from './grants.js';
import { grantedFields, withFields } from './redirect.js';
import type { AccountContext } from '../context.js';
import type { OutgoingAnswer } from '../outgoing.js';
import type { Integration } from '../state.js';

/** `platform/server.md §1.1`. */
export const installHook = {
  timeoutMs: 3000,
  userAgent: 'amoService-oAuth-Code-Sender/1.0',
} as const;

/**
 * Tells the integration of its installation: one GET of its redirect address with a fresh code, from the
 * server. The platform looks at no answer and does not repeat it; the answer is returned for the sandbox to show.
 */
export async function sendInstallHook(
  context: AccountContext,
  integration: Integration,
  {
    userId = context.currentUserId(),
    timeoutMs = installHook.timeoutMs,
  }: { userId?: number; timeoutMs?: number } = {},
): Promise<OutgoingAnswer> {
  const code = issueCode(context, integration, userId);
  const fields = { ...grantedFields(context, integration, { code }), from_widget: '1' };
  return callOut(context, {
    kind: 'install_hook',
    method: 'GET',
    url: withFields(integration.redirect_uri, fields),
    headers: { 'User-Agent': installHook.userAgent },
    timeoutMs,
  });
}
