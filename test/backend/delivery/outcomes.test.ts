import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { moveMessage } from '../../../src/backend/delivery/outcomes.js';
import { eventNotes, messages, type Message } from '../../../src/backend/delivery/tables.js';
import type { Database } from '../../../src/backend/store/store.js';
import { isForward, messageStates, type MessageState } from '../../../src/contract/message-outcomes.js';
import { eachStore } from '../support/stores.js';
import { addInstallation, addMessage, addNote } from './support/message-rows.js';

eachStore((openTestStore) => {
  let db: Database;
  let installationId: string;

  beforeAll(async () => {
    ({ db } = await openTestStore());
    ({ id: installationId } = await addInstallation(db));
  });

  const read = async (id: string): Promise<Message | undefined> =>
    (await db.select().from(messages).where(eq(messages.id, id)))[0];

  const isNoteDue = async ({ eventId }: Message): Promise<boolean | undefined> => {
    const [note] = await db
      .select({ isDue: sql<boolean>`due_at between now() and now() + interval '3 seconds'` })
      .from(eventNotes)
      .where(eq(eventNotes.eventId, eventId));
    return note?.isDue;
  };

  it('has no reason any more when it turns out to have been delivered after all', async () => {
    const failure = { state: 'failed', reason: 'service_unavailable', serviceCode: '503' } as const;
    const { id } = await addMessage(db, { installationId, ...failure });
    await moveMessage(db, { id }, { state: 'delivered' });
    expect(await read(id)).toMatchObject({ state: 'delivered', reason: null, serviceCode: null });
  });

  describe.each(messageStates)('A message that is %s', (from) => {
    it.each(messageStates)('goes to %s if that is forward', async (to) => {
      const message = await addMessage(db, { installationId, state: from, triedAt: new Date() });
      await addNote(db, message);
      const moved = await moveMessage(db, { id: message.id }, { state: to, serviceCode: '30003' });
      const expected = isForward(from, to)
        ? { state: to, serviceCode: '30003', triedAt: null }
        : { state: from, serviceCode: null, triedAt: message.triedAt };
      expect(await read(message.id)).toMatchObject(expected);
      expect(moved?.state).toBe(isForward(from, to) ? to : undefined);
      expect(Boolean(await isNoteDue(message))).toBe(isForward(from, to));
    });
  });

  it('ends in the state furthest on, whatever comes at once and in whatever order', async () => {
    const reports = fc.shuffledSubarray<MessageState>(
      ['sent', 'sent', 'skipped', 'failed', 'delivered', 'delivered', 'read'],
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(reports, async (states) => {
        const { id } = await addMessage(db, { installationId });
        const moves = await Promise.all(states.map((state) => moveMessage(db, { id }, { state })));
        const furthest = (['read', 'delivered', 'failed', 'skipped', 'sent'] as const).find((state) =>
          states.includes(state),
        );
        expect((await read(id))?.state).toBe(furthest);
        const made = moves.flatMap((moved) => (moved === undefined ? [] : [moved.state]));
        expect(new Set(made).size).toBe(made.length);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('needs no note to move', async () => {
    const message = await addMessage(db, { installationId });
    expect(await moveMessage(db, { id: message.id }, { state: 'sent' })).toMatchObject({ state: 'sent' });
    expect(await isNoteDue(message)).toBeUndefined();
  });

  it('keeps what is not told anew', async () => {
    const { id } = await addMessage(db, { installationId, service: 'demo', serviceMessageId: randomUUID() });
    const before = await read(id);
    await moveMessage(db, { id }, { state: 'delivered', reason: undefined, serviceCode: undefined });
    const after = await read(id);
    expect(after).toEqual({ ...before, state: 'delivered', updatedAt: after?.updatedAt });
  });

  it('finds a message by the id of its service, and not by that of another service', async () => {
    const serviceMessageId = randomUUID();
    const { id } = await addMessage(db, { installationId, state: 'sent', service: 'demo', serviceMessageId });
    const other = { service: 'twilio', serviceMessageId };
    expect(await moveMessage(db, other, { state: 'delivered' })).toBeUndefined();
    const moved = await moveMessage(db, { service: 'demo', serviceMessageId }, { state: 'delivered' });
    expect(moved).toMatchObject({ id, state: 'delivered' });
  });

  it('learns the id of its service from a report that overtakes the answer', async () => {
    const { id } = await addMessage(db, { installationId, service: 'demo' });
    const serviceMessageId = randomUUID();
    const report = { id, service: 'demo', serviceMessageId };
    expect(await moveMessage(db, report, { state: 'delivered' })).toMatchObject({ serviceMessageId });
    const answer = { state: 'sent', service: 'demo', serviceMessageId } as const;
    expect(await moveMessage(db, { id }, answer)).toBeUndefined();
    expect(await moveMessage(db, report, { state: 'read' })).toMatchObject({ id, state: 'read' });
  });

  it('takes no report that names another id of the service than its own', async () => {
    const mine = { service: 'demo', serviceMessageId: randomUUID() };
    const { id } = await addMessage(db, { installationId, state: 'sent', ...mine });
    const report = { id, service: 'demo', serviceMessageId: randomUUID() };
    expect(await moveMessage(db, report, { state: 'failed', reason: 'undelivered' })).toBeUndefined();
    expect(await read(id)).toMatchObject({ state: 'sent', ...mine });
  });

  it('takes no report about another message under its name', async () => {
    const others = { service: 'demo', serviceMessageId: randomUUID() };
    await addMessage(db, { installationId, state: 'sent', ...others });
    const { id } = await addMessage(db, { installationId, service: 'demo' });
    expect(await moveMessage(db, { id, ...others }, { state: 'delivered' })).toBeUndefined();
    expect(await read(id)).toMatchObject({ state: 'queued', serviceMessageId: null });
  });

  it('is sent without an id of its service when that belongs to another message', async () => {
    const others = { service: 'twilio', serviceMessageId: randomUUID() };
    await addMessage(db, { installationId, state: 'sent', ...others });
    const { id } = await addMessage(db, { installationId, service: 'twilio' });
    await moveMessage(db, { id }, { state: 'sent', ...others });
    expect(await read(id)).toMatchObject({ state: 'sent', serviceMessageId: null });
  });
});
