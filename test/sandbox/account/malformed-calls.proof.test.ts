import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printFigures, rounds } from '../../support/rounds.js';
import { webhookEvents } from '../../../src/sandbox/account/api/webhooks.js';
import { connectChannel, registerChannel } from '../../../src/sandbox/account/chats/channel.js';
import { bodyMd5, requestSignature } from '../../../src/sandbox/account/chats/signature.js';
import { bodyOf, malformedCall } from './support/malformed-calls.js';
import { clientUuid, openAccount } from './support/open-account.js';
import { rawCall } from './support/raw-call.js';
import type { ChatChannel } from '../../../src/sandbox/account/state.js';
import type { MalformedCall } from './support/malformed-calls.js';
import type { OpenAccount } from './support/open-account.js';
import type { RawAnswer } from './support/raw-call.js';

interface Route {
  readonly method: string;
  readonly path: string;
}

let account: OpenAccount;
let channel: ChatChannel;
let routes: Route[];
const figures = { routes: 0, calls: 0, taken: 0, 'answers 5xx': 0 };

beforeEach(async () => {
  routes = [];
  account = await openAccount({
    extend(app) {
      app.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) {
          if (['GET', 'POST', 'PATCH', 'DELETE'].includes(one)) routes.push({ method: one, path: url });
        }
      });
    },
  });
  // What is written reaches hooks too: they must be able to carry it.
  await account.call('POST', '/api/v4/webhooks', {
    destination: 'http://127.0.0.1:9/hook',
    settings: [...webhookEvents],
  });
  channel = registerChannel(account.context, {
    name: 'Example chat',
    webhook_url: 'http://127.0.0.1:9/:scope_id',
    client_uuid: clientUuid,
    can_write_first: true,
    subscriptions: { typing: true, reactions: true },
  });
  const { amojo_id: id } = account.context.account;
  connectChannel(account.context.account, channel, { account_id: id, title: 'A', hook_api_version: 'v2' });
  figures.routes = routes.length;
});
afterEach(() => account.close());
afterAll(() => {
  printFigures('Malformed calls without a failure of the server', figures);
});

/** Chats are signed, so that what is refused is refused for its content. */
function signature(method: string, path: string, body: Uint8Array): Record<string, string> {
  const [date, md5] = [new Date(account.context.clock.now()).toUTCString(), bodyMd5(body)];
  return {
    date,
    'content-md5': md5,
    'x-signature': requestSignature({ method, path, date, md5 }, channel.secret),
    'content-type': 'application/json',
  };
}

async function send(wanted: MalformedCall, kept: readonly Route[]): Promise<RawAnswer> {
  const route = kept[wanted.route % kept.length] ?? { method: 'GET', path: '/' };
  const given = [...wanted.parameters];
  const path = route.path
    .replace(':channel', channel.id)
    .replace(':scope', channel.scope_id ?? '')
    .replaceAll(/:\w+(\([^)]*\))?|\*/g, () => given.pop() ?? '1');
  const isSound = wanted.flaw !== null;
  const text = route.method === 'GET' ? '' : bodyOf(wanted, route.path);
  const body = Buffer.from(text, wanted.isLatin && !isSound ? 'latin1' : 'utf8');
  const type = isSound ? 'application/json' : wanted.contentType;
  const answer = await rawCall(account, {
    method: route.method,
    path: path + wanted.query,
    ...(route.method !== 'GET' && { body }),
    headers: {
      ...(route.method !== 'GET' && type !== '' && { 'content-type': type }),
      ...(path.startsWith('/v2/origin/') && signature(route.method, path, body)),
    },
  });
  figures.calls += 1;
  if (answer.status < 300) figures.taken += 1;
  if (answer.status >= 500) figures['answers 5xx'] += 1;
  return answer;
}

function expectProblem({ status, type, text }: RawAnswer): void {
  expect(status).toBeLessThan(500);
  if (status < 400) return;
  expect(type).toBe('application/problem+json; charset=utf-8');
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problem).toMatchObject({
    status,
    title: expect.any(String) as string,
    detail: expect.stringMatching(/./) as string,
    type: `https://httpstatus.es/${status}`,
  });
}

describe('a malformed call gets a problem and never a failure', { timeout: 900_000 }, () => {
  it('of the API, and what was written can be read', async () => {
    const api = routes.filter(({ path }) => path.startsWith('/api/'));
    const readable = api.filter(({ method, path }) => method === 'GET' && !/[:*]/.test(path));
    expect(readable.length).toBeGreaterThan(15);
    await fc.assert(
      fc.asyncProperty(malformedCall, async (wanted) => {
        expectProblem(await send(wanted, api));
      }),
      { numRuns: rounds(600, 20_000) },
    );
    for (const { path } of readable) {
      for (const limit of ['', '?limit=250']) {
        const answer = await rawCall(account, { method: 'GET', path: path + limit });
        expect([path, answer.status]).not.toEqual([path, 500]);
        expectProblem(answer);
      }
    }
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it('of OAuth, the chats API, tokens and widgets, each in its own words', async () => {
    const others = routes.filter(({ path }) => !path.startsWith('/api/'));
    expect(others.length).toBeGreaterThan(12);
    await fc.assert(
      fc.asyncProperty(malformedCall, async (wanted) => {
        const { status, type = '', text } = await send(wanted, others);
        expect(status).toBeLessThan(500);
        // The shape of the framework's own errors.
        if (type.startsWith('application/json') && text !== '') {
          expect(JSON.parse(text)).not.toHaveProperty('statusCode');
        }
      }),
      { numRuns: rounds(300, 10_000) },
    );
  });
});
