import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import { linksOf } from '../links.js';
import { fixedStatuses } from '../state.js';
import type { Account, Chat, ChatChannel, Talk } from '../state.js';
import type { Fields } from './fields.js';
import { addIncomingLead } from './incoming-lead.js';

/** The talk of a chat that is in work, or undefined. */
export function talkOf(account: Account, chat: Chat): Talk | undefined {
  return [...account.talks.values()].find((talk) => talk.chat_id === chat.id && talk.is_in_work);
}

/**
 * The talk that a client's message belongs to. Without one in work, a talk is begun on what the contact has:
 *
 * | the contact | the talk is on |
 * |---|---|
 * | has an open lead | the newest open lead |
 * | has no open lead but a customer | the customer |
 * | has neither, or is not known | a new incoming lead |
 *
 * The platform does not document which lead it takes when there are several.
 */
export function talkOfIncoming(
  context: AccountContext,
  channel: ChatChannel,
  chat: Chat,
  content: Fields,
): Talk {
  const inWork = talkOf(context.account, chat);
  if (inWork) return inWork;
  const known = cardOf(context.account, chat.contact_id);
  if (known) return beginTalk(context, channel, chat, known);
  const lead = addIncomingLead(context, channel, chat, content);
  return beginTalk(context, channel, chat, { entity_id: lead.id, entity_type: 'lead' });
}

/** Begins a talk of this chat on a card. */
export function beginTalk(
  context: AccountContext,
  channel: ChatChannel,
  chat: Chat,
  on: Pick<Talk, 'entity_id' | 'entity_type'>,
): Talk {
  const at = nowSeconds(context);
  const talk: Talk = {
    talk_id: context.ids.number(),
    chat_id: chat.id,
    contact_id: chat.contact_id,
    ...on,
    created_at: at,
    updated_at: at,
    is_in_work: true,
    is_read: false,
    rate: 0,
    origin: channel.code,
  };
  context.account.talks.set(talk.talk_id, talk);
  context.bus.emit('talk_added', { talk });
  return talk;
}

/** The open lead or the customer of a contact. */
export function cardOf(
  account: Account,
  contactId: number | null,
): Pick<Talk, 'entity_id' | 'entity_type'> | undefined {
  const contact = contactId === null ? undefined : account.contacts.get(contactId);
  if (contact === undefined || contact.is_deleted) return undefined;
  const lead = linksOf(account, 'contacts', contact.id, 'leads')
    .map(({ to_entity_id }) => account.leads.get(to_entity_id))
    .filter((one) => one !== undefined && !one.is_deleted && !isClosed(one.status_id))
    .at(-1);
  if (lead) return { entity_id: lead.id, entity_type: 'lead' };
  const customer = linksOf(account, 'contacts', contact.id, 'customers')
    .map(({ to_entity_id }) => account.customers.get(to_entity_id))
    .find((one) => one !== undefined && !one.is_deleted);
  return customer && { entity_id: customer.id, entity_type: 'customer' };
}

function isClosed(statusId: number): boolean {
  return statusId === fixedStatuses.won || statusId === fixedStatuses.lost;
}
