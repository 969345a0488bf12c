import { randomUUID } from 'node:crypto';
import { installations, type Installation } from '../../../../src/backend/installations/tables.js';
import { eventNotes, messages, type Message } from '../../../../src/backend/delivery/tables.js';
import type { Database } from '../../../../src/backend/store/store.js';

/** An installation as it stands in the store; what is not given fits. */
export async function addInstallation(
  db: Database,
  values: Partial<Installation> = {},
): Promise<Installation> {
  const [row] = await db
    .insert(installations)
    .values({
      platform: 'kommo',
      clientId: randomUUID(),
      accountId: 12345678,
      subdomain: 'demo',
      origin: 'https://demo.kommo.com',
      state: 'active',
      tokenKind: 'oauth',
      ...values,
    })
    .returning();
  if (row === undefined) throw new Error('The installation was not stored.');
  return row;
}

let events = 0;

/** A message of an event of its own. */
export async function addMessage(
  db: Database,
  values: Partial<Message> & { installationId: string },
): Promise<Message> {
  events += 1;
  const [row] = await db
    .insert(messages)
    .values({
      eventId: events,
      elementType: 2,
      elementId: 100 + events,
      contactId: 7,
      contactName: 'Emma',
      phone: '+15550100',
      text: 'Your order is ready',
      state: 'queued',
      ...values,
    })
    .returning();
  if (row === undefined) throw new Error('The message was not stored.');
  return row;
}

/** The note of the message's event, up to date. */
export async function addNote(db: Database, message: Message): Promise<void> {
  const { eventId, installationId, elementType, elementId } = message;
  await db.insert(eventNotes).values({ eventId, installationId, elementType, elementId, noteId: 1 });
}
