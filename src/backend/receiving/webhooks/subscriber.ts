import type { WebhookEvent } from '../../../kommo/hook/events.js';
import type { Context } from '../../context.js';

/** An entry of a webhook as it was stored. */
export interface ReceivedWebhook extends WebhookEvent {
  /** Grows in the order in which webhooks came. */
  readonly webhookId: number;
  readonly installationId: string;
  readonly receivedAt: Date;
}

/** A part of the backend that works on general webhooks, each in a job of its own. */
export interface Subscriber {
  /** Names its queue: letters, digits, `_` and `-`. */
  readonly name: string;
  /** What the account is asked to tell for it, in the account's names: `update_lead` (`platform/server.md §4.1`). */
  readonly settings: readonly string[];
  wants(event: WebhookEvent): boolean;
  /**
   * Runs at least once for every webhook that it wants, in any order and several at a time. One that rejects is
   * repeated with growing pauses, then it goes to the dead letters.
   */
  handle(webhook: ReceivedWebhook, context: Context): Promise<void>;
}
