import { expect } from 'vitest';
import {
  ChatServiceError,
  type ChatServiceErrorKind,
} from '../../../../src/backend/chat-services/chat-service.js';
import { ConnectError } from '../../../../src/backend/chat-services/definition.js';
import type { Fault } from '../../../support/faulty-proxy.js';

/** What comes in place of the service's answer, none of which is one. */
export const brokenAnswers: Readonly<Record<string, Fault>> = {
  'a page of a proxy': answer(502, '<html><body>Bad gateway</body></html>'),
  'a page in place of the answer': answer(200, '<!doctype html><title>Welcome</title>'),
  'half of an answer': answer(200, '{"id":"x","name":"x","sid'),
  'a redirect': answer(302, ''),
  'an error that is none': answer(500, '{"error":null,"code":"x"}'),
  'a connection that breaks': 'drop',
};

function answer(status: number, body: string): Fault {
  return { answer: { status, body, headers: { 'content-type': 'text/html', location: '/elsewhere' } } };
}

/** Waits for a call to be refused, and looks that the refusal gives nothing away. */
export async function expectServiceFailure(
  call: Promise<unknown>,
  kind: ChatServiceErrorKind,
  secrets: readonly string[],
): Promise<ChatServiceError> {
  const error = await caught(call);
  if (!(error instanceof ChatServiceError))
    throw new Error(`Expected a ChatServiceError, got ${String(error)}`);
  expect(error.kind).toBe(kind);
  expect(error.message).not.toBe('');
  expectNothingGivenAway(error, secrets);
  return error;
}

/** The same for a step of connecting. */
export async function expectConnectFailure(
  call: Promise<unknown>,
  problem: ConnectError['problem'],
  secrets: readonly string[],
): Promise<void> {
  const error = await caught(call);
  if (!(error instanceof ConnectError)) throw new Error(`Expected a ConnectError, got ${String(error)}`);
  expect(error.problem).toBe(problem);
  expectNothingGivenAway(error, secrets);
}

async function caught(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => `no error but ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );
}

function expectNothingGivenAway(error: Error, secrets: readonly string[]): void {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    for (const secret of secrets.filter((value) => value !== '')) {
      expect(`${at.message} ${at.stack ?? ''}`).not.toContain(secret);
    }
  }
}
