import type { AnyAccountEvent } from '../account/bus.js';
import type { AccountContext } from '../account/context.js';
import type { Account, EntityType } from '../account/state.js';
import type { AccountChange } from '../wire.js';
import type { SiteState } from './state.js';

/** Tells pages of a change; the same change within a tick is told once. */
export interface ChangeTeller {
  readonly changed: (change: AccountChange) => void;
}

/** Tells every open page what changes in the account. */
export function tellChanges(context: AccountContext, site: Pick<SiteState, 'tell'>): ChangeTeller {
  const waiting = new Map<string, AccountChange>();
  const changed = (change: AccountChange): void => {
    if (waiting.size === 0) {
      setImmediate(() => {
        const changes = [...waiting.values()];
        waiting.clear();
        for (const one of changes) site.tell({ kind: 'changed', change: one });
      });
    }
    waiting.set(`${change.event} ${change.type ?? ''} ${change.id ?? ''}`, change);
  };
  context.bus.onAny((event) => {
    for (const [type, id] of cardsOf(context.account, event)) changed({ event: event.name, type, id });
  });
  return { changed };
}

type Card = readonly [type: EntityType, id: number];

/** The cards that the event belongs to; none of them for what belongs to no card. */
function cardsOf(account: Account, event: AnyAccountEvent): readonly (Card | readonly [null, null])[] {
  if ('ends' in event.event) return event.event.ends;
  return [cardOf(account, event) ?? [null, null]];
}

function cardOf(account: Account, { event }: AnyAccountEvent): Card | undefined {
  if ('lead' in event) return ['leads', event.lead.id];
  if ('contact' in event) return ['contacts', event.contact.id];
  if ('company' in event) return ['companies', event.company.id];
  if ('customer' in event) return ['customers', event.customer.id];
  if ('note' in event) return [event.note.entity_type, event.note.entity_id];
  if ('task' in event) return cardFrom(event.task.entity_type, event.task.entity_id);
  if ('unsorted' in event) return cardFrom('leads', event.unsorted.lead_ids[0]);
  if ('talk' in event) return cardOfTalk(account, event.talk.talk_id);
  if ('message' in event) return cardOfTalk(account, event.message.talk_id);
  if ('place' in event)
    return event.place === null ? undefined : [event.place.entity_type, event.place.entity_id];
  if ('element_type' in event) return [event.element_type === 2 ? 'leads' : 'customers', event.id];
  return 'chat' in event ? cardFrom('contacts', event.chat.contact_id) : undefined;
}

function cardOfTalk(account: Account, talkId: number | null): Card | undefined {
  const talk = talkId === null ? undefined : account.talks.get(talkId);
  if (talk === undefined) return undefined;
  if (talk.entity_type === null) return cardFrom('contacts', talk.contact_id);
  return cardFrom(talk.entity_type === 'lead' ? 'leads' : 'customers', talk.entity_id);
}

function cardFrom(type: EntityType | null, id: number | null | undefined): Card | undefined {
  return type === null || id == null ? undefined : [type, id];
}
