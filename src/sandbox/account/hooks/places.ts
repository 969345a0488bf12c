import { elementTypes } from '../../../kommo/elements.js';
import type { DpDirection } from '../../../kommo/digital-pipeline.js';
import type { DpCondition } from '../state.js';

/** Where a lead or customer stands. Customers have no pipeline. */
export interface Place {
  readonly pipeline_id: number | null;
  readonly status_id: number;
}

/** A lead or customer that came to a place; `from` is null for one that was just added. */
export interface Movement {
  readonly element_type: 2 | 12;
  readonly from: Place | null;
  readonly to: Place;
}

export interface Firing {
  /** `event.type` of the hook. */
  readonly code: number;
  readonly direction?: DpDirection;
}

/** Whether the action stands in this place. Statuses 142 and 143 exist in every pipeline, hence both ids. */
export function covers(condition: DpCondition, element_type: 2 | 12, place: Place): boolean {
  return (
    condition.element_type === element_type &&
    condition.status_ids.includes(place.status_id) &&
    (element_type === elementTypes.customer || condition.pipeline_id === place.pipeline_id)
  );
}

/**
 * What a movement makes of an action that waits for it, or undefined when nothing
 * (`platform/server.md §3.2`, `§3.3`; codes of customers in brackets):
 *
 * | the lead | waits for 1 (20) | waits for 14 (21) | waits for 15 (22) |
 * |---|---|---|---|
 * | is added in the stages | 1 (20) | | 15 (22), went_to_trigger |
 * | comes from other stages | | 14 (21), went_to_trigger | 15 (22), went_to_trigger |
 * | moves between them, stretched | | 15 (22), went_in_trigger | 15 (22), went_in_trigger |
 * | leaves them, stretched | | 14 (21), went_from_trigger | |
 *
 * Stretched means `dp.action_multiple`; without it every stage is entered on its own. Which code leaving has is not
 * known: it is a change of stage and no appearance, hence 14 and only for who waits for 14. Only leads have
 * directions; whether 1 has one is not known, and a receiver must not count on it.
 */
export function firing(
  condition: DpCondition,
  { element_type, from, to }: Movement,
  isStretched: boolean,
): Firing | undefined {
  const isLead = element_type === elementTypes.lead;
  const [added, changed, appeared] = isLead ? [1, 14, 15] : [20, 21, 22];
  const waitsFor = condition.event_code;
  const fire = (code: number, direction: DpDirection): Firing => (isLead ? { code, direction } : { code });

  const isIn = covers(condition, element_type, to);
  const wasIn = from !== null && covers(condition, element_type, from);

  if (from === null) {
    if (!isIn) return undefined;
    if (waitsFor === added) return { code: added };
    return waitsFor === appeared ? fire(appeared, 'went_to_trigger') : undefined;
  }
  if (waitsFor !== changed && waitsFor !== appeared) return undefined;
  if (isIn && wasIn && isStretched) return fire(appeared, 'went_in_trigger');
  if (isIn) return fire(waitsFor, 'went_to_trigger');
  return wasIn && isStretched && waitsFor === changed ? fire(changed, 'went_from_trigger') : undefined;
}
