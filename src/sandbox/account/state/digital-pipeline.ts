/** What an action in the digital pipeline waits for, and where (`platform/server.md §3`). */
export interface DpCondition {
  readonly id: number;
  /** Code of the event: `dpEvents` of src/kommo. */
  event_code: number;
  /** 2 for leads, 12 for customers. */
  element_type: 2 | 12;
  /** Null for customers. */
  pipeline_id: number | null;
  /** The stages that it is stretched over; one unless `dp.action_multiple`. */
  status_ids: readonly number[];
  delay_seconds: number;
}

/** A widget's action in the digital pipeline. */
export interface DpTrigger extends DpCondition {
  readonly widget_code: string;
  /** Values of `dp.settings` as the bubble's inputs hold them. */
  settings: Record<string, unknown>;
}

/** The action "API: send webhook" of the digital pipeline (`platform/server.md §3.6`). */
export interface DpWebhookTrigger extends DpCondition {
  url: string;
}
