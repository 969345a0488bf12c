import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Backend, startBackend } from '../../../src/backend/index.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import {
  hookSecret,
  type MessengerAccount,
  openMessengerAccount,
  sendHook,
} from '../support/messenger-account.js';
import { createTestFolder } from '../support/stores.js';

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 });

const form = 'application/x-www-form-urlencoded';

let account: MessengerAccount;
let backend: Backend;
let leadId: number;

beforeAll(async () => {
  account = await openMessengerAccount();
  leadId = await account.addLead({ contacts: [await account.addContact()] });
  const port = await anyFreePort();
  backend = await startBackend(
    account.config({
      publicUrl: `http://127.0.0.1:${port}`,
      port,
      dataDir: await createTestFolder(),
      logLevel: 'silent',
    }),
    { pollInterval: 20 },
  );
}, 120_000);
afterAll(async () => {
  await backend.stop();
  await account.close();
});

interface BadHook {
  readonly title: string;
  readonly body: () => string;
  readonly contentType?: string;
  readonly status: number;
  readonly result?: string;
}

const asForm = (fields: object): string => {
  const flat = (prefix: string, value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => flat(`${prefix}[${key}]`, inner))
      : [`${encodeURIComponent(prefix)}=${encodeURIComponent(String(value))}`];
  return Object.entries(fields)
    .flatMap(([key, value]) => flat(key, value))
    .join('&');
};
const hook = (message = 'Hi'): ReturnType<MessengerAccount['hook']> => account.hook({ leadId, message });

/** What is no hook is refused with a reason; what is one and of no use is taken, as a 4xx would gain nothing. */
const badHooks: readonly BadHook[] = [
  { title: 'nothing at all', body: () => '', status: 400 },
  {
    title: 'JSON that is cut off',
    body: () => JSON.stringify(hook()).slice(0, -20),
    contentType: 'application/json',
    status: 400,
  },
  { title: '10 MB', body: () => `${asForm(hook())}&x=${'a'.repeat(10 * 1024 * 1024)}`, status: 413 },
  {
    title: 'JSON nested 10,000 deep',
    body: () => '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
    contentType: 'application/json',
    status: 400,
  },
  { title: 'a form nested 10,000 deep', body: () => `a${'[b]'.repeat(10_000)}=1`, status: 400 },
  {
    title: '100,000 fields',
    body: () => Array.from({ length: 100_000 }, (_one, n) => `f${n}=1`).join('&'),
    status: 400,
  },
  {
    title: 'a list where an object belongs',
    body: () => '[1,2]',
    contentType: 'application/json',
    status: 400,
  },
  { title: 'an event that is a list', body: () => 'event[]=1&event[]=2&account_id=1', status: 400 },
  {
    title: 'data that is a list',
    body: () => JSON.stringify({ ...hook(), event: { type: 14, data: [1, 2] } }),
    contentType: 'application/json',
    status: 400,
  },
  {
    title: 'settings that are a list',
    body: () => JSON.stringify({ ...hook(), action: { settings: { widget: { settings: [1] } } } }),
    contentType: 'application/json',
    status: 200,
  },
  { title: 'markup', body: () => '<html></html>', contentType: 'text/html', status: 400 },
  {
    title: 'multipart',
    body: () => '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    contentType: 'multipart/form-data; boundary=x',
    status: 400,
  },
  {
    title: 'an event that nobody knows',
    body: () => asForm({ ...hook(), event: { type: 99, data: { id: 1, element_type: 2 } } }),
    status: 200,
    result: 'unknown_event',
  },
  {
    title: 'an account that nobody knows',
    body: () => asForm({ ...hook(), account_id: 5, subdomain: 'nobody' }),
    status: 200,
    result: 'unknown_account',
  },
  {
    title: 'an id beyond all numbers',
    body: () => asForm({ ...hook(), event: { type: 14, data: { id: '9'.repeat(40), element_type: 2 } } }),
    status: 200,
    result: 'no_element',
  },
];

describe('a body that is no hook, or of no use', () => {
  it.each(badHooks)('with $title is answered with $status, never with a failure', async (bad) => {
    const answer = await sendHook(backend, bad.body(), { contentType: bad.contentType ?? form });
    expect(answer.status).toBe(bad.status);
    if (bad.result !== undefined) expect(answer.result).toBe(bad.result);
    expect((await fetch(`${backend.url}/readyz`)).status).toBe(200);
  });

  it('that is cut off on its way is given up with its connection', async () => {
    await new Promise<void>((resolve) => {
      const call = request(`${backend.url}/hooks/digital-pipeline/${hookSecret}`, {
        method: 'POST',
        headers: { 'Content-Type': form, 'Content-Length': '1000' },
      });
      call.on('error', () => {
        resolve();
      });
      call.write('event[type]=14', () => call.destroy());
    });
    expect((await sendHook(backend, hook('After the cut'))).result).toBe('accepted');
  });
});

/** Bodies with oddities that are hooks all the same: the message goes out. */
const oddHooks: readonly { title: string; body: (message: string) => string; contentType?: string }[] = [
  {
    title: '__proto__ and constructor keys',
    body: (message) =>
      `${asForm(hook(message))}&__proto__[polluted]=1&constructor[prototype][polluted]=1&action[__proto__][polluted]=1`,
  },
  { title: 'broken percent codes', body: (message) => `${asForm(hook(message))}&x=%zz%E0%A4%A&%=1` },
  { title: 'the wrong content type', body: (message) => asForm(hook(message)), contentType: 'image/png' },
  {
    title: 'a form that calls itself JSON',
    body: (message) => asForm(hook(message)),
    contentType: 'application/json',
  },
  { title: 'JSON that calls itself a form', body: (message) => JSON.stringify(hook(message)) },
  {
    title: 'JSON with a NUL and half an emoji',
    body: (message) => JSON.stringify({ ...hook(message), x: '\u0000\ud83d' }),
    contentType: 'application/json',
  },
];

describe('a hook with', () => {
  it.each(oddHooks)('$title is delivered', async ({ title, body, contentType = form }) => {
    const message = `Odd: ${title}`;
    expect(await sendHook(backend, body(message), { contentType })).toEqual({
      status: 200,
      result: 'accepted',
    });
    await vi.waitFor(
      async () => {
        expect((await account.taken()).map(({ text }) => text)).toContain(message);
      },
      { timeout: 10_000 },
    );
    expect({}).not.toHaveProperty('polluted');
  });
});
