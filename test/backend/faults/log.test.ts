import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createHmac } from 'node:crypto';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { buildBackend } from '../../../scripts/build/backend.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { startFaultyProxy } from '../../support/faulty-proxy.js';
import { sendDemoReport } from '../support/demo-report.js';
import {
  clientId,
  clientSecret,
  type MessengerAccount,
  openMessengerAccount,
} from '../support/messenger-account.js';
import { createTestDatabase, prepareStores } from '../support/stores.js';

// A whole story of several processes.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

prepareStores(['postgresql']);
beforeAll(() => buildBackend({ ifStale: true }), 60_000);

const hookSecret = 'hook-secret-that-no-log-may-have';
const apiKey = 'api-key-that-no-log-may-have';
const encryptionKey = Buffer.from('encryption-key-that-no-log-may-h').toString('base64');
const words = 'Marmalade';

/** Numbers as their cards spell them, and what the service says of each; all of the range for fiction. */
const numbers = {
  taken: '+1 (201) 555-0141',
  busy: '201.555.0142',
  refused: '1-201-555-0143',
  garbled: '+1 201 5550144',
  silent: '(201) 555 0145',
  unwanted: '+12015550146',
  noNumber: '555-0147 ask for Marmaduke',
} as const;
const inName = '+1 (201) 555-0148';

/** A chat service that tells back whatever it was told, in each of its answers. */
async function startEcho(): Promise<string> {
  const answers: Readonly<Record<string, [number, string]>> = {
    '0142': [503, 'unavailable'],
    '0143': [422, 'invalid_number'],
    '0146': [403, 'recipient_blocked'],
  };
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const number = /555(01\d\d)/.exec(body)?.[1] ?? '';
    const echo = `${request.headers.authorization ?? ''} ${body} (201) 555-${number}`;
    if (number === '0145') request.socket.destroy();
    else if (number === '0144') response.end(`<html>${echo}</html>`);
    else if (number in answers) {
      const [status, code] = answers[number] ?? [500, ''];
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ error: { code, message: echo } }));
    } else {
      const { to, text } = (body === '' ? {} : JSON.parse(body)) as { to?: string; text?: string };
      const message = {
        id: `message-${number}`,
        to,
        text,
        status: 'sent',
        created_at: new Date().toISOString(),
      };
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify(message));
    }
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      answer(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => undefined);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Told {
  readonly child: ChildProcess;
  /** All that it has printed. */
  text(): string;
  ended: Promise<unknown>;
}

async function run(args: string[], environment: Record<string, string>): Promise<Told> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-log-'));
  const main = path.resolve(import.meta.dirname, '../../../dist/backend/main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  }
  const ended = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
    await rm(cwd, { recursive: true });
  });
  return { child, text: () => text, ended };
}

const patience = { timeout: 30_000, interval: 100 };

/** Everything that a log must not have, by its name. */
function forbidden(
  account: MessengerAccount,
  { codes, databasePassword }: { codes: readonly string[]; databasePassword: string },
): [string, RegExp][] {
  const literal = (text: string): RegExp => new RegExp(text.replaceAll(/[^\w]/g, '\\$&'));
  const number = (digits: string): RegExp => new RegExp(digits.replaceAll(/(?!^)/g, '[^0-9A-Za-z]{0,3}'));
  return [
    ...account.tokens().map((token): [string, RegExp] => ['a token', literal(token)]),
    ...codes.map((code): [string, RegExp] => ['a code', literal(code)]),
    ['the secret of the client', literal(clientSecret)],
    ['the secret of the hooks', literal(hookSecret)],
    ['the key of the chat service', literal(apiKey)],
    ['the key of what is sealed', literal(encryptionKey)],
    ['the password of the database', literal(databasePassword)],
    ['an authorisation header', /\b(Bearer|Basic) [\w-]{4}/],
    ['a JSON Web Token', /\beyJ[\w-]{8}/],
    ['a text', literal(words)],
    ['the name of a contact', /Marmaduke/],
    // Of any number above, its last seven digits, however they are set apart.
    ...Array.from({ length: 8 }, (_one, place): [string, RegExp] => [
      'a phone number',
      number(`555014${place + 1}`),
    ]),
  ];
}

it('holds no tokens, secrets, phone numbers or texts, whatever the backend goes through', async () => {
  const port = await anyFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const account = await openMessengerAccount({ publicUrl });
  onTestFinished(() => account.close());
  const proxy = await startFaultyProxy(account.origin);
  onTestFinished(() => proxy.close());
  const database = new URL(await createTestDatabase());
  const environment = {
    PUBLIC_URL: publicUrl,
    PORT: String(port),
    ENCRYPTION_KEY: encryptionKey,
    HOOK_SECRET: hookSecret,
    KOMMO_CLIENT_ID: clientId,
    KOMMO_CLIENT_SECRET: clientSecret,
    LOCAL_ACCOUNTS: account.origin,
    DATABASE_URL: database.href,
    CHAT_SERVICE: 'demo',
    DEMO_URL: await startEcho(),
    DEMO_API_KEY: apiKey,
    API_REQUESTS_PER_SECOND: '0',
    ATTEMPTS: '2',
    RETRY_SECONDS: '1',
    LOG_LEVEL: 'debug',
  };
  const backend = await run([], environment);
  await vi.waitFor(() => {
    expect(backend.text()).toContain('The backend is running');
  }, patience);

  // The installation: declined, with a wrong code, and done, behind a proxy.
  const codes = [account.code(), 'def502-a-made-up-code'];
  const referer = new URL(proxy.url).host;
  for (const fields of [{ error: 'access_denied' }, { code: codes[1] ?? '' }, { code: codes[0] ?? '' }]) {
    const query = new URLSearchParams({ ...fields, client_id: clientId, referer });
    await fetch(`${publicUrl}/oauth/callback?${query.toString()}`);
  }
  expect(backend.text()).toContain('the integration was installed');
  await fetch(`${publicUrl}/oauth/uninstalled?account_id=1&client_uuid=${clientId}&signature=${codes[0]}`);

  const contacts: number[] = [];
  for (const phone of Object.values(numbers)) {
    contacts.push(await account.addContact({ name: `Marmaduke ${phone}`, phones: [phone] }));
  }
  const leadId = await account.addLead({ name: `Call from ${inName}`, contacts });

  const post = async (place: string, body: string, type = 'application/x-www-form-urlencoded') =>
    (await fetch(`${publicUrl}/hooks/${place}`, { method: 'POST', headers: { 'Content-Type': type }, body }))
      .status;
  const form = (fields: Record<string, string | number>): string =>
    new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();
  const named = {
    'account[id]': account.accountId,
    'leads[update][0][id]': leadId,
    'leads[update][0][name]': `Call from ${inName}`,
    'contacts[update][0][id]': contacts[0] ?? 0,
    'contacts[update][0][name]': `Marmaduke ${numbers.taken}`,
    'contacts[update][0][custom_fields][0][code]': 'PHONE',
    'contacts[update][0][custom_fields][0][values][0][value]': numbers.taken,
  };
  expect(await post(`webhooks/${hookSecret}`, form(named))).toBe(200);
  expect(await post(`webhooks/${hookSecret}`, form({ ...named, 'account[id]': 1 }))).toBe(200);
  expect(await post(`webhooks/${hookSecret}x`, form(named))).toBe(404);
  expect(await post(`webhooks/${hookSecret}`, `{"leads": "${numbers.taken}`, 'application/json')).toBe(400);

  const hook = {
    'event[type]': 14,
    'event[data][id]': leadId,
    'event[data][element_type]': 2,
    'event[time]': Math.floor(Date.now() / 1000),
    'action[settings][widget][settings][message]': `${words} for {{contact_phone}}`,
    subdomain: 'none',
    account_id: account.accountId,
  };
  const dp = `digital-pipeline/${hookSecret}`;
  expect(await post(`${dp}x`, form(hook))).toBe(404);
  expect(await post(dp, `{"message": "${words} ${numbers.taken}`, 'application/json')).toBe(400);
  expect(await post(dp, form({ ...hook, account_id: 1 }))).toBe(200);
  expect(await post(dp, form({ ...hook, 'event[type]': 99 }))).toBe(200);
  // The account meets trouble, too, and tells back what it was asked with; then the token has to be refreshed.
  account.expireAccessTokens();
  const body = JSON.stringify({ detail: `Bearer ${account.token} ${numbers.taken} ${words}` });
  proxy.meetAt({ method: 'GET', path: /\/leads\// }, { answer: { status: 500, body } }, 1);
  proxy.meetAt({ method: 'POST', path: /\/notes/ }, { answer: { status: 400, body } }, 1);
  expect(await post(dp, form(hook))).toBe(200);
  await vi.waitFor(() => {
    expect(backend.text()).toContain('"end":"dead"');
    expect(backend.text()).toContain('A note could not be written into the feed');
  }, patience);

  // Reports: of nobody's message, with a wrong signature, broken, and good.
  const target = { url: publicUrl };
  expect(await sendDemoReport(target, { id: numbers.taken, status: 'delivered' }, apiKey)).toBe(404);
  expect(await sendDemoReport(target, { id: 'message-0141', status: 'failed' }, 'another key')).toBe(403);
  await fetch(`${publicUrl}/chat-services/demo/status`, {
    method: 'POST',
    headers: { 'X-Demo-Signature': `sha256=${createHmac('sha256', apiKey).update('{').digest('hex')}` },
    body: '{',
  });
  expect(await sendDemoReport(target, { id: 'message-0141', status: 'delivered' }, apiKey)).toBe(200);

  await fetch(`${publicUrl}/messages`, { headers: { 'X-Auth-Token': account.token } });
  const commands = [];
  for (const command of ['redrive', 'check']) {
    const told = await run([command], environment);
    await told.ended;
    commands.push(told.text());
  }
  expect(commands[0]).toContain('1 event brought back');
  await vi.waitFor(() => {
    expect(backend.text().match(/"end":"dead"/g)?.length).toBeGreaterThanOrEqual(2);
  }, patience);

  await account.disconnect();
  await vi.waitFor(() => {
    expect(backend.text()).toContain('the integration was uninstalled');
  }, patience);
  backend.child.kill('SIGTERM');
  await backend.ended;
  expect(backend.text()).toContain('Stopped');

  database.port = '1';
  const refused = await run([], { ...environment, DATABASE_URL: database.href });
  await refused.ended;

  for (const said of [
    'A hook came from an account without installation',
    'A digital-pipeline hook is of no use',
    'a webhook came from an account without installation',
    'an installation was not completed',
    'The chat service did not take a message',
    'An event waits for another attempt',
  ]) {
    expect(backend.text()).toContain(said);
  }
  const all = [backend.text(), ...commands, refused.text()].join('\n').split('\n');
  const found = forbidden(account, { codes, databasePassword: database.password }).flatMap(
    ([name, pattern]) =>
      all.filter((line) => pattern.test(line)).map((line) => `${name} (${String(pattern)}) in ${line}`),
  );
  expect(found).toEqual([]);
});
