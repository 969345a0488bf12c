import { elementTypes } from '../../../kommo/elements.js';
import type { DpHappening } from './dp-events.js';
import type { FormValue } from './form.js';

/** Under which action an event stands; what is no occurrence is a change of stage or period. */
const actions: Readonly<Record<number, string>> = {
  16: 'mail_in',
  17: 'call_in',
  18: 'site_visit',
  19: 'chat',
};

/**
 * Fields of "API: send webhook" without `account` (`platform/server.md §3.6`): the ids of the entity and of its
 * stage, and of the stage before when it moved.
 */
export function dpWebhookBody(
  code: number,
  { subject: { element_type, id, place }, from }: DpHappening,
): { readonly [key: string]: FormValue } {
  if (element_type === elementTypes.lead) {
    const { pipeline_id, status_id } = place;
    const old = { old_pipeline_id: from?.pipeline_id, old_status_id: from?.status_id };
    return { leads: { [actions[code] ?? 'status']: [{ id, pipeline_id, status_id, ...old }] } };
  }
  const entry = { id, period_id: place.status_id, old_period_id: from?.status_id };
  return { customers: { [actions[code] ?? 'period']: [entry] } };
}
