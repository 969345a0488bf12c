import { describe, expect, it } from 'vitest';
import { app, openApp, otherApp } from './support/app.js';

/** A service whose clock the test moves. */
async function openMoving() {
  let now = Date.parse('2026-03-01T09:00:00Z');
  const opened = await openApp({ clock: { now: () => now } });
  return {
    ...opened,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    scan: (what: object) => opened.page('POST', '/sandbox/phone/scan', what),
  };
}

describe('a pairing of the demo chat service', () => {
  it('shows a code that changes every 20 seconds, and connects whoever scans it', async () => {
    const { basic, pass, scan, as } = await openMoving();
    const begun = await basic('POST', '/pairings');
    expect(begun.status).toBe(201);
    const { id, code } = begun.body;
    expect(begun.body).toMatchObject({ state: 'waiting', expires_at: '2026-03-01T09:00:20.000Z' });
    const path = `/pairings/${String(id)}`;
    pass(19);
    expect((await basic('GET', path)).body).toMatchObject({ state: 'waiting', code });
    pass(1);
    const later = (await basic('GET', path)).body;
    expect(later).toMatchObject({ state: 'waiting', expires_at: '2026-03-01T09:00:40.000Z' });
    expect(later['code']).not.toBe(code);
    expect((await scan({ code })).status).toBe(404);

    const scanned = await scan({ code: later['code'], account: 'second' });
    expect(scanned.body).toEqual({ account: { id: 'second', name: 'Second' }, app: app.name });
    const { body } = await basic('GET', path);
    const account = { id: 'second', name: 'Second', phone: '+12025550141' };
    expect(body).toEqual({ state: 'connected', access_token: expect.any(String) as string, account });
    expect((await as(String(body['access_token']), 'GET', '/account')).body).toEqual(account);
    pass(500);
    expect((await basic('GET', path)).body).toEqual(body);
  });

  it('ends after three minutes', async () => {
    const { basic, pass, scan } = await openMoving();
    const { id } = (await basic('POST', '/pairings')).body;
    pass(179);
    const { code } = (await basic('GET', `/pairings/${String(id)}`)).body;
    pass(1);
    expect((await basic('GET', `/pairings/${String(id)}`)).body).toEqual({ state: 'expired' });
    expect((await scan({ code })).status).toBe(404);
    expect((await scan({ pairing: id })).status).toBe(404);
  });

  it('is on the phone while it waits, and can be scanned from there as the first account', async () => {
    const { basic, page, scan, listen, pass } = await openMoving();
    const listener = await listen();
    const { id } = (await basic('POST', '/pairings')).body;
    const heard = await listener.heard('phone_service', ({ service }) => service.pairings.length === 1);
    expect(heard.service.pairings[0]).toMatchObject({ id, app: app.name });
    pass(60);
    const newer = (await basic('POST', '/pairings', otherApp)).body['id'];
    const { body } = await page('GET', '/sandbox/phone/service');
    expect(body['pairings']?.map((one) => one['id'])).toEqual([newer, id]);
    expect((await scan({ pairing: id })).body).toMatchObject({ account: { id: 'first' } });
    const after = (await page('GET', '/sandbox/phone/service')).body;
    expect(after['pairings']?.map((one) => one['id'])).toEqual([newer]);
    expect(after['connections']).toMatchObject([{ account: { id: 'first' }, app: app.name, listens: false }]);
  });

  it('is over once it is cancelled', async () => {
    const { basic, scan } = await openMoving();
    const { id, code } = (await basic('POST', '/pairings')).body;
    expect((await basic('DELETE', `/pairings/${String(id)}`)).status).toBe(204);
    expect((await basic('GET', `/pairings/${String(id)}`)).status).toBe(404);
    expect((await scan({ code })).status).toBe(404);
  });

  it('belongs to its app alone', async () => {
    const { basic, call } = await openMoving();
    const { id } = (await basic('POST', '/pairings')).body;
    for (const method of ['GET', 'DELETE']) {
      expect((await basic(method, `/pairings/${String(id)}`, otherApp)).status).toBe(404);
    }
    const wrong = { ...app, clientSecret: 'wrong' };
    expect((await basic('POST', '/pairings', wrong)).body['error']).toMatchObject({ code: 'invalid_client' });
    expect((await call('POST', '/pairings')).status).toBe(401);
  });

  it.each([
    ['unavailable', 503],
    ['rate_limited', 429],
    ['invalid_key', 401],
  ] as const)('is not begun with the fault %s', async (mode, status) => {
    const { basic, fail } = await openMoving();
    await fail({ mode });
    expect((await basic('POST', '/pairings')).status).toBe(status);
  });

  it.each([
    [{}, 400],
    [{ code: 7 }, 400],
    [{ code: 'x', account: 'third' }, 400],
    [{ code: 'x' }, 404],
  ])('is not scanned by %j', async (what, status) => {
    const { scan } = await openMoving();
    expect((await scan(what)).status).toBe(status);
  });
});
