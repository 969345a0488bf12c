import { expect, it } from 'vitest';
import { post, signInAsManager, startAccount } from './support/account.js';
import type { Integration } from '../../../../src/sandbox/account/state.js';

const allow = (integration: Integration, more: Record<string, string> = {}) => ({
  client_id: integration.client_uuid,
  decision: 'allow',
  ...more,
});

it('asks for consent on a page that names the integration, the account and what it will reach', async () => {
  const account = await startAccount();
  const integration = account.integration({ name: '<b>Wolf & Co</b>' });

  const answer = await fetch(`${account.url}/oauth?client_id=${integration.client_uuid}&state=s1&mode=popup`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await answer.text();
  expect(page).toContain('&#60;b&#62;Wolf &#38; Co&#60;/b&#62; asks for access');
  expect(page).not.toContain('<b>Wolf');
  expect(page).toContain('Demo account');
  expect(page).toContain('Data of the account');
  expect(page).toMatch(/<button name="decision" value="allow">Allow<\/button>/);
  expect(page).toMatch(/<button name="decision" value="decline" class="plain">Decline<\/button>/);
  expect(page).toContain('<input type="hidden" name="state" value="s1">');
});

it('leads to the redirect address with code, referer, state, client_id and platform', async () => {
  const account = await startAccount();
  const integration = account.integration({ redirect_uri: 'https://app.example.com/callback?tenant=1' });

  const answer = await post(account, '/oauth', allow(integration, { state: 'a b&c=1' }));

  expect(answer.status).toBe(302);
  const target = new URL(answer.headers.get('location') ?? '');
  expect(target.origin + target.pathname).toBe('https://app.example.com/callback');
  const { code, ...fields } = Object.fromEntries(target.searchParams);
  expect(code).toMatch(/^def502[0-9a-f]{600,}$/);
  expect(fields).toEqual({
    tenant: '1',
    referer: new URL(account.url).host,
    state: 'a b&c=1',
    client_id: integration.client_uuid,
    platform: '2',
  });
});

it('sends no state that it was not given, platform 1 on amoCRM, and from_widget for a widget', async () => {
  const account = await startAccount({ flavour: 'amocrm' });
  const integration = account.integration();
  integration.widget_code = 'some_widget';

  const answer = await post(account, '/oauth', allow(integration));

  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  expect([...searchParams.keys()].sort()).toEqual([
    'client_id',
    'code',
    'from_widget',
    'platform',
    'referer',
  ]);
  expect(searchParams.get('platform')).toBe('1');
  expect(searchParams.get('from_widget')).toBe('1');
});

it('tells the integration when the user declines, and gives no code', async () => {
  const account = await startAccount();
  const integration = account.integration();

  const answer = await post(account, '/oauth', {
    client_id: integration.client_uuid,
    state: 's1',
    decision: 'decline',
  });

  const target = new URL(answer.headers.get('location') ?? '');
  expect(Object.fromEntries(target.searchParams)).toEqual({
    error: 'access_denied',
    client_id: integration.client_uuid,
    state: 's1',
  });
  expect(account.context.account.authorization_codes.size).toBe(0);
  expect(integration.is_installed).toBe(false);
});

it('hands the result to the opener alone with mode post_message, safe from texts that would end the script', async () => {
  const account = await startAccount();
  const integration = account.integration();

  const answer = await post(
    account,
    '/oauth',
    allow(integration, { mode: 'post_message', state: '</script><script>x()' }),
  );

  expect(answer.status).toBe(200);
  const page = await answer.text();
  const nonce = /script-src 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
  const script = /<script nonce="([^"]+)">(.*?)<\/script>/.exec(page);
  expect(script?.[1]).toBe(nonce);
  const [result, origin] = postedMessage(script?.[2] ?? '');
  expect(origin).toBe('https://app.example.com');
  expect(result).toMatchObject({ state: '</script><script>x()', client_id: integration.client_uuid });
});

it('lets only an administrator install, but others authorise what is installed, with their own rights', async () => {
  const account = await startAccount();
  const integration = account.integration();
  const admin = account.context.currentUserId();
  const manager = signInAsManager(account.context);

  const refused = await post(account, '/oauth', allow(integration));
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('Only an administrator of the account can install an integration.');

  account.context.account.current_user_id = admin;
  expect((await post(account, '/oauth', allow(integration))).status).toBe(302);
  account.context.account.current_user_id = manager;
  expect((await post(account, '/oauth', allow(integration))).status).toBe(302);
  expect([...account.context.account.authorization_codes.values()].map((code) => code.user_id)).toEqual([
    admin,
    manager,
  ]);
});

it.each([
  ['an unknown client', 404, 'client_id=00000000-0000-4000-8000-000000000000'],
  ['no client', 404, ''],
  ['the client twice', 404, 'client_id=a&client_id=b'],
])('answers %s with a page and status %i', async (_case, status, query) => {
  const account = await startAccount();
  const answer = await fetch(`${account.url}/oauth?${query}`);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain('No integration has this client_id.');
});

it('refuses an unknown mode and an unknown decision', async () => {
  const account = await startAccount();
  const integration = account.integration();
  expect((await post(account, '/oauth', allow(integration, { mode: 'iframe' }))).status).toBe(400);
  expect((await post(account, '/oauth', { ...allow(integration), decision: 'maybe' })).status).toBe(400);
  expect(account.context.account.authorization_codes.size).toBe(0);
});

it('grants nothing to a form on another site', async () => {
  const account = await startAccount();
  const integration = account.integration();
  for (const origin of ['https://evil.example.com', 'null', 'http://127.0.0.1:1']) {
    expect((await post(account, '/oauth', allow(integration), { Origin: origin })).status).toBe(403);
  }
  expect(account.context.account.authorization_codes.size).toBe(0);
});

function postedMessage(script: string): unknown[] {
  const list = /postMessage\((.*)\); window\.close\(\);$/.exec(script)?.[1] ?? '';
  return JSON.parse(`[${list}]`) as unknown[];
}
