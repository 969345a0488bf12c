import { deleteEntity, tellAdded, updateEntity } from './changes.js';
import { nowSeconds } from './context.js';
import { fixedStatuses } from './state.js';
import type { AccountContext } from './context.js';
import type { Unsorted } from './state.js';

export type UnsortedDraft = Omit<Unsorted, 'uid' | 'account_id'> & { readonly by: number };

/** Stores an incoming lead, whose lead and contacts are there already, and tells the bus. */
export function addUnsorted(context: AccountContext, { by, ...draft }: UnsortedDraft): Unsorted {
  const { account } = context;
  const unsorted: Unsorted = { uid: context.ids.uuid(), account_id: account.id, ...draft };
  account.unsorted.set(unsorted.uid, unsorted);
  context.bus.emit('unsorted_added', { unsorted, by, triggersDigitalPipeline: true });
  return unsorted;
}

/**
 * Makes an incoming lead a lead: it goes to the stage and to the user, its contacts are told as new, and only now
 * the lead is. When the platform tells of the lead is not documented.
 */
export function acceptUnsorted(
  context: AccountContext,
  unsorted: Unsorted,
  { userId, statusId, by }: { userId: number; statusId: number; by: number },
): void {
  const { account } = context;
  const cause = { by, triggersDigitalPipeline: true };
  settle(context, unsorted, 'accept');
  context.bus.emit('unsorted_deleted', { unsorted, action: 'accept', ...cause });
  for (const id of unsorted.contact_ids) {
    const contact = account.contacts.get(id);
    if (contact) tellAdded(context, 'contacts', contact, cause);
  }
  for (const id of unsorted.company_ids) {
    const company = account.companies.get(id);
    if (company) tellAdded(context, 'companies', company, cause);
  }
  for (const id of unsorted.lead_ids) {
    const lead = account.leads.get(id);
    if (!lead) continue;
    tellAdded(context, 'leads', lead, cause);
    const isClosed = statusId === fixedStatuses.won || statusId === fixedStatuses.lost;
    const pipeline = [...account.pipelines.values()].find(
      ({ statuses }) => !isClosed && statuses.some((status) => status.id === statusId),
    );
    updateEntity(
      context,
      'leads',
      lead,
      {
        status_id: statusId,
        pipeline_id: pipeline?.id ?? lead.pipeline_id,
        responsible_user_id: userId === 0 ? lead.responsible_user_id : userId,
      },
      cause,
    );
  }
}

/** Drops an incoming lead together with its lead. Its contacts stay. */
export function declineUnsorted(context: AccountContext, unsorted: Unsorted, { by }: { by: number }): void {
  const { account } = context;
  const cause = { by, triggersDigitalPipeline: true };
  settle(context, unsorted, 'decline');
  for (const id of unsorted.lead_ids) {
    const lead = account.leads.get(id);
    if (lead) deleteEntity(context, 'leads', lead, cause, { silent: true });
  }
  context.bus.emit('unsorted_deleted', { unsorted, action: 'decline', ...cause });
}

function settle(
  context: AccountContext,
  { uid, pipeline_id, created_at }: Unsorted,
  action: 'accept' | 'decline',
): void {
  const { unsorted, settled_unsorted } = context.account;
  unsorted.delete(uid);
  settled_unsorted.push({ uid, action, pipeline_id, created_at, settled_at: nowSeconds(context) });
}
