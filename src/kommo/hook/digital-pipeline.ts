import { dpDirections, dpEvent, dpEvents, elementTypes } from '../digital-pipeline.js';
import type { DpDirection, DpEvent, ElementType } from '../digital-pipeline.js';
import type { DpHookEvent, DpHookRefusal } from './events.js';
import { entriesOf, fieldsOf, idOf, secondsOf, subdomainOf, textOf } from './read-values.js';
import type { Fields } from './read-values.js';

export type DpHookResult =
  | { readonly ok: true; readonly hook: DpHookEvent }
  | { readonly ok: false; readonly refusal: DpHookRefusal }
  /** Not a hook of the digital pipeline at all; a sentence for whoever sent it. */
  | { readonly ok: false; readonly fault: string };

/**
 * Reads the hook to a widget's `dp.webhook_url` (`platform/server.md §3.2`), as documented and as it was seen on the
 * wire (`platform/widget.md §12`). Nothing in it is signed, so all of it has to be checked at the account. Access data
 * of old hooks (`kommohash`, `amohash`) is never passed on.
 *
 * | event.type    | event.type_code | is             |
 * | ------------- | --------------- | -------------- |
 * | known         | anything        | that of `type` |
 * | unknown, none | known           | that of `type_code` |
 * | unknown       | unknown, none   | `unknown_event` |
 * | none          | unknown         | `unknown_event` |
 * | none          | none            | a fault        |
 *
 * The body of "API: send webhook" (`§3.6`) names neither an event nor settings: `no_settings`.
 *
 * @param body As `readHookBody` gives it.
 */
export function readDpHook(body: Fields): DpHookResult {
  const event = fieldsOf(body['event']);
  if (event === undefined) {
    return subjectIn(body) === undefined
      ? { ok: false, fault: 'A hook of the digital pipeline was expected, with an object in "event".' }
      : { ok: false, refusal: 'no_settings' };
  }
  const { type, type_code, data } = event;
  if (isMissing(type) && isMissing(type_code)) {
    return { ok: false, fault: 'A code was expected in "event.type" or a name in "event.type_code".' };
  }
  if (!isMissing(data) && fieldsOf(data) === undefined) {
    return { ok: false, fault: 'An object was expected in "event.data".' };
  }

  const dp = eventOf(type, type_code);
  if (dp === undefined) return { ok: false, refusal: 'unknown_event' };
  const subject = subjectOf(fieldsOf(data) ?? {}, dp);
  const elementId = idOf(subject.fields['id']);
  if (elementId === undefined) return { ok: false, refusal: 'no_element' };
  if (subject.elementType === undefined) return { ok: false, refusal: 'unknown_element_type' };
  const settings = settingsOf(body['action']);
  if (settings === undefined) return { ok: false, refusal: 'no_settings' };

  return {
    ok: true,
    hook: {
      event: dp,
      elementType: subject.elementType,
      elementId,
      pipelineId: idOf(subject.fields['pipeline_id']),
      statusId: idOf(subject.fields['status_id']),
      direction: directionOf(subject.fields['direction_of_movement']),
      time: secondsOf(event['time']),
      settings,
      accountId: idOf(body['account_id']) ?? idOf(fieldsOf(body['account'])?.['id']),
      subdomain: subdomainOf(body['subdomain']) ?? subdomainOf(fieldsOf(body['account'])?.['subdomain']),
    },
  };
}

interface Subject {
  readonly elementType: ElementType | undefined;
  readonly fields: Fields;
}

/** `event.data` as documented, or the list that was seen in its place. */
function subjectOf(data: Fields, event: DpEvent): Subject {
  if (!isMissing(data['id']))
    return { elementType: elementTypeOf(data['element_type'], event), fields: data };
  const listed = subjectIn(data);
  // What stands beside the list holds for its entry.
  if (listed !== undefined) return { ...listed, fields: { ...data, ...listed.fields } };
  return { elementType: undefined, fields: {} };
}

/** The first lead or customer of `leads[status][0]` and the like. */
function subjectIn(fields: Fields): Subject | undefined {
  for (const [name, elementType] of [
    ['leads', elementTypes.lead],
    ['customers', elementTypes.customer],
  ] as const) {
    for (const list of Object.values(fieldsOf(fields[name]) ?? {})) {
      const entry = entriesOf(list)
        .map(fieldsOf)
        .find((one) => one !== undefined && 'id' in one);
      if (entry !== undefined) return { elementType, fields: entry };
    }
  }
  return undefined;
}

function eventOf(type: unknown, typeCode: unknown): DpEvent | undefined {
  const code = textOf(type)?.trim();
  const name = textOf(typeCode)?.trim();
  return (
    (code === undefined ? undefined : dpEvent(code)) ?? dpEvents.find((event: DpEvent) => event.name === name)
  );
}

/** Without one it is that of the event, where the event happens to leads alone or to customers alone. */
function elementTypeOf(value: unknown, event: DpEvent): ElementType | undefined {
  if (isMissing(value)) return event.elementTypes.length === 1 ? event.elementTypes[0] : undefined;
  return [elementTypes.lead, elementTypes.customer].find((type) => type === idOf(value));
}

function directionOf(value: unknown): DpDirection | undefined {
  return typeof value === 'string' && Object.hasOwn(dpDirections, value) ? (value as DpDirection) : undefined;
}

/** Undefined without a field: a form does not carry empty objects. */
function settingsOf(action: unknown): Fields | undefined {
  const widget = fieldsOf(fieldsOf(fieldsOf(action)?.['settings'])?.['widget']);
  const settings = fieldsOf(widget?.['settings']);
  return settings !== undefined && Object.keys(settings).length > 0 ? settings : undefined;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
