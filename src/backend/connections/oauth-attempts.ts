import { and, eq } from 'drizzle-orm';
import {
  type ChatServiceDefinition,
  type ConnectedAccount,
  ConnectError,
} from '../chat-services/definition.js';
import { isSameSecret } from '../chat-services/same-secret.js';
import type { Context } from '../context.js';
import { type Installation, installations } from '../installations/tables.js';
import type { AskService } from './asking.js';
import type { Ending } from './ending.js';
import {
  codeOf,
  completeOAuth,
  hashOfPageToken,
  hashOfState,
  redirectUriOf,
  secretText,
} from './methods/oauth.js';
import { definitionOf } from './offered.js';
import type { Secrets } from './secrets.js';
import type { Step } from './step.js';
import { type AttemptRow, connectionAttempts } from './tables.js';

interface Known {
  readonly attempt: AttemptRow;
  readonly installation: Installation;
  readonly step: Extract<Step, { method: 'oauth' }>;
}

/**
 * - `asked`: the person has agreed at the service, and nothing is done with it until whoever has `token` decides;
 * - `ended`: `attempt` is as it has ended;
 * - `unknown`: not begun here, or over already.
 */
export type Consent =
  | (Known & { readonly state: 'asked'; readonly token: string })
  | (Known & { readonly state: 'ended' })
  | { readonly state: 'unknown' };

/**
 * Attempts by the consent of a person in the service's window. Whoever has begun one may have sent the service's page to
 * somebody else, whose account would then be connected for them: the code is not used before either the page that has
 * begun the attempt, or the person, says so.
 */
export interface OAuthAttempts {
  /** The person is back from the service's page. Uses the state up, which is good for its own service alone. */
  arrive(service: string, query: URLSearchParams): Promise<Consent>;
  /** What a page of ours is about, by its token. Uses nothing up. */
  find(service: string, token: string): Promise<Consent>;
  /** Whether this comes from the page that has begun the attempt. */
  isProven(consent: Consent, proof: string): boolean;
  /** Uses the token up. */
  decide(service: string, token: string, decision: 'connect' | 'cancel'): Promise<Consent>;
}

export interface OAuthAttemptsOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  readonly ending: Ending;
  readonly ask: AskService;
}

const unknown: Consent = { state: 'unknown' };

export function createOAuthAttempts(
  { store: { db }, config, clock }: Pick<Context, 'store' | 'config' | 'clock'>,
  { definitions, secrets, ending, ask }: OAuthAttemptsOptions,
): OAuthAttempts {
  const waitsFor = (hash: string) =>
    and(eq(connectionAttempts.stateHash, hash), eq(connectionAttempts.state, 'waiting'));

  async function know(attempt: AttemptRow | undefined): Promise<Known | undefined> {
    if (attempt === undefined) return undefined;
    const [installation] = await db
      .select()
      .from(installations)
      .where(eq(installations.id, attempt.installationId));
    const step = secrets.openStep(attempt);
    if (installation === undefined || installation.state === 'uninstalled') return undefined;
    return step?.method === 'oauth' ? { attempt, installation, step } : undefined;
  }

  /** Whoever comes first gets it. */
  async function take(hash: string): Promise<Known | undefined> {
    const [attempt] = await db
      .update(connectionAttempts)
      .set({ stateHash: null })
      .where(waitsFor(hash))
      .returning();
    return know(attempt);
  }

  async function end(known: Known, outcome: ConnectedAccount | ConnectError): Promise<Consent> {
    await ending.finish(known.attempt, outcome);
    return { ...known, attempt: await ending.reread(known.attempt.id), state: 'ended' };
  }

  async function connect({ attempt, step }: Known): Promise<ConnectedAccount | ConnectError> {
    const { oauth } = definitionOf(definitions, attempt);
    if (oauth === undefined) return new ConnectError('service_unavailable');
    const redirectUri = redirectUriOf(config, attempt.service);
    try {
      return await ask(attempt.service, () => completeOAuth(oauth, step, { redirectUri }));
    } catch (error) {
      if (error instanceof ConnectError) return error;
      throw error;
    }
  }

  /** Why there is nothing to decide about. */
  function whyOver({ attempt }: Known, service: string, query?: URLSearchParams): ConnectError | undefined {
    if (attempt.expiresAt <= clock.now()) return new ConnectError('expired');
    // What one service has given out must not reach another one.
    if (attempt.service !== service) return new ConnectError('service_unavailable');
    try {
      if (query !== undefined) codeOf(query);
      return undefined;
    } catch (error) {
      if (error instanceof ConnectError) return error;
      throw error;
    }
  }

  return {
    async arrive(service, query) {
      const [state = '', ...others] = query.getAll('state');
      if (state === '' || others.length > 0) return unknown;
      const known = await take(hashOfState(state));
      if (known === undefined) return unknown;
      const over = whyOver(known, service, query);
      if (over !== undefined) return end(known, over);
      const { id } = known.attempt;
      const token = secretText();
      const memory = secrets.sealStep(id, { ...known.step, returned: query.toString() });
      const kept = await db
        .update(connectionAttempts)
        .set({ stateHash: hashOfPageToken(token), memory })
        .where(and(eq(connectionAttempts.id, id), eq(connectionAttempts.state, 'waiting')))
        .returning({ id: connectionAttempts.id });
      return kept.length === 0 ? unknown : { ...known, state: 'asked', token };
    },

    async find(service, token) {
      const [attempt] = await db
        .select()
        .from(connectionAttempts)
        .where(waitsFor(hashOfPageToken(token)));
      const known = await know(attempt);
      if (known === undefined) return unknown;
      const over = whyOver(known, service);
      return over === undefined ? { ...known, state: 'asked', token } : end(known, over);
    },

    isProven: (consent, proof) => consent.state === 'asked' && isSameSecret(proof, consent.step.proof),

    async decide(service, token, decision) {
      const known = await take(hashOfPageToken(token));
      if (known === undefined) return unknown;
      const over = decision === 'cancel' ? new ConnectError('declined') : whyOver(known, service);
      return end(known, over ?? (await connect(known)));
    },
  };
}
