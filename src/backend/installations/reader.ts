import { and, eq } from 'drizzle-orm';
import { keepAnswers } from '../kept-answers.js';
import type { Store } from '../store/store.js';
import { type Installation, installations } from './tables.js';

/** Milliseconds for which an installation that was read is good. */
const lifetime = 2000;

/**
 * Reads installations by their id; undefined for one that is gone. They are kept for two seconds: a worker asks for the
 * same one hundreds of times a second, and a withdrawn access is told by the API at once.
 */
export function installationReader({
  db,
}: Pick<Store, 'db'>): (id: string) => Promise<Installation | undefined> {
  const kept = keepAnswers<Installation | undefined>({ lifetime });
  return (id) =>
    kept.get(id, () =>
      db
        .select()
        .from(installations)
        .where(eq(installations.id, id))
        .then(([found]) => found),
    );
}

/** Whether it has access now; for what does not ask the API, which would tell. */
export async function hasAccess({ db }: Pick<Store, 'db'>, id: string): Promise<boolean> {
  const active = and(eq(installations.id, id), eq(installations.state, 'active'));
  return (await db.$count(installations, active)) > 0;
}
