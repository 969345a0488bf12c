import type { ElementType } from '../../kommo/elements.js';
import { keepAnswers } from '../kept-answers.js';
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

/** Milliseconds for which an answer is good, so that a change in the account shows soon. */
const lifetime = 5 * 60_000;

/** Answers of each kind that are kept at most. */
const room = 5000;

/** Reads through the API and keeps the answers. */
export function createDirectory(apis: KommoApis): Directory {
  const users = keepAnswers<ApiUser | undefined>({ lifetime, room });
  const places = keepAnswers<PlaceNames>({ lifetime, room });
  return {
    user: (installationId, id) =>
      users.get(`${installationId} ${id}`, () => readUser(apis.of(installationId), id)),
    place: (installationId, elementType, place) =>
      places.get(`${installationId} ${elementType} ${place.pipelineId ?? ''} ${place.statusId ?? ''}`, () =>
        readPlaceNames(apis.of(installationId), elementType, place),
      ),
  };
}
