import { elementTypes } from '../../../kommo/elements.js';
import type { Account, EntityType, Note, NoteType, Task } from '../state.js';
import type { FormValue } from './form.js';
import { dateText } from './webhook-fields.js';

const elementTypeOf: Readonly<Record<EntityType, number>> = {
  leads: elementTypes.lead,
  contacts: elementTypes.contact,
  companies: elementTypes.company,
  customers: elementTypes.customer,
};

/** Numbers that stand for note types in hooks; those of the other types are not known, their key is left out. */
const noteNumbers: Partial<Record<NoteType, number>> = {
  common: 4,
  attachment: 5,
  call_in: 10,
  call_out: 11,
  service_message: 25,
  sms_in: 102,
  sms_out: 103,
};

/** A task in a general webhook: dates both as text and in Unix seconds (`platform/server.md §4.2`). */
export function taskFields(
  task: Task,
  {
    action_close,
    result,
    old_responsible_user_id,
  }: {
    action_close?: boolean;
    result?: { text: string } | undefined;
    old_responsible_user_id?: number;
  } = {},
): FormValue {
  return {
    id: task.id,
    element_id: task.entity_id,
    element_type: task.entity_type === null ? undefined : elementTypeOf[task.entity_type],
    task_type: task.task_type_id,
    date_create: dateText(task.created_at),
    text: task.text,
    status: task.is_completed,
    account_id: task.account_id,
    created_user_id: task.created_by,
    last_modified: dateText(task.updated_at),
    responsible_user_id: task.responsible_user_id,
    complete_till: dateText(task.complete_till),
    action_close,
    result,
    old_responsible_user_id,
    created_at: task.created_at,
    updated_at: task.updated_at,
    complete_before: task.complete_till,
  };
}

/** A note in a general webhook (`platform/server.md §4.2`): wrapped in `note`, `attachement` misspelt, `metadata` JSON. */
export function noteFields(account: Account, note: Note): FormValue {
  const { text, file_name } = note.params;
  const inMoscow = { hoursFromUtc: 3 };
  const type = { contacts: 'contact', companies: 'company', leads: undefined, customers: undefined };
  return {
    note: {
      text: firstText(text, file_name) ?? JSON.stringify(note.params),
      attachement: attachmentPath(note),
      date_create: dateText(note.created_at, inMoscow),
      note_type: noteNumbers[note.note_type],
      element_type: elementTypeOf[note.entity_type],
      element_id: note.entity_id,
      catalog_id: 0,
      group_id: note.group_id,
      timestamp_x: dateText(note.updated_at, inMoscow),
      account_id: note.account_id,
      metadata: JSON.stringify({
        event_source: {
          id: note.created_by,
          author_name: account.users.get(note.created_by)?.name ?? '',
          type: 1,
        },
      }),
      created_by: note.created_by,
      modified_by: note.updated_by,
      main_user_id: note.responsible_user_id,
      id: note.id,
      created_at: note.created_at,
      updated_at: note.updated_at,
    },
    type: type[note.entity_type],
  };
}

function attachmentPath({ note_type, params }: Note): string {
  const parts = [params['file_uuid'], params['version_uuid'], params['file_name']];
  return note_type === 'attachment'
    ? ['drive', ...parts.filter((part) => typeof part === 'string')].join('/')
    : '';
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}
