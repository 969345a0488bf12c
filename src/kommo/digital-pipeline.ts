import { elementTypes } from './elements.js';
import type { ElementType } from './elements.js';

export { elementTypes } from './elements.js';
export type { ElementType, ElementTypeName } from './elements.js';

/** An event of the digital pipeline that a trigger can wait for. */
export interface DpEvent {
  /** `event.type` of the hook. */
  readonly code: number;
  /** `event.type_code` of the hook. */
  readonly name: string;
  /** For a person, in English. */
  readonly meaning: string;
  /** What `event.data.id` can be the id of. */
  readonly elementTypes: readonly ElementType[];
}

const { lead, customer } = elementTypes;

/**
 * Every event (`platform/widget.md §1.5`). Customers are documented by amoCRM only. Where an action is
 * stretched over several stages (`dp.action_multiple`), 14 and 21 tell that the range is entered, 15 and 22
 * that the lead or customer moves inside it.
 */
export const dpEvents = [
  { code: 1, name: 'lead_added', meaning: 'A lead is added', elementTypes: [lead] },
  { code: 14, name: 'lead_status_changed', meaning: 'A lead enters the stage', elementTypes: [lead] },
  {
    code: 15,
    name: 'lead_appeared_in_status',
    meaning: 'A lead moves between the stages of a stretched action',
    elementTypes: [lead],
  },
  { code: 16, name: 'mail_in', meaning: 'An e-mail comes in', elementTypes: [lead, customer] },
  { code: 17, name: 'call_in', meaning: 'A call comes in', elementTypes: [lead, customer] },
  { code: 18, name: 'site_visit', meaning: 'A contact visits the site', elementTypes: [lead, customer] },
  { code: 19, name: 'chat', meaning: 'A chat message comes in', elementTypes: [lead, customer] },
  { code: 20, name: 'customer_added', meaning: 'A customer is added', elementTypes: [customer] },
  {
    code: 21,
    name: 'customer_period_changed',
    meaning: 'A customer enters the stage',
    elementTypes: [customer],
  },
  {
    code: 22,
    name: 'customer_appeared_in_period',
    meaning: 'A customer moves between the stages of a stretched action',
    elementTypes: [customer],
  },
] as const satisfies readonly DpEvent[];

export type DpEventCode = (typeof dpEvents)[number]['code'];

export type DpEventName = (typeof dpEvents)[number]['name'];

/** The event with this code, or undefined. Hooks are form-encoded, so the code may come as digits in a string. */
export function dpEvent(code: number | string): DpEvent | undefined {
  return dpEvents.find((event) => String(event.code) === String(code));
}

/**
 * Values of `event.data.direction_of_movement`: where a lead went as seen from the trigger. Only hooks about
 * leads have it, and the last two come only with `dp.action_multiple` (`platform/server.md §3.2`).
 */
export const dpDirections = {
  went_to_trigger: 'From a stage without the trigger to a stage with it',
  went_in_trigger: 'Between two stages that the trigger covers',
  went_from_trigger: 'From a stage with the trigger to a stage without it',
} as const;

export type DpDirection = keyof typeof dpDirections;

/** A number as hooks carry it: the documentation prints JSON, the wire is form-encoded and knows strings only. */
export type HookNumber = number | string;

/**
 * Body of a digital-pipeline hook (`platform/widget.md §1.5`). It carries no signature and no id of its own;
 * check everything before use.
 */
export interface DpHookBody {
  readonly event: {
    readonly type: HookNumber;
    readonly type_code: string;
    readonly data: DpHookData | DpHookListData;
    /** Unix time in seconds. */
    readonly time: HookNumber;
  };
  readonly action: {
    readonly settings: {
      readonly widget: {
        /** Fields of `dp.settings` by name. Missing when all are empty: form encoding drops empty objects. */
        readonly settings?: Readonly<Record<string, unknown>>;
      };
    };
  };
  /** Absent in older hooks, as is `account_id`. */
  readonly subdomain?: string;
  readonly account_id?: HookNumber;
}

/** `event.data` as documented. */
export interface DpHookData {
  /** Id of the lead or customer. */
  readonly id: HookNumber;
  /** An {@link ElementType}: 2 lead, 12 customer. */
  readonly element_type: HookNumber;
  /** Id of the stage. */
  readonly status_id: HookNumber;
  readonly pipeline_id: HookNumber;
  readonly direction_of_movement?: DpDirection;
}

/** `event.data` as it was seen once on the wire (`platform/widget.md §12`); only the id is known. */
export interface DpHookListData {
  readonly leads: {
    readonly status: readonly { readonly id: HookNumber; readonly [field: string]: unknown }[];
  };
}
