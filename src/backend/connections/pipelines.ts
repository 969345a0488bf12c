import { KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { Refusal } from '../refusal.js';
import { within } from '../within.js';

/** A pipeline of leads (`platform/server.md §5.2`). */
export interface Pipeline {
  readonly id: number;
  readonly name: string;
}

interface ApiPipelines {
  readonly _embedded?: {
    readonly pipelines?:
      | readonly {
          readonly id: number;
          readonly name?: string | null;
          readonly sort?: number | null;
          readonly is_archive?: boolean | null;
        }[]
      | null;
  };
}

/** Milliseconds for which somebody who looks at the settings waits for the account. */
const patience = 4000;

/**
 * The account's pipelines, in its order, without archived ones.
 *
 * @throws Refusal 502 `kommo_unavailable`.
 */
export async function readPipelines(apis: KommoApis, installationId: string): Promise<Pipeline[]> {
  try {
    const answer = await apis.of(installationId).get<ApiPipelines>('/leads/pipelines');
    return (answer?._embedded?.pipelines ?? [])
      .filter((pipeline) => pipeline.is_archive !== true)
      .sort((one, other) => (one.sort ?? 0) - (other.sort ?? 0))
      .map(({ id, name }) => ({ id, name: name ?? String(id) }));
  } catch (error) {
    if (!(error instanceof KommoApiError)) throw error;
    throw new Refusal(
      502,
      'kommo_unavailable',
      `The account’s pipelines could not be read: ${error.message}`,
    );
  }
}

/** The same for showing them: null when the account does not tell, or not soon. */
export async function pipelinesToShow(apis: KommoApis, installationId: string): Promise<Pipeline[] | null> {
  const read = readPipelines(apis, installationId).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  return within(patience, read).catch(() => null);
}
