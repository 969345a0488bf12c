import { nowSeconds } from './context.js';
import type { AccountContext } from './context.js';

/** What is written into the account's history; `type` is one of {@link historyTypes} or a custom field's. */
export interface HistoryRecord {
  readonly type: string;
  readonly entity_id: number;
  /** Singular: `lead`, `contact`, `task`… */
  readonly entity_type: string;
  readonly by: number;
  readonly before?: readonly unknown[];
  readonly after?: readonly unknown[];
}

/** Kinds of history entries that the sandbox writes, as `GET /api/v4/events/types` lists them. */
export const historyTypes: readonly { readonly key: string; readonly type: number; readonly lang: string }[] =
  [
    { key: 'lead_added', type: 1, lang: 'New lead' },
    { key: 'lead_deleted', type: 2, lang: 'Lead deleted' },
    { key: 'lead_restored', type: 3, lang: 'Lead restored' },
    { key: 'lead_status_changed', type: 4, lang: 'Lead stage changed' },
    { key: 'contact_added', type: 6, lang: 'New contact' },
    { key: 'contact_deleted', type: 7, lang: 'Contact deleted' },
    { key: 'contact_restored', type: 8, lang: 'Contact restored' },
    { key: 'company_added', type: 9, lang: 'New company' },
    { key: 'company_deleted', type: 10, lang: 'Company deleted' },
    { key: 'company_restored', type: 11, lang: 'Company restored' },
    { key: 'customer_added', type: 12, lang: 'New customer' },
    { key: 'customer_deleted', type: 13, lang: 'Customer deleted' },
    { key: 'customer_status_changed', type: 14, lang: 'Customer stage changed' },
    { key: 'task_added', type: 15, lang: 'New task' },
    { key: 'task_deleted', type: 16, lang: 'Task deleted' },
    { key: 'task_completed', type: 17, lang: 'Task completed' },
    { key: 'entity_linked', type: 18, lang: 'Linked' },
    { key: 'entity_unlinked', type: 19, lang: 'Unlinked' },
    { key: 'entity_responsible_changed', type: 20, lang: 'Responsible user changed' },
    { key: 'name_field_changed', type: 21, lang: 'Name changed' },
    { key: 'sale_field_changed', type: 22, lang: 'Sale changed' },
    { key: 'common_note_added', type: 23, lang: 'New note' },
    { key: 'service_note_added', type: 24, lang: 'New service note' },
    { key: 'attachment_note_added', type: 25, lang: 'New file' },
    { key: 'geo_note_added', type: 26, lang: 'New place' },
    { key: 'incoming_call', type: 27, lang: 'Incoming call' },
    { key: 'outgoing_call', type: 28, lang: 'Outgoing call' },
    { key: 'incoming_sms', type: 29, lang: 'Incoming SMS' },
    { key: 'outgoing_sms', type: 30, lang: 'Outgoing SMS' },
    { key: 'custom_field_value_changed', type: 31, lang: 'Field changed' },
  ];

/** Writes one entry into the history (`platform/server.md §5.7`). */
export function record(
  context: AccountContext,
  { type, entity_id, entity_type, by, before = [], after = [] }: HistoryRecord,
): void {
  const { account } = context;
  account.events.push({
    id: context.ids.uuid().replaceAll('-', ''),
    type,
    entity_id,
    entity_type,
    created_by: by,
    created_at: nowSeconds(context),
    value_after: after,
    value_before: before,
    account_id: account.id,
  });
}
