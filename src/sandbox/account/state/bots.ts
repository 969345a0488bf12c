export interface Salesbot {
  readonly id: number;
  name: string;
  /** Steps by their number, as the designer stores them. A bot starts at 0. */
  steps: Readonly<Record<string, BotStep>>;
}

export interface BotStep {
  /** The widget whose step it is; only such a step may hold `widget_request` (`platform/server.md §9`). */
  readonly widget_code?: string;
  readonly question: readonly BotHandler[];
  /** Where `goto` with type `answer` leads; the sandbox does not wait for a client's answer by itself. */
  readonly answer?: readonly BotHandler[];
  /** What the designer has to know to open the step again; runs do not look at it. */
  readonly designer?: unknown;
}

export interface BotHandler {
  readonly handler: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One run of a bot on one entity. */
export interface BotRun {
  /** `continue_id` of the address that the bot waits at. */
  readonly id: number;
  readonly bot_id: number;
  readonly entity_id: number;
  readonly entity_type: 'leads' | 'contacts' | 'customers';
  state: 'running' | 'waiting' | 'finished' | 'stopped' | 'failed';
  /** Why it failed, for a person. */
  failure: string | null;
  step: string;
  /** What the step still holds after the handler that it waits for. */
  pending: readonly BotHandler[];
  /** What integrations have handed over; `{{json.<key>}}` of the bot. */
  data: Record<string, unknown>;
  /** What it has shown, oldest first: the params of `show`. */
  readonly shown: Readonly<Record<string, unknown>>[];
  readonly started_at: number;
}
