import { elementTypes } from '../../../kommo/elements.js';
import type { AnyAccountEvent, Occurrence } from '../bus.js';
import type { Account, DpCondition } from '../state.js';
import type { Subject } from './dp-body.js';
import { covers, firing } from './places.js';
import type { Firing, Movement, Place } from './places.js';

/** Something that actions of the digital pipeline may wait for. */
export interface DpHappening {
  readonly subject: Subject;
  /** Where it stood before, null for one just added; absent for what is no movement. */
  readonly from?: Place | null;
  /** What an action that waits for `condition` makes of it, or undefined when nothing. */
  fires(condition: DpCondition, isStretched: boolean): Firing | undefined;
}

const { lead: leadType, customer: customerType } = elementTypes;

const occurrenceCodes = { mail_in: 16, call_in: 17, site_visit: 18, chat: 19 } as const;

/**
 * What an event of the account is to the digital pipeline, or undefined when nothing: also when the change was
 * made with `is_need_to_trigger_digital_pipeline: false` (`platform/server.md §5.6`).
 */
export function dpHappening(account: Account, { name, event }: AnyAccountEvent): DpHappening | undefined {
  if ('triggersDigitalPipeline' in event && !event.triggersDigitalPipeline) return undefined;
  switch (name) {
    case 'lead_added':
      return moved({ element_type: leadType, id: event.lead.id, place: event.lead }, null);
    case 'lead_status_changed':
      return moved(
        { element_type: leadType, id: event.lead.id, place: event.lead },
        { pipeline_id: event.old_pipeline_id, status_id: event.old_status_id },
      );
    case 'customer_added':
      return moved(customerSubject(event.customer), null);
    case 'customer_period_changed':
      return moved(customerSubject(event.customer), { pipeline_id: null, status_id: event.old_status_id });
    case 'mail_in':
    case 'call_in':
    case 'site_visit':
    case 'chat':
      return occurred(account, event, occurrenceCodes[name]);
    default:
      return undefined;
  }
}

function customerSubject({ id, status_id }: { id: number; status_id: number }): Subject {
  return { element_type: customerType, id, place: { pipeline_id: null, status_id } };
}

/** The places are copied: the stored lead goes on changing while a delayed action waits. */
function moved({ element_type, id, place }: Subject, from: Place | null): DpHappening {
  const to = { pipeline_id: place.pipeline_id, status_id: place.status_id };
  const movement: Movement = { element_type, from, to };
  return {
    subject: { element_type, id, place: to },
    from,
    fires: (condition, isStretched) => firing(condition, movement, isStretched),
  };
}

/** Whether such hooks carry a direction is not known; nothing moves, so they carry none. */
function occurred(account: Account, { element_type, id }: Occurrence, code: number): DpHappening | undefined {
  const entity = element_type === leadType ? account.leads.get(id) : account.customers.get(id);
  if (entity === undefined || entity.is_deleted) return undefined;
  const place: Place = {
    pipeline_id: 'pipeline_id' in entity ? entity.pipeline_id : null,
    status_id: entity.status_id,
  };
  return {
    subject: { element_type, id, place },
    fires: (condition) =>
      condition.event_code === code && covers(condition, element_type, place) ? { code } : undefined,
  };
}
