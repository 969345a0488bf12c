import { expect, it, onTestFinished } from 'vitest';
import { post, uninstall } from './support/account.js';
import { startReceiver } from './support/receiver.js';
import { accepted, archive } from '../widgets/archive.js';
import { expireAccessTokens } from '../../../../src/sandbox/account/oauth/access-token.js';
import { registerIntegration } from '../../../../src/sandbox/account/oauth/integrations.js';
import { createAccountServer } from '../../../../src/sandbox/account/server.js';
import { uploadWidget } from '../../../../src/sandbox/account/widgets/upload.js';
import type { TokenPair } from '../../../../src/sandbox/account/oauth/grants.js';

it('leads an integration from Install to the API, and shuts the API when it is uninstalled', async () => {
  const server = await createAccountServer();
  onTestFinished(() => server.close());
  const receiver = await startReceiver();
  const registered = registerIntegration(server.context, {
    name: 'Test',
    redirect_uri: `${receiver.url}/callback`,
  });
  if (!registered.ok) throw new Error(registered.problems.join('\n'));
  const { integration } = registered;
  const { code } = accepted(uploadWidget(server.context, integration, archive()));
  const account = (token: string) =>
    fetch(`${server.url}/api/v4/account`, { headers: { Authorization: `Bearer ${token}` } });

  const edited = await post(server, '/ajax/widgets/edit', {
    code,
    widget_active: 'Y',
    'settings[managers][12]': '101',
  });
  expect(edited.status).toBe(200);
  expect(server.context.account.widgets.get(code)?.settings).toEqual({ managers: { '12': '101' } });

  const tokens = async (fields: Record<string, unknown>) => {
    const answer = await fetch(`${server.url}/oauth2/access_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        client_id: integration.client_uuid,
        client_secret: integration.client_secret,
        redirect_uri: integration.redirect_uri,
        ...fields,
      }),
    });
    return (await answer.json()) as TokenPair;
  };
  const pair = await tokens({
    grant_type: 'authorization_code',
    code: receiver.received[0]?.url.searchParams.get('code'),
  });
  expect((await account(pair.access_token)).status).toBe(200);
  expireAccessTokens(server.context, integration.client_uuid);
  expect((await account(pair.access_token)).status).toBe(401);
  const next = await tokens({ grant_type: 'refresh_token', refresh_token: pair.refresh_token });
  expect((await account(next.access_token)).status).toBe(200);

  await post(server, '/ajax/widgets/edit', { code, widget_active: 'N' });
  expect((await account(next.access_token)).status).toBe(200);
  await uninstall(server, code);
  expect((await account(next.access_token)).status).toBe(401);
});
