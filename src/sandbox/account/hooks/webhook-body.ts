import type { AnyAccountEvent } from '../bus.js';
import type { Account, Task } from '../state.js';
import type { FormValue } from './form.js';
import { messageFields, settledUnsortedFields, talkFields, unsortedFields } from './webhook-chats.js';
import { contactFields, customerFields, deletedLeadFields, leadFields } from './webhook-entities.js';
import { noteFields, taskFields } from './webhook-feed.js';

/** What a webhook that is subscribed to `setting` gets: `key[action][0][…]`. */
export interface WebhookBody {
  /** A name of `platform/server.md §4.1`; those of incoming leads are made by its pattern. */
  readonly setting: string;
  readonly key: string;
  readonly action: string;
  readonly entity: FormValue;
}

/**
 * What an event of the account is to general webhooks (`platform/server.md §4.2`); nothing for most, two bodies
 * when a task is closed with a result. A new responsible user of a lead has an action of its own, that of a contact,
 * company, customer or task comes as an update (KD:webhooks-general; customers like contacts).
 *
 * @param isClosing Whether a task that is completed now was open before.
 */
export function webhookBodies(
  account: Account,
  { name, event }: AnyAccountEvent,
  isClosing: (task: Task) => boolean,
): WebhookBody[] {
  const body = (setting: string, key: string, action: string, entity: FormValue): WebhookBody[] => [
    { setting, key, action, entity },
  ];
  switch (name) {
    case 'lead_added':
      return body('add_lead', 'leads', 'add', leadFields(event.lead));
    case 'lead_updated':
      return body('update_lead', 'leads', 'update', leadFields(event.lead));
    case 'lead_deleted':
      return body('delete_lead', 'leads', 'delete', deletedLeadFields(event.lead));
    case 'lead_restored':
      return body('restore_lead', 'leads', 'restore', leadFields(event.lead));
    case 'lead_status_changed':
      return body('status_lead', 'leads', 'status', leadFields(event.lead, event));
    case 'lead_responsible_changed':
      return body('responsible_lead', 'leads', 'responsible', leadFields(event.lead, event));

    case 'contact_added':
      return body('add_contact', 'contacts', 'add', contactFields(account, 'contact', event.contact));
    case 'contact_updated':
      return body('update_contact', 'contacts', 'update', contactFields(account, 'contact', event.contact));
    case 'contact_deleted':
      return body('delete_contact', 'contacts', 'delete', { id: event.contact.id, type: 'contact' });
    case 'contact_restored':
      return body('restore_contact', 'contacts', 'restore', contactFields(account, 'contact', event.contact));
    case 'contact_responsible_changed':
      return body(
        'responsible_contact',
        'contacts',
        'update',
        contactFields(account, 'contact', event.contact, event),
      );

    case 'company_added':
      return body('add_company', 'contacts', 'add', contactFields(account, 'company', event.company));
    case 'company_updated':
      return body('update_company', 'contacts', 'update', contactFields(account, 'company', event.company));
    case 'company_deleted':
      return body('delete_company', 'contacts', 'delete', { id: event.company.id, type: 'company' });
    case 'company_restored':
      return body('restore_company', 'contacts', 'restore', contactFields(account, 'company', event.company));
    case 'company_responsible_changed':
      return body(
        'responsible_company',
        'contacts',
        'update',
        contactFields(account, 'company', event.company, event),
      );

    case 'customer_added':
      return body('add_customer', 'customers', 'add', customerFields(event.customer));
    case 'customer_updated':
      return body('update_customer', 'customers', 'update', customerFields(event.customer));
    case 'customer_deleted':
      return body('delete_customer', 'customers', 'delete', { id: event.customer.id });
    case 'customer_responsible_changed':
      return body('responsible_customer', 'customers', 'update', customerFields(event.customer, event));

    case 'task_added':
      return body('add_task', 'task', 'add', taskFields(event.task));
    case 'task_updated':
      return taskUpdates(event.task, isClosing(event.task));
    case 'task_deleted':
      return body('delete_task', 'task', 'delete', { id: event.task.id });
    case 'task_responsible_changed': {
      const { old_responsible_user_id } = event;
      const entity = taskFields(event.task, { action_close: false, old_responsible_user_id });
      return body('responsible_task', 'task', 'update', entity);
    }

    case 'note_added': {
      const { entity_type } = event.note;
      const singular = { leads: 'lead', contacts: 'contact', companies: 'company', customers: 'customer' }[
        entity_type
      ];
      const key = entity_type === 'companies' ? 'contacts' : entity_type;
      return body(`note_${singular}`, key, 'note', noteFields(account, event.note));
    }
    case 'unsorted_added':
      return body('add_unsorted', 'unsorted', 'add', unsortedFields(account, event.unsorted));
    case 'unsorted_updated':
      return body('update_unsorted', 'unsorted', 'update', unsortedFields(account, event.unsorted));
    case 'unsorted_deleted': {
      const entity = settledUnsortedFields(event.unsorted, event.action, event.by);
      return body('delete_unsorted', 'unsorted', 'delete', entity);
    }
    case 'message_added':
      // Whether imported messages are told is not known; nobody is to be notified of them.
      return event.message.is_incoming && !event.is_silent
        ? body('add_message', 'message', 'add', messageFields(account, event.message))
        : [];
    case 'talk_added':
      return body('add_talk', 'talk', 'add', talkFields(event.talk));
    case 'talk_updated':
      return body('update_talk', 'talk', 'update', talkFields(event.talk));
    default:
      return [];
  }
}

/** The result of a closed task comes in a second body, which no longer closes it (`platform/server.md §4.2`). */
function taskUpdates(task: Task, isClosing: boolean): WebhookBody[] {
  const update = (entity: FormValue): WebhookBody => ({
    setting: 'update_task',
    key: 'task',
    action: 'update',
    entity,
  });
  const result = 'text' in task.result ? task.result : undefined;
  const withResult = update(taskFields(task, { action_close: false, result }));
  if (!isClosing) return [withResult];
  const closing = update(taskFields(task, { action_close: true }));
  return result === undefined ? [closing] : [closing, withResult];
}
