import { flavourFacts } from './flavour.js';
import type { AccountContext } from '../context.js';
import type { Integration } from '../state.js';

/** What comes back to an integration after consent, in the order in which it is sent. */
export type ConsentResult = Readonly<Record<string, string>>;

/**
 * The fields that hand a code over (`platform/server.md §1.1`). `state` only when the integration sent one;
 * `from_widget` only when it has a widget, since what it holds otherwise is not documented.
 */
export function grantedFields(
  context: AccountContext,
  integration: Integration,
  { code, state }: { code: string; state?: string | undefined },
): ConsentResult {
  return {
    code,
    referer: new URL(context.url).host,
    ...(state === undefined ? {} : { state }),
    client_id: integration.client_uuid,
    platform: flavourFacts[context.account.flavour].platform,
    ...(integration.widget_code === null ? {} : { from_widget: '1' }),
  };
}

export function declinedFields(
  integration: Integration,
  { state }: { state?: string | undefined },
): ConsentResult {
  return {
    error: 'access_denied',
    client_id: integration.client_uuid,
    ...(state === undefined ? {} : { state }),
  };
}

/** The address with the fields that have a value in its query, beside what stands there already. */
export function withFields(address: string, fields: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
