import {
  type ChatServiceDefinition,
  type ConnectedAccount,
  ConnectError,
} from '../chat-services/definition.js';
import type { Context } from '../context.js';
import type { AskService } from './asking.js';
import { attemptEnded, type Ending } from './ending.js';
import { completeOAuth, redirectUriOf } from './methods/oauth.js';
import { definitionOf } from './offered.js';
import type { Secrets } from './secrets.js';
import type { AttemptRow } from './tables.js';

/** Attempts by the consent of a person in the service's window. */
export interface OAuthAttempts {
  /** The person is back from the service's page, whose state was taken from the attempt (`takeState`). */
  complete(attempt: AttemptRow, query: URLSearchParams): Promise<AttemptRow>;
  /** Ends an attempt that came to nothing. */
  fail(attempt: AttemptRow, why: ConnectError): Promise<AttemptRow>;
}

export interface OAuthAttemptsOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  readonly ending: Ending;
  readonly ask: AskService;
}

export function createOAuthAttempts(
  { config }: Pick<Context, 'config'>,
  { definitions, secrets, ending, ask }: OAuthAttemptsOptions,
): OAuthAttempts {
  return {
    async complete(attempt, query) {
      const { oauth } = definitionOf(definitions, attempt);
      const step = secrets.openStep(attempt);
      if (oauth === undefined || step?.method !== 'oauth') throw attemptEnded();
      let outcome: ConnectedAccount | ConnectError;
      try {
        const redirectUri = redirectUriOf(config, attempt.service);
        outcome = await ask(attempt.service, () => completeOAuth(oauth, step, { query, redirectUri }));
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        outcome = error;
      }
      await ending.finish(attempt, outcome);
      return ending.reread(attempt.id);
    },

    async fail(attempt, why) {
      await ending.finish(attempt, why);
      return ending.reread(attempt.id);
    },
  };
}
