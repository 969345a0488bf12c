import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/backend/app.js';
import { accountRoutes } from '../../../src/backend/auth/account-routes.js';
import { messages } from '../../../src/backend/delivery/tables.js';
import type { Installation } from '../../../src/backend/installations/tables.js';
import { messagesRoute } from '../../../src/backend/messages/route.js';
import type { Store } from '../../../src/backend/store/store.js';
import { apiError } from '../../../src/contract/api-error.js';
import { messagePage, type MessagePage } from '../../../src/contract/messages-api.js';
import { addInstallation, addMessage } from '../delivery/support/message-rows.js';
import {
  clientId,
  openAccount,
  publicUrl,
  secret,
  testContext,
  type TestContext,
} from '../installations/support/connected.js';
import { eachStore } from '../support/stores.js';

const origin = 'https://demo.kommo.com';
const accountId = 7654321;
const oldSecret = 'the-secret-before';
const minute = 60;

eachStore((openTestStore) => {
  let store: Store;
  let context: TestContext;
  let app: ReturnType<typeof createApp>;
  let installation: Installation;

  beforeAll(async () => {
    store = await openTestStore();
    context = testContext(store, {
      clients: [
        { platform: 'amocrm', id: 'another-client', secrets: ['another-secret'] },
        { platform: 'kommo', id: clientId, secrets: [secret, oldSecret] },
      ],
    });
    app = createApp(context);
    accountRoutes(app, context, [
      (scope) => {
        messagesRoute(scope, context);
      },
    ]);
    installation = await addInstallation(store.db, { clientId, accountId, origin });
  });

  const now = (): number => Math.floor(Date.now() / 1000);

  /** A token as the platform signs it; what is not given fits. */
  const sign = (
    claims: Record<string, unknown> = {},
    { key = secret, alg = 'HS256' }: { key?: string; alg?: string } = {},
  ): Promise<string> =>
    new SignJWT({
      iss: origin,
      aud: publicUrl,
      jti: randomUUID(),
      iat: now(),
      nbf: now(),
      exp: now() + 30 * minute,
      account_id: accountId,
      user_id: 11,
      subdomain: 'demo',
      client_uuid: clientId,
      ...claims,
    })
      .setProtectedHeader({ alg, typ: 'JWT' })
      .sign(new TextEncoder().encode(key));

  const get = async (
    query: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown; headers: Record<string, unknown> }> => {
    const token = headers['x-auth-token'] ?? (await sign());
    const response = await app.inject({
      url: `/messages${query}`,
      headers: { origin, 'x-auth-token': token, ...headers },
    });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };

  const page = async (query: string): Promise<MessagePage> => {
    const { status, body } = await get(query);
    expect(status).toBe(200);
    return messagePage.parse(body);
  };

  const refused = async (token: string, headers: Record<string, string> = {}): Promise<string> => {
    const { status, body } = await get('', { 'x-auth-token': token, ...headers });
    const { code, message } = apiError.parse(body);
    expect(message).not.toContain(secret);
    if (token !== '') expect(message).not.toContain(token);
    return `${status} ${code}`;
  };

  describe('GET /messages shows', () => {
    it('everything about a message', async () => {
      const { id, eventId } = await addMessage(store.db, {
        installationId: installation.id,
        elementType: 12,
        elementId: 501,
        state: 'failed',
        reason: 'recipient_blocked',
        service: 'twilio',
        serviceMessageId: 'SM1',
        serviceCode: '21610',
        serviceDetail: 'Has answered STOP',
        text: 'Hola 👋\nEmma',
      });
      expect(await page('?element_type=12&element_id=501')).toEqual({
        messages: [
          {
            id,
            event_id: eventId,
            element_type: 12,
            element_id: 501,
            contact: { id: 7, name: 'Emma' },
            phone: '+15550100',
            text: 'Hola 👋\nEmma',
            state: 'failed',
            reason: 'recipient_blocked',
            service: 'twilio',
            service_message_id: 'SM1',
            service_code: '21610',
            service_detail: 'Has answered STOP',
            created_at: expect.closeTo(now(), -2) as unknown,
            updated_at: expect.closeTo(now(), -2) as unknown,
          },
        ],
        next_cursor: null,
      });
    });

    it('a lead without contacts', async () => {
      await addMessage(store.db, {
        installationId: installation.id,
        elementId: 502,
        contactId: null,
        contactName: null,
        phone: null,
        text: null,
        state: 'skipped',
        reason: 'no_contact',
      });
      expect((await page('?element_id=502')).messages).toMatchObject([
        { contact: null, phone: null, text: null, state: 'skipped', reason: 'no_contact' },
      ]);
    });

    it('nothing of another account or of another integration', async () => {
      const others = [
        await addInstallation(store.db, { clientId, accountId: 999 }),
        await addInstallation(store.db, { clientId: 'another-client', accountId }),
      ];
      for (const { id } of others) await addMessage(store.db, { installationId: id, elementId: 503 });
      expect((await page('?element_id=503')).messages).toEqual([]);
    });

    it('those of some states, written once or several times', async () => {
      for (const state of ['queued', 'sent', 'read', 'failed'] as const) {
        await addMessage(store.db, { installationId: installation.id, elementId: 504, state });
      }
      const states = async (query: string): Promise<string[]> =>
        (await page(`?element_id=504&${query}`)).messages.map(({ state }) => state).sort();
      expect(await states('state=read')).toEqual(['read']);
      expect(await states('state=read,failed')).toEqual(['failed', 'read']);
      expect(await states('state=read&state=queued,sent')).toEqual(['queued', 'read', 'sent']);
    });

    it('those of a time, its first and last second included', async () => {
      const at = (seconds: number): Date => new Date(seconds * 1000);
      for (const createdAt of [at(999.999), at(1000), at(1001), at(1002.999), at(1003)]) {
        await addMessage(store.db, { installationId: installation.id, elementId: 505, createdAt });
      }
      const times = async (query: string): Promise<number[]> =>
        (await page(`?element_id=505&${query}`)).messages.map(({ created_at: time }) => time);
      expect(await times('from=1000&to=1002')).toEqual([1002, 1001, 1000]);
      expect(await times('to=999')).toEqual([999]);
      expect(await times('from=1003')).toEqual([1003]);
    });

    it('page by page every message once, whatever comes in meanwhile', async () => {
      // Of one microsecond as well, and of times that a Date cannot tell apart.
      await store.db.execute(sql`
        insert into ${messages} (installation_id, event_id, element_type, element_id, state, created_at)
        select ${installation.id}, 900000 + n, 2, 506, 'sent',
          timestamptz '2026-01-31 12:00:00.000001Z' + make_interval(secs => (n / 3) * 0.000001)
        from generate_series(1, 25) as n`);
      const seen: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { messages: some, next_cursor: next } = await page(
          `?element_id=506&limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        expect(some.length).toBeLessThanOrEqual(4);
        seen.push(...some.map(({ event_id: event }) => event));
        cursor = next;
        await addMessage(store.db, {
          installationId: installation.id,
          elementId: 506,
          eventId: 990_000 + seen.length,
        });
      }
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
      const places = seen.map((event) => Math.floor((event - 900_000) / 3));
      expect(places).toEqual([...places].sort((a, b) => b - a));
    });

    it('no cursor when a page ends with the last message', async () => {
      for (let n = 0; n < 3; n += 1) {
        await addMessage(store.db, { installationId: installation.id, elementId: 507 });
      }
      expect((await page('?element_id=507&limit=3')).next_cursor).toBeNull();
      expect((await page('?element_id=507&limit=2')).next_cursor).not.toBeNull();
    });
  });

  it.each([
    'state=deleted',
    'state=',
    'element_type=1',
    'element_type=lead',
    'element_id=-1',
    'element_id=1e3',
    'element_id=99999999999999999999',
    'from=yesterday',
    'from=999999999999999',
    'limit=0',
    'limit=251',
    'limit=1&limit=2',
    'cursor=',
    'cursor=abc',
    `cursor=${Buffer.from(`2026-02-31T12:00:00.000000Z ${randomUUID()}`).toString('base64url')}`,
    'elementId=1',
    'state[]=read',
    '__proto__=1',
  ])('refuses a query that it does not know: %s', async (query) => {
    const { status, body } = await get(`?${query}`);
    expect(status).toBe(400);
    expect(apiError.parse(body).code).toBe('invalid_query');
  });

  describe('The one-time token', () => {
    it('is good when the account has it from the sandbox', async () => {
      const account = await openAccount();
      const url = `${account.sandbox.url}/ajax/v2/integrations/${clientId}/disposable_token`;
      const answer = await fetch(url, {
        headers: { Origin: account.sandbox.url, 'X-Requested-With': 'XMLHttpRequest' },
      });
      const { token } = (await answer.json()) as { token: string };
      await addInstallation(store.db, {
        clientId,
        accountId: account.context.account.id,
        origin: account.sandbox.url,
      });
      const headers = { 'x-auth-token': token, origin: account.sandbox.url };
      expect(await get('', headers)).toMatchObject({ status: 200, body: { messages: [] } });
    });

    it.each([
      ['signed with the secret before this one', () => ({}), { key: oldSecret }],
      ['for our address with its port', () => ({ aud: 'http://127.0.0.1:9' }), {}],
      ['for our address without its port', () => ({ aud: 'http://127.0.0.1' }), {}],
      ['with numbers as text', () => ({ account_id: String(accountId), user_id: '11' }), {}],
      ['of a clock that is a little ahead', () => ({ iat: now() + 20, nbf: now() + 20 }), {}],
      ['of a clock that is a little behind', () => ({ exp: now() - 20 }), {}],
    ] as const)('is good %s', async (_name, claims, how) => {
      const { status } = await get('', { 'x-auth-token': await sign(claims(), how) });
      expect(status).toBe(200);
    });

    it('is good several times, and after the account was renamed', async () => {
      const renamed = 'https://renamed.kommo.com';
      const token = await sign({ iss: renamed, subdomain: 'renamed' });
      for (let n = 0; n < 3; n += 1) {
        const headers = { 'x-auth-token': token, origin: renamed };
        expect((await get('', headers)).status).toBe(200);
      }
    });

    it.each([
      ['has expired', { exp: now() - 31 * minute }, {}, '401 token_expired'],
      ['is not good yet', { nbf: now() + 5 * minute }, {}, '401 token_invalid'],
      ['is for another server', { aud: 'https://other.example.com' }, {}, '401 token_invalid'],
      ['is for another integration', { client_uuid: randomUUID() }, {}, '401 token_invalid'],
      [
        'is signed with the secret of another integration',
        {},
        { key: 'another-secret' },
        '401 token_invalid',
      ],
      ['is signed with another algorithm', {}, { key: secret.repeat(4), alg: 'HS512' }, '401 token_invalid'],
      ['has no account', { account_id: undefined }, {}, '401 token_invalid'],
      ['has an account that is no number', { account_id: 'x' }, {}, '401 token_invalid'],
      ['has no end', { exp: undefined }, {}, '401 token_invalid'],
      ['has no issuer', { iss: undefined }, {}, '401 token_invalid'],
      [
        'is of a host that is none of the platform',
        { iss: 'https://demo.kommo.com.evil.example' },
        {},
        '401 token_invalid',
      ],
      ['is of an account without https', { iss: 'http://demo.kommo.com' }, {}, '401 token_invalid'],
      ['is of an account that has not installed us', { account_id: 1 }, {}, '403 not_installed'],
    ] as const)('is refused when it %s', async (_name, claims, how, answer) => {
      expect(await refused(await sign(claims, how))).toBe(answer);
    });

    it.each(['nonsense', 'a.b.c', 'e30.e30.', '..', 'x'.repeat(5000)])(
      'is refused when it is none: %.20s',
      async (token) => {
        expect(await refused(token)).toBe('401 token_invalid');
      },
    );

    it('is refused without a signature', async () => {
      const [, payload] = (await sign()).split('.');
      const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      expect(await refused(`${header}.${payload ?? ''}.`)).toBe('401 token_invalid');
    });

    it('is asked for when it is missing', async () => {
      expect(await refused('')).toBe('401 token_missing');
    });

    it('is refused once the integration was uninstalled', async () => {
      await addInstallation(store.db, { clientId, accountId: 777, state: 'uninstalled' });
      expect(await refused(await sign({ account_id: 777 }))).toBe('403 not_installed');
    });

    it('is refused from a page of another account', async () => {
      const token = await sign();
      expect(await refused(token, { origin: 'https://other.kommo.com' })).toBe('403 wrong_origin');
    });
  });

  describe('A page', () => {
    const preflight = async (from: string): Promise<Record<string, unknown>> => {
      const response = await app.inject({
        method: 'OPTIONS',
        url: '/messages',
        headers: {
          origin: from,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'x-auth-token',
        },
      });
      return response.headers;
    };

    it('of an account may ask, by its own address and no star', async () => {
      for (const from of [origin, 'https://x.amocrm.ru', 'http://127.0.0.1:4100']) {
        const headers = await preflight(from);
        expect(headers).toMatchObject({ 'access-control-allow-origin': from });
        expect(String(headers['vary'])).toContain('Origin');
        expect(String(headers['access-control-allow-headers']).toLowerCase()).toContain('x-auth-token');
        expect(headers['access-control-allow-credentials']).toBeUndefined();
      }
      expect((await get('')).headers).toMatchObject({
        'access-control-allow-origin': origin,
        'cache-control': 'no-store',
      });
    });

    it.each(['https://kommo.com.evil.example', 'https://evilkommo.com', 'http://demo.kommo.com', 'null'])(
      'of %s may not',
      async (from) => {
        expect((await preflight(from))['access-control-allow-origin']).toBeUndefined();
      },
    );

    it('can read why it was refused', async () => {
      const { status, headers } = await get('', { 'x-auth-token': 'nonsense' });
      expect(status).toBe(401);
      expect(headers).toMatchObject({ 'access-control-allow-origin': origin });
    });
  });
});
