import type { ActionData, SmsMessage } from '../../../kommo/widget.js';

/**
 * Answers a click on a phone number or an e-mail address in a card or list (`add_action`,
 * `platform/widget.md §3.2`).
 */
export interface WidgetAction {
  readonly widget: string;
  readonly type: 'phone' | 'email';
  /** Never throws: what the widget throws goes to the report. */
  run(data: ActionData): void;
}

/** A way to write to a card's feed (`add_source`, `platform/widget.md §3.2`). */
export type WidgetSource =
  | {
      readonly widget: string;
      readonly type: 'sms';
      /** Its name for people: the widget's. */
      readonly label: string;
      /** Resolves when the note of the message may be created; rejects when it was not sent. */
      send(message: SmsMessage): Promise<unknown>;
    }
  | {
      readonly widget: string;
      readonly type: 'chat' | 'email' | 'custom';
      readonly label: string;
      /** Draws the source's own form. Never throws. */
      mount($el: JQuery): void;
    };

/** A list whose own card of an element a widget replaces (`setSdkCatalogId`, `platform/widget.md §3.2`). */
export interface SdkCatalog {
  readonly widget: string;
  /** Id of the list. */
  readonly id: number;
}
