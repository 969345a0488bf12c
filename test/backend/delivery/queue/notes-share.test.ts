import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { takeNotes } from '../../../../src/backend/delivery/notes.js';
import { eventNotes } from '../../../../src/backend/delivery/tables.js';
import type { Context } from '../../../../src/backend/context.js';
import type { Installation } from '../../../../src/backend/installations/tables.js';
import type { Database } from '../../../../src/backend/store/store.js';
import { eachStore } from '../../support/stores.js';
import { addInstallation, addMessage } from '../support/message-rows.js';
import { noSenders } from '../support/no-sender.js';

eachStore((openTestStore) => {
  let context: Context;
  let db: Database;

  beforeEach(async () => {
    const store = await openTestStore();
    ({ db } = store);
    const config = { leaseSeconds: 60, noteLanguage: undefined };
    context = { store, config, log: pino({ enabled: false }) } as unknown as Context;
  });

  /** A note that is due since so many seconds; gives its event's id. */
  const addDue = async (installation: Installation, seconds: number): Promise<number> => {
    const { eventId, elementId } = await addMessage(db, { installationId: installation.id, state: 'sent' });
    await db.insert(eventNotes).values({
      eventId,
      installationId: installation.id,
      elementType: 2,
      elementId,
      dueAt: sql`now() - make_interval(secs => ${seconds})`,
    });
    return eventId;
  };

  it('takes of each installation its share, however long the notes of others have been waiting', async () => {
    const [busy, quiet] = [await addInstallation(db), await addInstallation(db)];
    const long: number[] = [];
    for (let seconds = 1000; seconds > 990; seconds -= 1) long.push(await addDue(busy, seconds));
    const short = await addDue(quiet, 1);
    const installations = new Map([busy, quiet].map((one) => [one.id, one]));
    const options = {
      apis: { of: () => Promise.reject(new Error('Nothing is written here.')) as never },
      installationOf: (id: string) => Promise.resolve(installations.get(id)),
      senders: noSenders('Demo chat'),
    };
    const take = (alreadyBusy: Awaited<ReturnType<typeof takeNotes>>): ReturnType<typeof takeNotes> =>
      takeNotes(context, options, { worker: randomUUID(), limit: 16, most: 4, busy: alreadyBusy });
    const idsOf = (notes: readonly { eventId: number }[]): number[] =>
      notes.map(({ eventId }) => eventId).sort((a, b) => a - b);

    const first = await take([]);
    expect(idsOf(first)).toEqual([...long.slice(0, 4), short]);
    expect(first.every(({ newText }) => newText?.includes('Demo chat'))).toBe(true);
    expect(await take(first)).toEqual([]);
    const [, ...others] = first;
    expect(idsOf(await take(others))).toEqual(long.slice(4, 5));
  });
});
