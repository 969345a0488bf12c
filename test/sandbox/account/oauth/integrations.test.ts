import { expect, it } from 'vitest';
import { startAccount } from './support/account.js';
import { registerIntegration } from '../../../../src/sandbox/account/oauth/integrations.js';

it('registers an integration with an id and a secret of its own', async () => {
  const account = await startAccount();
  const [one, two] = [account.integration(), account.integration()];
  expect(one.client_uuid).toMatch(/^[0-9a-f-]{36}$/);
  expect(one.client_secret).toHaveLength(64);
  expect(one.client_secret).not.toBe(two.client_secret);
  expect(account.context.account.integrations.get(one.client_uuid)).toBe(one);
});

it.each(['https://app.example.com/a?b=1', 'http://127.0.0.1:3000/callback', 'http://localhost/callback'])(
  'takes the redirect address %s',
  async (redirect_uri) => {
    const account = await startAccount();
    expect(registerIntegration(account.context, { name: 'Test', redirect_uri }).ok).toBe(true);
  },
);

it.each([
  ['', 'an https address was expected'],
  ['/callback', 'an https address was expected'],
  ['http://app.example.com/callback', 'https was expected'],
  ['javascript:alert(1)', 'https was expected'],
  ['https://пример.example.com/', 'a host in Latin letters was expected'],
  ['https://xn--e1afmkfd.example.com/', 'a host in Latin letters was expected'],
  ['https://app.example.com/#part', 'an address without "#" was expected'],
])('refuses the redirect address "%s"', async (redirect_uri, reason) => {
  const account = await startAccount();
  const registered = registerIntegration(account.context, { name: 'Test', redirect_uri });
  expect(registered).toMatchObject({ ok: false, problems: [expect.stringContaining(reason)] });
  expect(account.context.account.integrations.size).toBe(0);
});

it('names every problem at once', async () => {
  const account = await startAccount();
  const { client_uuid } = account.integration();
  const registered = registerIntegration(account.context, {
    name: 'Test',
    redirect_uri: 'x',
    access_disabled_uri: 'y',
    client_uuid,
    client_secret: '',
  });
  expect(registered.ok ? [] : registered.problems.map((problem) => problem.split(':')[0])).toEqual([
    'redirect_uri',
    'access_disabled_uri',
    'client_uuid',
    'client_secret',
  ]);
});
