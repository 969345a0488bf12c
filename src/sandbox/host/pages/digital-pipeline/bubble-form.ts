import { formValues } from '../../dom.js';
import type { Trigger } from '../../../wire.js';
import type { Column } from './columns.js';
import { joinDelay } from './conditions.js';
import type { DpField } from './widgets.js';

/** A trigger that may not be stored yet. */
export type Draft = Omit<Trigger, 'id'> & { readonly id: number | null };

/** What is chosen in the bubble beside the widget's fields, as the controls hold it. */
export type Condition = Readonly<Partial<Record<'event' | 'until' | 'delay' | 'unit', string>>>;

/**
 * The account's own controls of a bubble, by their classes: they have no `name`, so that no field of a widget can
 * meet them.
 */
const controls = {
  event: '.js-dp-event',
  until: '.js-dp-until',
  delay: '.js-dp-delay',
  unit: '.js-dp-unit',
} as const;

export function readCondition($form: JQuery): Condition {
  return Object.fromEntries(
    Object.entries(controls).flatMap(([name, selector]) => {
      const $control = $form.find(selector);
      return $control.length === 0 ? [] : [[name, String($control.val())]];
    }),
  );
}

export function fillCondition($form: JQuery, condition: Condition): void {
  for (const [name, value] of Object.entries(condition)) {
    $form.find(controls[name as keyof typeof controls]).val(value);
  }
}

/** The amount of a delay is asked for where there is a delay. */
export function showDelay($form: JQuery): void {
  $form.find(controls.delay).toggleClass('h-hidden', $form.find(controls.unit).val() === 'none');
}

/**
 * Values of the fields, whatever control has the field's name now. A field without one, as an unchecked box that a
 * widget put in the input's place, has no value (`platform/server.md §3.4`).
 */
export function readFields($form: JQuery, fields: readonly DpField[]): Record<string, string> {
  const entered = formValues($form);
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = entered.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The trigger as the bubble has it now. */
export function readTrigger(
  $form: JQuery,
  { draft, fields, columns }: { draft: Draft; fields: readonly DpField[]; columns: readonly Column[] },
): Omit<Trigger, 'id'> {
  const { event, until, delay, unit = 'none' } = readCondition($form);
  const [first = 0] = draft.status_ids;
  return {
    widget_code: draft.widget_code,
    event_code: Number(event),
    element_type: draft.element_type,
    pipeline_id: draft.pipeline_id,
    status_ids: until === undefined ? draft.status_ids : stretched(columns, first, Number(until)),
    delay_seconds: unit === 'none' ? 0 : joinDelay(Math.max(1, Number(delay)), unit),
    settings: readFields($form, fields),
  };
}

/** The stages from the first to the last, both included; the first alone when the last does not come after it. */
function stretched(columns: readonly Column[], first: number, last: number): number[] {
  const from = columns.findIndex(({ id }) => id === first);
  const until = columns.findIndex(({ id }) => id === last);
  return until > from ? columns.slice(from, until + 1).map(({ id }) => id) : [first];
}
