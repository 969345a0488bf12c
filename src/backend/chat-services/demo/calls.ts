import { ask, unreadable, type Answer, type Question, type ServiceOptions } from '../ask.js';
import { demoFailure } from './failures.js';

export interface DemoCall {
  readonly method: Question['method'];
  /** Below the service's address. */
  readonly path: string;
  /** Value of the header `Authorization`. */
  readonly authorization?: string;
  readonly headers?: Question['headers'];
  /** Sent as JSON, or as a form when it is one. */
  readonly body?: object;
  /** What must not stand in an error. */
  readonly hidden?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls the demo service.
 *
 * @throws ChatServiceError when it refuses, or answers with something that is none of its answers.
 */
export type CallDemo = (call: DemoCall) => Promise<Answer>;

/** @param url Of the service, as `http://localhost:4000/demo-chat`. */
export function callsTo(url: string, options: ServiceOptions): CallDemo {
  const address = url.replace(/\/+$/, '');
  return async ({ method, path, authorization, headers, body, hidden = [], signal }) => {
    const isForm = body instanceof URLSearchParams;
    const answer = await ask(
      {
        url: `${address}${path}`,
        method,
        headers: {
          ...(authorization !== undefined && { Authorization: authorization }),
          ...(body && { 'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
          ...headers,
        },
        ...(body && { body: isForm ? body.toString() : JSON.stringify(body) }),
        signal,
      },
      options,
    );
    const secrets = [...hidden, ...(authorization === undefined ? [] : secretsOf(authorization))];
    const { status, json } = answer;
    if (![200, 201, 204].includes(status)) throw demoFailure(answer, secrets, options.now());
    if (status !== 204 && json === undefined) throw unreadable(answer);
    return answer;
  };
}

/** The object in an answer. */
export function bodyOf(answer: Answer): NonNullable<Answer['json']> {
  if (answer.json === undefined) throw unreadable(answer);
  return answer.json;
}

function secretsOf(authorization: string): readonly string[] {
  const [, scheme = '', value = ''] = /^(\w+) (.*)$/.exec(authorization) ?? [];
  return scheme === 'Basic' ? [value, ...Buffer.from(value, 'base64').toString().split(':')] : [value];
}
