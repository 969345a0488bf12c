import { elementTypes } from '../../../kommo/elements.js';
import type { Account, ChatMessage, Talk, Unsorted } from '../state.js';
import type { FormValue } from './form.js';
import { formValue } from './form-value.js';
import { contactFields, leadFields } from './webhook-entities.js';

/** An incoming lead in a general webhook (`platform/server.md §4.2`). */
export function unsortedFields(account: Account, unsorted: Unsorted): FormValue {
  const { leads, contacts, companies } = account;
  return {
    uid: unsorted.uid,
    category: unsorted.category,
    source: unsorted.source_name,
    source_data: formValue(unsorted.metadata),
    date_create: unsorted.created_at,
    data: {
      leads: stored(leads, unsorted.lead_ids).map((lead) => leadFields(lead)),
      contacts: stored(contacts, unsorted.contact_ids).map((one) => contactFields(account, 'contact', one)),
      companies: stored(companies, unsorted.company_ids).map((one) => contactFields(account, 'company', one)),
    },
    pipeline_id: unsorted.pipeline_id,
    account_id: unsorted.account_id,
    lead_id: unsorted.lead_ids[0],
    created_at: unsorted.created_at,
  };
}

/** An incoming lead that was accepted or declined: both are told as its deletion (`platform/server.md §4.2`). */
export function settledUnsortedFields(
  unsorted: Unsorted,
  action: 'accept' | 'decline',
  by: number,
): FormValue {
  return {
    action,
    uid: unsorted.uid,
    [`${action}_result`]: { leads: unsorted.lead_ids },
    category: unsorted.category,
    created_at: unsorted.created_at,
    modified_user_id: by,
  };
}

/** An incoming chat message in a general webhook (`platform/server.md §4.2`). */
export function messageFields(account: Account, message: ChatMessage): FormValue {
  const talk = message.talk_id === null ? undefined : account.talks.get(message.talk_id);
  const { sender } = message;
  const { type, text, media } = message.content;
  return {
    id: message.id,
    chat_id: message.chat_id,
    talk_id: message.talk_id,
    contact_id: account.chats.get(message.chat_id)?.contact_id,
    text: typeof text === 'string' ? text : '',
    created_at: message.created_at,
    attachment:
      typeof media === 'string' && media !== '' ? { type: formValue(type), link: media } : undefined,
    element_type:
      talk?.entity_type === null || talk === undefined ? undefined : elementTypes[talk.entity_type],
    entity_type: talk?.entity_type,
    element_id: talk?.entity_id,
    entity_id: talk?.entity_id,
    type: 'incoming',
    author: { id: sender.id, type: 'external', name: sender.name, avatar_url: sender.avatar || undefined },
    origin: talk?.origin,
  };
}

/** A talk in a general webhook (`platform/server.md §4.2`). */
export function talkFields(talk: Talk): FormValue {
  return {
    talk_id: talk.talk_id,
    created_at: talk.created_at,
    updated_at: talk.updated_at,
    rate: talk.rate,
    contact_id: talk.contact_id,
    chat_id: talk.chat_id,
    entity_id: talk.entity_id,
    entity_type: talk.entity_type,
    is_in_work: talk.is_in_work,
    is_read: talk.is_read,
    origin: talk.origin,
  };
}

function stored<T>(entities: ReadonlyMap<number, T>, ids: readonly number[]): T[] {
  return ids.flatMap((id) => entities.get(id) ?? []);
}
