import { randomBytes, randomUUID } from 'node:crypto';
import { revokeGrants } from './grants.js';
import type { AccountContext } from '../context.js';
import type { Integration } from '../state.js';

export interface NewIntegration {
  readonly name: string;
  readonly redirect_uri: string;
  /** Called when access is revoked; null when there is nothing to call. */
  readonly access_disabled_uri?: string | null;
  /** A UUID; made up when it is left out. */
  readonly client_uuid?: string;
  readonly client_secret?: string;
  readonly scopes?: readonly string[];
}

export type RegisteredIntegration =
  | { readonly ok: true; readonly integration: Integration }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Creates an integration, as its page in Settings → Integrations does. Redirect addresses must be https with a
 * host in plain Latin letters (`platform/server.md §1.1`); unlike the platform, the sandbox takes http on the
 * loopback, where a developer's backend runs.
 */
export function registerIntegration(context: AccountContext, wanted: NewIntegration): RegisteredIntegration {
  const client_uuid = wanted.client_uuid ?? randomUUID();
  const disabledUri = wanted.access_disabled_uri ?? null;
  const problems = [
    ...uriProblems('redirect_uri', wanted.redirect_uri),
    ...(disabledUri === null ? [] : uriProblems('access_disabled_uri', disabledUri)),
    ...(uuid.test(client_uuid) ? [] : [`client_uuid: a UUID was expected, not "${client_uuid}".`]),
    ...(context.account.integrations.has(client_uuid)
      ? [`client_uuid: ${client_uuid} is taken by another integration.`]
      : []),
    ...(wanted.client_secret === '' ? ['client_secret: a text that is not empty was expected.'] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };

  const integration: Integration = {
    client_uuid,
    client_secret: wanted.client_secret ?? newSecret(),
    previous_secret: null,
    name: wanted.name,
    redirect_uri: wanted.redirect_uri,
    access_disabled_uri: disabledUri,
    scopes: wanted.scopes ?? ['crm', 'notifications'],
    is_installed: false,
    widget_code: null,
  };
  context.account.integrations.set(client_uuid, integration);
  return { ok: true, integration };
}

/** What an integration's page lets its developer change. */
export type IntegrationChanges = Partial<
  Pick<Integration, 'name' | 'redirect_uri' | 'access_disabled_uri' | 'scopes'>
>;

/** Changes what is given, by the rules of {@link registerIntegration}; a sentence for each thing that does not fit. */
export function changeIntegration(integration: Integration, changes: IntegrationChanges): readonly string[] {
  const { redirect_uri, access_disabled_uri } = changes;
  const problems = [
    ...(redirect_uri === undefined ? [] : uriProblems('redirect_uri', redirect_uri)),
    ...(access_disabled_uri == null ? [] : uriProblems('access_disabled_uri', access_disabled_uri)),
  ];
  if (problems.length === 0) Object.assign(integration, changes);
  return problems;
}

/**
 * Gives the integration a new secret and returns it (`platform/server.md §1.9`).
 *
 * @param options.keepPrevious True is the transition that public integrations may choose: the old secret stays
 *   valid until {@link retirePreviousSecret}, and so do the tokens. Otherwise both are void at once.
 */
export function regenerateSecret(
  context: AccountContext,
  integration: Integration,
  { keepPrevious = false }: { keepPrevious?: boolean } = {},
): string {
  integration.previous_secret = keepPrevious ? integration.client_secret : null;
  integration.client_secret = newSecret();
  if (!keepPrevious) revokeGrants(context, integration.client_uuid);
  return integration.client_secret;
}

/** Ends the transition that {@link regenerateSecret} began. */
export function retirePreviousSecret(integration: Integration): void {
  integration.previous_secret = null;
}

export function isSecretOf(integration: Integration, secret: string): boolean {
  return secret === integration.client_secret || secret === integration.previous_secret;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const loopback = /^(127\.0\.0\.1|\[::1\]|localhost)$/;

function uriProblems(field: string, text: string): string[] {
  if (!URL.canParse(text)) return [`${field}: an https address was expected, not "${text}".`];
  const { protocol, hostname, hash } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) {
    return [`${field}: https was expected, or http on 127.0.0.1, not "${text}".`];
  }
  // The parser turns other scripts into punycode, so this finds both.
  if (hostname.split('.').some((label) => label.startsWith('xn--'))) {
    return [`${field}: a host in Latin letters was expected, not "${text}".`];
  }
  return hash === '' ? [] : [`${field}: an address without "#" was expected, not "${text}".`];
}

function newSecret(): string {
  return randomBytes(48).toString('base64url');
}
