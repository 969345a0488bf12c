import type { ChatServiceDefinition, Credentials } from '../../../../src/backend/chat-services/definition.js';
import { definitionsOf } from '../../../../src/backend/chat-services/definitions.js';
import { twilioAccount } from '../../../support/twilio-server.js';

export const number = '+15550999';
export const service = `MG${'1b'.repeat(16)}`;
/** Of no account. */
export const anotherToken = 'another-auth-token';

/** Twilio at this address, as the registry has it. */
export function definitionAt({ url, timeout }: { url: string; timeout?: number }): ChatServiceDefinition {
  const options = timeout === undefined ? {} : { timeout };
  const its = definitionsOf([{ name: 'twilio', apiUrl: url }], options).get('twilio');
  if (its === undefined) throw new Error('Twilio is not in the registry.');
  return its;
}

/** As an administrator fills them in. */
export const values = (sender: string): Record<string, string> => ({
  account_id: twilioAccount.sid,
  secret: twilioAccount.token,
  sender,
});

export const credentials = (sender: string): Credentials => ({
  account_sid: twilioAccount.sid,
  auth_token: twilioAccount.token,
  sender,
});

export const kindsOfSenders = [
  ['a number', number],
  ['a messaging service', service],
  ['a number at WhatsApp', 'whatsapp:+15550772'],
] as const;
