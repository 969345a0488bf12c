import { expect, it } from 'vitest';
import { startAccount } from './support/account.js';
import { startReceiver } from './support/receiver.js';
import { registerChannel } from '../../../../src/sandbox/account/chats/channel.js';
import {
  disconnectIntegration,
  disconnectSignature,
} from '../../../../src/sandbox/account/oauth/disconnect.js';
import { issueCode } from '../../../../src/sandbox/account/oauth/grants.js';
import { sendInstallHook } from '../../../../src/sandbox/account/oauth/install-hook.js';

it('tells an integration of its installation with one GET that carries a code', async () => {
  const account = await startAccount();
  const receiver = await startReceiver();
  const integration = account.integration({ redirect_uri: `${receiver.url}/callback` });

  await sendInstallHook(account.context, integration);

  expect(receiver.received).toHaveLength(1);
  const [hook] = receiver.received;
  expect(hook?.method).toBe('GET');
  expect(hook?.url.pathname).toBe('/callback');
  expect(hook?.headers['user-agent']).toBe('amoService-oAuth-Code-Sender/1.0');
  const { code, ...fields } = Object.fromEntries(hook?.url.searchParams ?? []);
  expect(account.context.account.authorization_codes.has(code ?? '')).toBe(true);
  expect(fields).toEqual({
    referer: new URL(account.url).host,
    client_id: integration.client_uuid,
    from_widget: '1',
    platform: '2',
  });
});

it('neither minds nor repeats an install hook that is answered badly', async () => {
  const account = await startAccount();
  const receiver = await startReceiver((response) => response.writeHead(500).end('out of order'));
  const integration = account.integration({ redirect_uri: `${receiver.url}/callback` });

  expect(await sendInstallHook(account.context, integration)).toMatchObject({ status: 500 });

  expect(receiver.received).toHaveLength(1);
  expect(account.context.traffic.entries()).toMatchObject([
    { direction: 'out', kind: 'install_hook', method: 'GET', status: 500, answer: 'out of order' },
  ]);
});

it('follows no redirect of the redirect address', async () => {
  const account = await startAccount();
  const receiver = await startReceiver((response) =>
    response.writeHead(302, { Location: '/elsewhere' }).end(),
  );
  const integration = account.integration({ redirect_uri: `${receiver.url}/callback` });
  expect(await sendInstallHook(account.context, integration)).toMatchObject({ status: 302 });
  expect(receiver.received).toHaveLength(1);
});

it('gives up on an install hook that is not answered in time', async () => {
  const account = await startAccount();
  const receiver = await startReceiver(() => undefined);
  const integration = account.integration({ redirect_uri: `${receiver.url}/callback` });

  const answer = await sendInstallHook(account.context, integration, { timeoutMs: 30 });

  expect(answer).toMatchObject({ status: 0, error: 'No answer within 30 ms.' });
  expect(account.context.traffic.entries()).toMatchObject([{ status: 0, error: 'No answer within 30 ms.' }]);
});

it('survives an integration whose server is not there', async () => {
  const account = await startAccount();
  const integration = account.integration({ redirect_uri: 'http://127.0.0.1:1/callback' });
  const answer = await sendInstallHook(account.context, integration);
  expect(answer.status).toBe(0);
  expect(answer.error).toEqual(expect.any(String));
});

it('signs the disconnect hook as the known vector has it', () => {
  expect(disconnectSignature('test-secret-not-real', '0a1b2c3d-1111-4222-8333-444455556666', 12345678)).toBe(
    '1f1ae4a9791b9beedaf0c7963b51b38ad1471bbb9b306ac81d0829e50fe269e9',
  );
});

it('takes access away, then says so with a signature', async () => {
  const account = await startAccount();
  const receiver = await startReceiver();
  const integration = account.integration({ access_disabled_uri: `${receiver.url}/disabled?env=test` });
  integration.is_installed = true;
  const code = issueCode(account.context, integration, account.context.currentUserId());
  const [own, foreign] = [integration.client_uuid, 'another'].map((client_uuid) => {
    const webhook_url = 'https://app.example.com/:scope_id';
    const channel = registerChannel(account.context, { name: 'Acme', webhook_url, client_uuid });
    channel.scope_id = `${channel.id}_${account.context.account.amojo_id}`;
    return channel;
  });

  await disconnectIntegration(account.context, integration);

  const { id } = account.context.account;
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.method).toBe('GET');
  expect(Object.fromEntries(receiver.received[0]?.url.searchParams ?? [])).toEqual({
    env: 'test',
    account_id: String(id),
    client_uuid: integration.client_uuid,
    signature: disconnectSignature(integration.client_secret, integration.client_uuid, id),
  });
  expect(account.context.account.authorization_codes.get(code)?.is_used).toBe(true);
  expect(integration.is_installed).toBe(false);
  expect(own?.scope_id).toBeNull();
  expect(foreign?.scope_id).toBe(`${foreign?.id}_${account.context.account.amojo_id}`);
});

it('calls nothing where an integration gave no address for the disconnect hook', async () => {
  const account = await startAccount();
  expect(await disconnectIntegration(account.context, account.integration())).toBeNull();
  expect(account.context.traffic.entries()).toEqual([]);
});
