import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneFault } from '../phone-wire.js';
import type { DeliveryError } from './message.js';
import { PageInstead, ServiceRefusal } from './refusal.js';

/** The fault that holds for a call, of this number or of none. */
export function faultFor(faults: readonly PhoneFault[], to: string | null): PhoneFault | undefined {
  return faults.find((fault) => fault.to === to) ?? faults.find((fault) => fault.to === null);
}

/** Meets what is wrong with the service itself, before it looks at what it is asked for. */
export async function meet(fault: PhoneFault | undefined): Promise<void> {
  switch (fault?.mode) {
    case 'slow':
      await pause(fault.seconds * 1000, undefined, { ref: false });
      return;
    case 'unavailable':
      throw new ServiceRefusal('unavailable', 'The service is not available at the moment.');
    case 'rate_limited':
      throw new ServiceRefusal('rate_limited', 'Too many messages.', fault.seconds);
    case 'invalid_key':
      throw new ServiceRefusal('invalid_key', 'The access key is not accepted any more.');
    case 'html':
      throw new PageInstead();
    default:
  }
}

/** Meets what is wrong with the recipient. */
export function refuseRecipient(fault: PhoneFault | undefined): void {
  switch (fault?.mode) {
    case 'invalid_number':
      throw new ServiceRefusal('invalid_number', 'The number does not exist.');
    case 'not_on_service':
      throw new ServiceRefusal('not_on_service', 'The number has no account at this service.');
    case 'recipient_blocked':
      throw new ServiceRefusal('recipient_blocked', 'The recipient has blocked messages of this sender.');
    default:
  }
}

/** Why a message that is taken will not arrive, if so. */
export function laterFailure(fault: PhoneFault | undefined): DeliveryError | undefined {
  return fault?.mode === 'fails_later'
    ? { code: 'undeliverable', message: 'The phone could not be reached.' }
    : undefined;
}
