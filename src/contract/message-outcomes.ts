/** How far a message to one recipient is. A state only gives way to one further on, see {@link isForward}. */
export const messageStates = ['queued', 'sent', 'delivered', 'read', 'skipped', 'failed'] as const;

export type MessageState = (typeof messageStates)[number];

/** Why nothing was sent to a recipient although nothing went wrong. */
export const skipReasons = [
  /** The contact's card has no phone number. */
  'no_phone',
  /** It has one that is none. */
  'invalid_phone',
  /** The lead or customer has no contact. */
  'no_contact',
  /** The lead, customer or contact was deleted before the message went out. */
  'entity_gone',
  /** The number has no account at the chat service. */
  'not_on_service',
  /** The same text went to the same number a short time ago. */
  'repeated_text',
  /** The number was already served through another contact of the same lead. */
  'number_served',
  /** Nothing is left of the text when its macros are filled in. */
  'empty_text',
] as const;

/** Why a message could not be sent or delivered. */
export const failureReasons = [
  /** No chat service is connected, or its access data is refused. */
  'not_connected',
  /** The chat service refuses this number. */
  'number_refused',
  /** The chat service refuses this text. */
  'text_refused',
  /** The recipient has not written for so long that the chat service takes approved templates alone. */
  'window_closed',
  /** The recipient has blocked or unsubscribed from the sender. */
  'recipient_blocked',
  /** The chat service refuses for a reason of its own; its code tells more. */
  'service_refused',
  /** The chat service did not answer or could not, up to the last attempt. */
  'service_unavailable',
  /** The service took the message and could not deliver it. */
  'undelivered',
  /** The account has withdrawn the integration's access, or it must be authorised again. */
  'access_revoked',
  /** The account's Kommo subscription has lapsed (402). */
  'subscription_lapsed',
  /** Kommo did not answer or could not, up to the last attempt. */
  'kommo_unavailable',
  /** Kommo refuses to show the lead or its contacts. */
  'kommo_refused',
  /** A fault of the integration itself. */
  'internal',
] as const;

export const messageReasons = [...skipReasons, ...failureReasons] as const;

export type SkipReason = (typeof skipReasons)[number];
export type FailureReason = (typeof failureReasons)[number];
export type MessageReason = (typeof messageReasons)[number];

/**
 * Whether a message may go from one state to the other. Callbacks of chat services come in any order, and in whichever
 * they come the message ends in the same state: a late "sent" does not undo "delivered", and "delivered" is a proof
 * that outweighs every failure, as when the answer to a sending was lost and the message had gone out.
 *
 * `queued → sent → skipped → failed → delivered → read`: a state gives way to every one to the right of it.
 */
export function isForward(from: MessageState, to: MessageState): boolean {
  return order.indexOf(from) < order.indexOf(to);
}

const order: readonly MessageState[] = ['queued', 'sent', 'skipped', 'failed', 'delivered', 'read'];
