import type { ElementType } from '../../kommo/elements.js';
import { type ApiUser, type PlaceNames, readPlaceNames, readUser } from './entities.js';
import type { KommoApis } from './kommo-api.js';

/** What seldom changes in an account and is asked for with many messages. */
export interface Directory {
  user(installationId: string, id: number): Promise<ApiUser | undefined>;
  place(
    installationId: string,
    elementType: ElementType,
    place: { pipelineId: number | undefined; statusId: number | undefined },
  ): Promise<PlaceNames>;
}

/** Milliseconds for which an answer is good. */
const lifetime = 5 * 60_000;

/** Answers that are kept at most; the oldest go first. */
const room = 5000;

/** Reads through the API and keeps the answers for five minutes, so that a change in the account shows soon. */
export function createDirectory(apis: KommoApis, { now = Date.now }: { now?: () => number } = {}): Directory {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();

  function once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = kept.get(key);
    if (known !== undefined && known.until > now()) return known.answer as Promise<T>;
    const answer = read();
    kept.delete(key);
    kept.set(key, { until: now() + lifetime, answer });
    // What failed is asked again; whoever waits for it gets the error.
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    });
    for (const oldest of kept.keys()) {
      if (kept.size <= room) break;
      kept.delete(oldest);
    }
    return answer;
  }

  return {
    user: (installationId, id) =>
      once(`${installationId} user ${id}`, () => readUser(apis.of(installationId), id)),
    place: (installationId, elementType, place) =>
      once(`${installationId} place ${elementType} ${place.pipelineId ?? ''} ${place.statusId ?? ''}`, () =>
        readPlaceNames(apis.of(installationId), elementType, place),
      ),
  };
}
