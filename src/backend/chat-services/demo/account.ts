import { unreadable, type Answer } from '../ask.js';
import { clientPhone } from '../client-phone.js';
import type { ConnectedAccount } from '../definition.js';
import { fieldsOf } from '../json.js';

/** `{ id, name, phone }` as the service tells of an account. */
export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly phone: string | undefined;
}

/** @throws ChatServiceError when it is no account. */
export function readAccount(value: unknown, answer: Answer): DemoAccount {
  const { id, name, phone } = fieldsOf(value);
  if (typeof id !== 'string' || id === '' || typeof name !== 'string') throw unreadable(answer);
  return { id, name: name.trim() || id, phone: clientPhone(phone) };
}

/**
 * `{ access_token, account }`, with which every method ends.
 *
 * @throws ChatServiceError when it is something else.
 */
export function readConnected(answer: Answer): ConnectedAccount {
  const { access_token: token, account } = answer.json ?? {};
  if (typeof token !== 'string' || token === '') throw unreadable(answer);
  const { id, name, phone } = readAccount(account, answer);
  return { key: id, name, phone, credentials: { account: id, token } };
}
