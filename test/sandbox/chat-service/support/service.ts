import type { DemoChatOptions, SandboxOptions } from '../../../../src/sandbox/index.js';
import type { PhoneFault } from '../../../../src/sandbox/phone-wire.js';
import { openSandbox, type Json, type TestSandbox } from '../../site/support/sandbox.js';

export interface ServiceAnswer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

export interface TestService extends TestSandbox {
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ServiceAnswer>;
  /** `POST /messages`; what is not given fits. */
  readonly send: (
    message?: Readonly<Record<string, unknown>>,
    headers?: Record<string, string>,
  ) => Promise<ServiceAnswer>;
  readonly fail: (...faults: Partial<PhoneFault>[]) => Promise<void>;
  /** Texts on the phone, newest first. */
  readonly texts: () => Promise<string[]>;
}

export const to = '+12025550101';
export const apiKey = 'the key of the test';

/** How long a test waits for what comes by itself: late on a busy machine. */
export const patient = { timeout: 15_000 };

/** A sandbox whose chat service is quick; it ends with the test. */
export async function openService(
  demoChat: DemoChatOptions = {},
  options: Partial<SandboxOptions> = {},
): Promise<TestService> {
  const account = await openSandbox({
    ...options,
    demoChat: { apiKey, deliveredAfterMs: 5, reportPauses: [5, 5, 5], ...demoChat },
  });
  const { sandbox, page } = account;
  let keys = 0;
  const call: TestService['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${sandbox.demoChat.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${sandbox.demoChat.apiKey}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? undefined : JSON.parse(text)) as Json,
      headers: response.headers,
    };
  };
  return {
    ...account,
    call,
    send: (message = {}, headers = {}) =>
      call(
        'POST',
        '/messages',
        { to, text: 'Hello', ...message },
        { 'Idempotency-Key': `key-${++keys}`, ...headers },
      ),
    async fail(...faults) {
      const { status, body } = await page('PATCH', '/sandbox/phone/settings', { faults });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    texts: async () => (await page('GET', '/sandbox/phone/messages')).body.map((one) => String(one['text'])),
  };
}
