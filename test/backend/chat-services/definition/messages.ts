import { randomUUID } from 'node:crypto';
import type { OutgoingMessage } from '../../../../src/backend/chat-services/chat-service.js';
import type { ClientMessage } from './under-test.js';

let numbers = 0;

/** A number that no other test has. */
export function newNumber(): string {
  numbers += 1;
  return `+1555011${String(1000 + numbers)}`;
}

export function newMessage({ text = `Your order is ready, ${randomUUID()}` } = {}): OutgoingMessage {
  return { to: newNumber(), text, idempotencyKey: randomUUID() };
}

export function newClientMessage({
  text = `When will it be ready? ${randomUUID()}`,
  ...more
}: Partial<ClientMessage> = {}): ClientMessage {
  return { from: newNumber(), name: 'Client', text, ...more };
}
