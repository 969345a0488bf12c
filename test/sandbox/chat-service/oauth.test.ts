import { describe, expect, it } from 'vitest';
import { app, codeVerifier, openApp, otherApp, question, redirectUri } from './support/app.js';

const ask = (fields: Readonly<Record<string, string>>): string =>
  `/demo-chat/oauth/authorize?${new URLSearchParams(fields).toString()}`;

describe('the consent page of the demo chat service', () => {
  it('names the app, with whatever signs, and the accounts to choose from', async () => {
    const { sandbox } = await openApp();
    const answer = await fetch(`${sandbox.url}${ask(question)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain('&#60;b&#62;Pipeline&#60;/b&#62; asks for access');
    expect(page).not.toContain('<b>Pipeline');
    expect(page).toContain('First &#38; Co');
    expect(page).toContain('+12025550141');
    expect(page).toContain('<input type="hidden" name="state" value="a b&#38;c">');
  });

  it('leads back with a code that opens the account that was chosen', async () => {
    const { consent, redeem, as } = await openApp();
    const { status, to } = await consent();
    expect(status).toBe(302);
    expect(to?.origin).toBe(new URL(redirectUri).origin);
    const { code = '', ...others } = Object.fromEntries(to?.searchParams ?? []);
    expect(others).toEqual({ tenant: '1', state: 'a b&c' });
    const account = { id: 'second', name: 'Second', phone: '+12025550141' };
    const answer = await redeem({ code });
    expect(answer.status).toBe(200);
    const { access_token: token, ...rest } = answer.body;
    expect(rest).toEqual({ token_type: 'bearer', account });
    expect((await as(String(token), 'GET', '/account')).body).toEqual(account);
  });

  it('leads back with access_denied after Cancel', async () => {
    const { consent } = await openApp();
    const { to } = await consent({ decision: 'cancel' });
    expect(Object.fromEntries(to?.searchParams ?? [])).toEqual({
      tenant: '1',
      error: 'access_denied',
      state: 'a b&c',
    });
  });

  it.each([
    ['an unknown app', { client_id: 'nobody' }, /No app has this client_id/],
    [
      'an address that is not registered',
      { redirect_uri: 'http://127.0.0.1:4567/' },
      /none that is registered/,
    ],
    ['no address', { redirect_uri: '' }, /none that is registered/],
  ])('leads nobody anywhere for %s', async (_what, fields, reason) => {
    const { sandbox, consent } = await openApp();
    const answer = await fetch(`${sandbox.url}${ask({ ...question, ...fields })}`, { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(reason);
    expect(await consent(fields)).toEqual({ status: 400, to: null });
  });

  it.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ])('tells the app of %s', async (_what, fields, error) => {
    const { sandbox } = await openApp();
    const answer = await fetch(`${sandbox.url}${ask({ ...question, ...fields })}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(searchParams.get('error')).toBe(error);
    expect(searchParams.get('state')).toBe('a b&c');
  });

  it('takes no consent from pages of other sites, and none without a choice', async () => {
    const { sandbox, consent } = await openApp();
    const answer = await fetch(`${sandbox.demoChat.url}/oauth/authorize`, {
      method: 'POST',
      headers: { Origin: 'https://evil.example' },
      body: new URLSearchParams({ ...question, account: 'second', decision: 'allow' }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
    expect(await consent({ account: 'third' })).toEqual({ status: 400, to: null });
    expect(await consent({ decision: 'perhaps' })).toEqual({ status: 400, to: null });
  });

  it('says that the service is not available', async () => {
    const { sandbox, fail } = await openApp();
    await fail({ mode: 'unavailable' });
    const answer = await fetch(`${sandbox.url}${ask(question)}`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('The service is not available at the moment.');
  });
});

describe('a code of the demo chat service', () => {
  const codeOf = async ({ consent }: Awaited<ReturnType<typeof openApp>>): Promise<string> =>
    (await consent()).to?.searchParams.get('code') ?? '';

  it('is good once', async () => {
    const opened = await openApp();
    const code = await codeOf(opened);
    expect((await opened.redeem({ code })).status).toBe(200);
    const { status, body } = await opened.redeem({ code });
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({ code: 'invalid_grant' });
  });

  it('is good for ten minutes', async () => {
    let now = Date.now();
    const opened = await openApp({ clock: { now: () => now } });
    const [early, late] = [await codeOf(opened), await codeOf(opened)];
    now += 600_000;
    expect((await opened.redeem({ code: early })).status).toBe(200);
    now += 1;
    expect((await opened.redeem({ code: late })).status).toBe(400);
  });

  it.each([
    ['another verifier', { code_verifier: `${codeVerifier}2` }],
    ['another address', { redirect_uri: 'http://127.0.0.1:4567/other' }],
    ['another app', { client_id: otherApp.clientId, client_secret: otherApp.clientSecret }],
  ])('is used up by a call with %s', async (_what, fields) => {
    const opened = await openApp();
    const code = await codeOf(opened);
    const { status, body } = await opened.redeem({ code, ...fields });
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({ code: 'invalid_grant' });
    expect((await opened.redeem({ code })).status).toBe(400);
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'nobody' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'invalid_request'],
    [{ code: '' }, 400, 'invalid_request'],
  ])('is left alone by a call with %j', async (fields, status, code) => {
    const opened = await openApp();
    const good = await codeOf(opened);
    const answer = await opened.redeem({ code: good, ...fields });
    expect(answer.status).toBe(status);
    expect(answer.body['error']).toMatchObject({ code });
    expect((await opened.redeem({ code: good })).status).toBe(200);
  });
});

it('registers an app for a developer, whose consent then leads to its address', async () => {
  const { page, consent, redeem } = await openApp();
  const registered = await page('POST', '/sandbox/phone/apps', {
    name: 'Mine',
    redirect_uris: ['http://127.0.0.1:9999/back'],
  });
  expect(registered.status).toBe(201);
  const client = {
    client_id: String(registered.body['client_id']),
    client_secret: String(registered.body['client_secret']),
  };
  const address = { redirect_uri: 'http://127.0.0.1:9999/back' };
  const { to } = await consent({ ...address, client_id: client.client_id });
  const code = to?.searchParams.get('code') ?? '';
  expect((await redeem({ ...client, ...address, code })).status).toBe(200);
  expect(app.clientId).not.toBe(client.client_id);
  const wrong = await page('POST', '/sandbox/phone/apps', { name: 'Mine', redirect_uris: ['nowhere'] });
  expect(wrong.status).toBe(400);
});
