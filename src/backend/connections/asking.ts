import { ChatServiceError } from '../chat-services/chat-service.js';
import { ConnectError } from '../chat-services/definition.js';
import type { Log } from '../log.js';
import { storable } from '../store/storable.js';
import { withoutNumbers } from '../without-numbers.js';

/** Milliseconds within which a step of a connection has to be done, whatever the service's adapter does. */
export const stepPatience = 20_000;

/** Characters of a service's own words that are kept. */
const longestDetail = 300;

/** {@link askService} for the services of one backend, by name. */
export type AskService = <T>(service: string, work: () => Promise<T> | T) => Promise<T>;

/**
 * Runs a step of a method of connecting. Whatever goes wrong there is a {@link ConnectError}: a person waits for the
 * end, and an adapter of a service must not bring it down.
 *
 * @param patience Milliseconds.
 */
export async function askService<T>(
  work: () => Promise<T> | T,
  { log, service, patience = stepPatience }: { log: Log; service: string; patience?: number },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ConnectError('service_unavailable', ''));
    }, patience);
  });
  try {
    return await Promise.race([Promise.resolve().then(work), late]);
  } catch (error) {
    throw toConnectError(error, { log, service });
  } finally {
    clearTimeout(timer);
  }
}

function toConnectError(error: unknown, { log, service }: { log: Log; service: string }): ConnectError {
  if (error instanceof ConnectError) return error;
  if (error instanceof ChatServiceError) {
    const problem = error.kind === 'temporary' ? 'service_unavailable' : 'wrong_credentials';
    return new ConnectError(problem, error.message, { cause: error });
  }
  log.error({ err: error, service }, 'A bug of ours: please report it with this stack');
  return new ConnectError('service_unavailable', '', { cause: error });
}

/** The service's own words as they are kept and shown; null without any. */
export function detailOf({ message }: ConnectError): string | null {
  const text = withoutNumbers(storable(message)).trim();
  return text === '' ? null : text.slice(0, longestDetail);
}
