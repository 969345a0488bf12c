import type {
  Chat,
  ChatMessage,
  Company,
  Contact,
  Customer,
  EntityType,
  Lead,
  Note,
  Talk,
  Task,
  Unsorted,
} from './state.js';

/** Who made a change, and whether it may set off triggers. */
export interface Cause {
  /** A user id, or 0 for the robot. */
  readonly by: number;
  /** False when a note or lead was written with `is_need_to_trigger_digital_pipeline: false`. */
  readonly triggersDigitalPipeline: boolean;
}

interface ChangeEvents {
  lead: { lead: Lead };
  contact: { contact: Contact };
  company: { company: Company };
  customer: { customer: Customer };
  task: { task: Task };
}

type Added = { [K in keyof ChangeEvents as `${K}_added`]: ChangeEvents[K] & Cause };
type Updated = { [K in keyof ChangeEvents as `${K}_updated`]: ChangeEvents[K] & Cause };
type Deleted = { [K in keyof ChangeEvents as `${K}_deleted`]: ChangeEvents[K] & Cause };
type ResponsibleChanged = {
  [K in keyof ChangeEvents as `${K}_responsible_changed`]: ChangeEvents[K] &
    Cause & { readonly old_responsible_user_id: number };
};
type Restored = {
  [K in 'lead' | 'contact' | 'company' as `${K}_restored`]: ChangeEvents[K] & Cause;
};

/** Something that happened to a lead or customer from outside; the digital pipeline's codes 16 to 19. */
export interface Occurrence {
  /** 2 lead, 12 customer. */
  readonly element_type: 2 | 12;
  readonly id: number;
}

/** Two entities that were linked, or are no longer. */
export interface Link {
  readonly ends: readonly [readonly [EntityType, number], readonly [EntityType, number]];
}

export interface PhoneCall {
  readonly uid: string;
  readonly phone_number: string;
  readonly users: readonly number[] | null;
  /** The card that the number belongs to, null when nobody has it. */
  readonly place: { readonly entity_type: EntityType; readonly entity_id: number } | null;
}

/**
 * What happens in the account, by name. Entities are the stored objects after the change. A change of stage is
 * told twice, as `lead_updated` and as `lead_status_changed`, in this order; so is a change of the responsible user.
 */
export interface AccountEvents extends Added, Updated, Deleted, ResponsibleChanged, Restored {
  lead_status_changed: {
    readonly lead: Lead;
    readonly old_pipeline_id: number;
    readonly old_status_id: number;
  } & Cause;
  customer_period_changed: { readonly customer: Customer; readonly old_status_id: number } & Cause;
  /** General webhooks have nothing of links (`platform/server.md §4.2`). */
  entity_linked: Link & Cause;
  entity_unlinked: Link & Cause;
  /** A call that rings now (`platform/server.md §7.3`); `users` is null when everybody is to see it. */
  phone_call: PhoneCall;
  note_added: { readonly note: Note } & Cause;
  unsorted_added: { readonly unsorted: Unsorted } & Cause;
  unsorted_updated: { readonly unsorted: Unsorted } & Cause;
  unsorted_deleted: { readonly unsorted: Unsorted; readonly action: 'accept' | 'decline' } & Cause;
  talk_added: { readonly talk: Talk };
  talk_updated: { readonly talk: Talk };
  /** `is_silent` tells of an import that nobody is to be notified of (`platform/server.md §6.3`). */
  message_added: { readonly message: ChatMessage; readonly is_silent: boolean };
  /** Its text, delivery status or reactions have changed. */
  message_updated: { readonly message: ChatMessage };
  /** The client types until then; Unix milliseconds. */
  chat_typing: { readonly chat: Chat; readonly until: number };
  mail_in: Occurrence;
  call_in: Occurrence;
  site_visit: Occurrence;
  chat: Occurrence;
}

export type AccountEventName = keyof AccountEvents;

/** Any event with its name, a union to switch over. */
export type AnyAccountEvent = {
  [K in AccountEventName]: { readonly name: K; readonly event: AccountEvents[K] };
}[AccountEventName];

export interface Bus {
  emit<K extends AccountEventName>(name: K, event: AccountEvents[K]): void;
  /** Returns what takes the listener off again. */
  on<K extends AccountEventName>(name: K, listener: (event: AccountEvents[K]) => void): () => void;
  /** Hears every event, after the listeners of its name. */
  onAny(listener: (event: AnyAccountEvent) => void): () => void;
}

/**
 * A bus whose listeners are called at once, in the order in which they were added. A listener must not throw:
 * what it throws reaches whoever made the change.
 */
export function createBus(): Bus {
  const named = new Map<AccountEventName, Set<(event: never) => void>>();
  const any = new Set<(event: AnyAccountEvent) => void>();

  return {
    emit(name, event) {
      for (const listener of [...(named.get(name) ?? [])]) (listener as (event: unknown) => void)(event);
      for (const listener of [...any]) listener({ name, event } as unknown as AnyAccountEvent);
    },
    on(name, listener) {
      const listeners = named.get(name) ?? new Set();
      named.set(name, listeners);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onAny(listener) {
      any.add(listener);
      return () => {
        any.delete(listener);
      };
    },
  };
}
