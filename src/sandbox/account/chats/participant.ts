import type { AccountContext } from '../context.js';
import type { Account, ChatChannel, ChatParticipant, User } from '../state.js';
import { optionalObject, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';

/**
 * A client as `user`, `sender` or `receiver` of a request tells of one (`platform/server.md §6.3`). Who has the
 * same id in the integration is the same client, and stays as first told.
 */
export function clientOf(
  context: AccountContext,
  scopeId: string,
  fields: Fields,
  where: string,
): ChatParticipant {
  const clientId = text(fields, 'id', where);
  const name = text(fields, 'name', where);
  const profile = optionalObject(fields, 'profile', where) ?? {};
  const told = {
    avatar: optionalText(fields, 'avatar', where) ?? '',
    phone: optionalText(profile, 'phone', `${where}.profile`) ?? '',
    email: optionalText(profile, 'email', `${where}.profile`) ?? '',
  };
  for (const { scope_id, user } of context.account.chats.values()) {
    if (scope_id === scopeId && user.client_id === clientId) return user;
  }
  return { id: context.ids.uuid(), client_id: clientId, name, ...told };
}

/** The user or bot that a `ref_id` names, or undefined. */
export function staffOf(account: Account, channel: ChatChannel, refId: string): ChatParticipant | undefined {
  if (refId === channel.bot.id) return { ...nobody, id: refId, name: channel.bot.name };
  const user = [...account.users.values()].find(({ amojo_id }) => amojo_id === refId);
  return user && userParticipant(user);
}

/** A user of the account in the chats API. */
export function userParticipant(user: User): ChatParticipant {
  return { ...nobody, id: user.amojo_id, name: user.name };
}

/** A participant as the API prints one; what is not told is left out, but for the avatar. */
export function printedParticipant(person: ChatParticipant): Fields {
  return {
    id: person.id,
    ...(person.client_id !== null && { client_id: person.client_id, avatar: person.avatar }),
    name: person.name,
    ...(person.phone !== '' && { phone: person.phone }),
    ...(person.email !== '' && { email: person.email }),
  };
}

const nobody = { client_id: null, avatar: '', phone: '', email: '' } as const;
