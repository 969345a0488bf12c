import http from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen, openSandbox } from './support/sandbox.js';

describe('the API as the signed-in user', () => {
  it('needs no token from a page of the account', async () => {
    const { page } = await openSandbox();
    const { status, body } = await page('GET', '/api/v4/leads?limit=250');
    expect(status).toBe(200);
    expect(body['_embedded']?.['leads']).toHaveLength(20);
  });

  it.each([
    ['by the header of a browser', { 'Sec-Fetch-Site': 'same-origin' }],
    ['by the header of jQuery', { 'X-Requested-With': 'XMLHttpRequest' }],
  ])('knows a page %s', async (_how, headers) => {
    const { program } = await openSandbox();
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['a program without a token', {}],
    ['a wrong token from a page', { 'X-Requested-With': 'XMLHttpRequest', Authorization: 'Bearer wrong' }],
    ['a page of another site', { 'X-Requested-With': 'XMLHttpRequest', Origin: 'https://evil.example' }],
    ['a link of another site', { 'X-Requested-With': 'XMLHttpRequest', 'Sec-Fetch-Site': 'cross-site' }],
  ])('answers 401 to %s', async (_who, headers) => {
    const { program } = await openSandbox();
    expect((await program('GET', '/api/v4/account', undefined, headers)).status).toBe(401);
  });

  it('has the rights of the user who is signed in', async () => {
    const { page } = await openSandbox();
    const seen = async () => (await page('GET', '/api/v4/leads?limit=250')).body['_embedded']?.['leads'];
    const all = await seen();
    expect((await page('GET', '/api/v4/users')).status).toBe(200);

    await page('PATCH', '/sandbox/switches', { user_id: 13 });
    const own = await seen();
    expect(own?.length).toBeGreaterThan(0);
    expect(own?.length).toBeLessThan(all?.length ?? 0);
    expect(own?.every((lead) => Number(lead['responsible_user_id']) === 13)).toBe(true);
    expect((await page('GET', '/api/v4/users')).status).toBe(403);
  });

  it('does not count for the limit, which holds for tokens', async () => {
    const { page, program, token } = await openSandbox({ clock: { now: () => 1_760_000_000_000 } });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await page('GET', '/api/v4/account')).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const bearer = { Authorization: `Bearer ${token()}` };
    const byToken: number[] = [];
    for (let count = 0; count < 8; count++) {
      byToken.push((await program('GET', '/api/v4/account', undefined, bearer)).status);
    }
    expect(byToken).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
  });

  it('shows the sources of every integration to an administrator', async () => {
    const { page, sandbox } = await openSandbox();
    const { account } = sandbox.server.context;
    expect((await page('GET', '/api/v4/sources')).status).toBe(204);
    account.sources.set(1, {
      id: 1,
      name: 'Shop',
      pipeline_id: 50,
      external_id: 'shop',
      default: false,
      origin_code: null,
      services: [],
      client_uuid: 'another',
    });
    const { body } = await page('GET', '/api/v4/sources');
    expect(body['_embedded']?.['sources']?.[0]?.['name']).toBe('Shop');
  });
});

describe('the doors', () => {
  it.each([
    ['GET', '/sandbox/session'],
    ['PATCH', '/sandbox/switches'],
    ['GET', '/sandbox/triggers'],
    ['POST', '/sandbox/happenings'],
    ['GET', '/sandbox/faults'],
    ['GET', '/sandbox/integrations'],
    ['POST', '/sandbox/tokens/expire'],
    ['GET', '/sandbox/traffic'],
    ['DELETE', '/sandbox/report'],
    ['POST', '/sandbox/reset'],
    ['POST', '/sandbox/widgets'],
    ['GET', '/sandbox/bots'],
  ])('are closed to other sites: %s %s', async (method, path) => {
    const { program } = await openSandbox();
    const answer = await program(method, path, undefined, { Origin: 'https://evil.example' });
    expect(answer).toEqual({ status: 403, body: { error: 'Only pages of the account may ask.' } });
  });

  it('say in a sentence that a body is no JSON', async () => {
    const { sandbox } = await openSandbox();
    const answer = await fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(answer.status).toBe(400);
    expect(Object.keys((await answer.json()) as object)).toEqual(['error']);
  });
});

describe('the name by which the account is called', () => {
  const statusFor = async (url: string, host: string): Promise<number | undefined> => {
    const { hostname, port } = new URL(url);
    const request = http.get({ hostname, port, path: '/leads/pipeline', headers: { Host: host } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.resume();
    return response.statusCode;
  };

  it.each([
    ['127.0.0.1:4100', 200],
    ['localhost:4100', 200],
    ['[::1]:4100', 200],
    ['demo.localhost:4100', 200],
    ['evil.example:4100', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
  ])('is this machine: %s gets %i', async (host, status) => {
    const { sandbox } = await openSandbox();
    expect(await statusFor(sandbox.url, host)).toBe(status);
  });
});

describe('the socket', () => {
  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])('refuses the origin %s', async (origin) => {
    const { sandbox } = await openSandbox();
    await expect(listen(sandbox.url, origin)).rejects.toThrow('403');
  });

  it.each<[string, Record<string, string>]>([
    ['who names no origin', {}],
    [
      'a site that points its own name to this machine',
      { Host: 'evil.example', Origin: 'http://evil.example' },
    ],
  ])('refuses %s', async (_who, headers) => {
    const { sandbox } = await openSandbox();
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/socket`, { headers });
    await expect(once(socket, 'open')).rejects.toThrow('403');
  });

  it('tells of another user with a reload, of another theme without', async () => {
    const { page, listen: open } = await openSandbox();
    const listener = await open();
    await page('PATCH', '/sandbox/switches', { theme: 'dark' });
    expect(await listener.heard('theme')).toEqual({ kind: 'theme', theme: 'dark' });
    expect(listener.messages.some(({ kind }) => kind === 'reload')).toBe(false);
    await page('PATCH', '/sandbox/switches', { user_id: 12 });
    await listener.heard('reload');
  });

  it('greets a page that comes later with what does not build', async () => {
    const { sandbox, listen: open } = await openSandbox();
    sandbox.buildFailed(['src/index.ts:1:2 expected ;']);
    expect(await (await open()).heard('build')).toEqual({
      kind: 'build',
      faults: ['src/index.ts:1:2 expected ;'],
    });
    sandbox.buildFailed([]);
    expect(await (await open()).heard('build')).toEqual({ kind: 'build', faults: [] });
  });

  it('tells of changes with the card that they belong to, each once', async () => {
    const { page, listen: open } = await openSandbox();
    const listener = await open();
    // The same change twice in one call.
    const names = ['A name', 'Another name'].map((name) => ({ id: 7001, name }));
    expect((await page('PATCH', '/api/v4/leads', names)).status).toBe(200);
    const { change } = await listener.heard('changed');
    expect(change).toEqual({ event: 'lead_updated', type: 'leads', id: 7001 });

    await page('POST', '/api/v4/leads/7002/notes', [{ note_type: 'common', params: { text: 'Hello' } }]);
    const note = await listener.heard('changed', (message) => message.change.event === 'note_added');
    expect(note.change).toEqual({ event: 'note_added', type: 'leads', id: 7002 });
    const updates = listener.messages.filter(
      (message) => message.kind === 'changed' && message.change.event === 'lead_updated',
    );
    expect(updates).toHaveLength(1);
  });

  it('tells both cards when two entities are linked, and when they no longer are', async () => {
    const { page, listen: open } = await openSandbox();
    const listener = await open();
    const contact = [{ to_entity_id: 8009, to_entity_type: 'contacts' }];
    for (const [action, event] of [
      ['link', 'entity_linked'],
      ['unlink', 'entity_unlinked'],
    ] as const) {
      await page('POST', `/api/v4/leads/7001/${action}`, contact);
      for (const [type, id] of [
        ['leads', 7001],
        ['contacts', 8009],
      ] as const) {
        const { change } = await listener.heard(
          'changed',
          ({ change: one }) => one.event === event && one.type === type,
        );
        expect(change).toEqual({ event, type, id });
      }
    }
  });
});
