import type { Cause } from './bus.js';
import { nowSeconds } from './context.js';
import type { AccountContext } from './context.js';
import { record } from './history.js';
import { singularNames } from './state.js';
import type { EntityType, Note, NoteType } from './state.js';

export interface NoteDraft {
  readonly entity_type: EntityType;
  readonly entity_id: number;
  readonly note_type: NoteType;
  readonly params: Record<string, unknown>;
  readonly responsible_user_id?: number | undefined;
  readonly created_at?: number | undefined;
}

/**
 * Writes a note into an entity's feed and tells the bus; an incoming call of a lead or customer is told as
 * `call_in` too, unless the cause must not set off the digital pipeline.
 */
export function addNote(context: AccountContext, draft: NoteDraft, cause: Cause): Note {
  const { account } = context;
  const at = draft.created_at ?? nowSeconds(context);
  const responsible = draft.responsible_user_id ?? cause.by;
  const note: Note = {
    id: context.ids.number(),
    entity_type: draft.entity_type,
    entity_id: draft.entity_id,
    created_by: cause.by,
    updated_by: cause.by,
    created_at: at,
    updated_at: at,
    responsible_user_id: responsible,
    group_id: account.users.get(responsible)?.rights.group_id ?? 0,
    note_type: draft.note_type,
    params: draft.params,
    account_id: account.id,
  };
  account.notes.set(note.id, note);
  record(context, {
    type: historyNames[note.note_type],
    entity_id: note.entity_id,
    entity_type: singularNames[note.entity_type],
    by: cause.by,
    after: [{ note: { id: note.id } }],
  });
  context.bus.emit('note_added', { note, ...cause });
  const elementType = elementTypeOf[note.entity_type];
  if (note.note_type === 'call_in' && elementType && cause.triggersDigitalPipeline) {
    context.bus.emit('call_in', { element_type: elementType, id: note.entity_id });
  }
  return note;
}

const elementTypeOf: Partial<Record<EntityType, 2 | 12>> = { leads: 2, customers: 12 };

const historyNames: Record<NoteType, string> = {
  common: 'common_note_added',
  call_in: 'incoming_call',
  call_out: 'outgoing_call',
  service_message: 'service_note_added',
  extended_service_message: 'service_note_added',
  message_cashier: 'service_note_added',
  geolocation: 'geo_note_added',
  sms_in: 'incoming_sms',
  sms_out: 'outgoing_sms',
  attachment: 'attachment_note_added',
};
