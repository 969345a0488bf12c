import { ChatServiceError } from './chat-service.js';
import { ConnectError } from './definition.js';

/** Whose access data a call had: what the person gave, or that of our app, which nobody in the account can mend. */
export type Whose = 'theirs' | 'ours';

/**
 * Does what a method of connecting is made of, and rejects with {@link ConnectError} where a call to the service
 * rejects with {@link ChatServiceError}.
 *
 * | the call                              | theirs              | ours                |
 * | ------------------------------------- | ------------------- | ------------------- |
 * | did not come through (`temporary`)    | service_unavailable | service_unavailable |
 * | was refused                           | wrong_credentials   | service_unavailable |
 */
export async function connecting<Result>(whose: Whose, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
    const isWrong = whose === 'theirs' && error.kind !== 'temporary';
    throw new ConnectError(isWrong ? 'wrong_credentials' : 'service_unavailable', error.message, {
      cause: error,
    });
  }
}
