import { dpEvent } from '../../../kommo/digital-pipeline.js';
import { elementTypes } from '../../../kommo/elements.js';
import type { Account } from '../state.js';
import type { FormValue } from './form.js';
import { formValue } from './form-value.js';
import type { Firing, Place } from './places.js';

/** A lead or customer that something happened to, and where it stands now. */
export interface Subject {
  readonly element_type: 2 | 12;
  readonly id: number;
  readonly place: Place;
}

/**
 * Fields of the hook to a widget's `dp.webhook_url` (`platform/server.md §3.2`). The body of a customer is not
 * documented beyond its id and type; here it has the id of its stage and, as customers have none, no pipeline.
 *
 * @param settings What the trigger stores. An unchecked box is no field; a checked one is `on` (`§3.4`).
 * @param time When it happened, in Unix seconds.
 */
export function dpBody(
  account: Account,
  { id, element_type, place }: Subject,
  { code, direction }: Firing,
  settings: Readonly<Record<string, unknown>>,
  time: number,
): { readonly [key: string]: FormValue } {
  return {
    event: {
      type: code,
      type_code: dpEvent(code)?.name,
      data: {
        id,
        element_type,
        status_id: place.status_id,
        pipeline_id: element_type === elementTypes.lead ? place.pipeline_id : undefined,
        direction_of_movement: direction,
      },
      time,
    },
    action: { settings: { widget: { settings: fieldsOf(settings) } } },
    subdomain: account.subdomain,
    account_id: account.id,
  };
}

function fieldsOf(settings: Readonly<Record<string, unknown>>): { readonly [field: string]: FormValue } {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== false)
      .map(([field, value]) => [field, value === true ? 'on' : formValue(value)]),
  );
}
