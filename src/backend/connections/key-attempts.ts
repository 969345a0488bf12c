import {
  type ChatServiceDefinition,
  type ConnectedAccount,
  ConnectError,
} from '../chat-services/definition.js';
import type { Caller } from '../auth/authenticate.js';
import type { Context } from '../context.js';
import { Refusal } from '../refusal.js';
import type { AskService } from './asking.js';
import { refuseUsedToken, useToken } from './changes.js';
import { attemptEnded, type Ending } from './ending.js';
import { readFields } from './methods/api-key.js';
import { definitionOf } from './offered.js';
import type { AttemptRow } from './tables.js';

export interface KeyAttemptsOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly ending: Ending;
  readonly ask: AskService;
}

/**
 * Ends an attempt by access keys with what the service says about the values that a person has typed.
 *
 * @throws Refusal
 */
export async function fillAttempt(
  { store, config, clock }: Pick<Context, 'store' | 'config' | 'clock'>,
  {
    caller,
    attempt,
    given,
  }: { caller: Caller; attempt: AttemptRow; given: Readonly<Record<string, string>> },
  { definitions, ending, ask }: KeyAttemptsOptions,
): Promise<void> {
  if (attempt.method !== 'api_key') {
    throw new Refusal(400, 'bad_request', `The attempt is one by ${attempt.method}: it takes no fields`);
  }
  const { apiKey } = definitionOf(definitions, attempt);
  if (attempt.state !== 'waiting' || attempt.expiresAt <= clock.now() || apiKey === undefined)
    throw attemptEnded();
  await refuseUsedToken(store.db, caller, config);
  let outcome: ConnectedAccount | ConnectError;
  try {
    const values = readFields(given, apiKey.fields);
    outcome = await ask(attempt.service, () => apiKey.complete(values));
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    outcome = error;
  }
  const isOurs = await ending.finish(attempt, outcome, (tx) => useToken(tx, caller, config));
  if (!isOurs) throw attemptEnded();
}
