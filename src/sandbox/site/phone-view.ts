import type { ChatMessage, DemoChat } from '../chat-service/index.js';
import type { PhoneMessage, PhoneService } from '../phone-wire.js';
import type { FindContact } from './phone-contacts.js';

/** A message as the phone shows it. */
export function messageView(message: ChatMessage, find: FindContact): PhoneMessage {
  const { number, id, by, account, client, text, media, status, error, at, seen } = message;
  const [from, to] = by === 'business' ? [account.phone, client] : [client, account.phone];
  return {
    number,
    id,
    by,
    from,
    to,
    client,
    account: { id: account.id, name: account.name },
    text,
    media,
    status,
    reason: error?.message ?? null,
    at,
    seen,
    contact: find(client),
    name: message.by === 'client' ? message.name : null,
  };
}

export function serviceView({
  accounts,
  pairings,
  accesses,
}: Pick<DemoChat, 'accounts' | 'pairings' | 'accesses'>): PhoneService {
  return {
    accounts,
    pairings: pairings.waiting().map(({ id, app, at, until }) => ({ id, app: app.name, at, until })),
    connections: accesses
      .all()
      // The sandbox's own key is nobody's connection.
      .slice(1)
      .map(({ id, account, app, at, webhook }) => ({
        id,
        account: { id: account.id, name: account.name },
        app: app?.name ?? null,
        at,
        listens: webhook !== undefined,
      })),
  };
}
