import { startSandbox } from '../../src/sandbox/index.js';

/** An account that was started by {@link process.send} of this program. */
export interface StartedAccount {
  readonly url: string;
  readonly token: string;
  readonly accountId: number;
  readonly clientId: string;
  readonly demoChat: { readonly url: string; readonly apiKey: string };
}

const manifest = {
  widget: { name: 'widget.name', version: '1.0.0', locale: ['en'], interface_version: 2 },
  locations: ['settings'],
  settings: {},
};
const files = new Map([
  ['manifest.json', Buffer.from(JSON.stringify(manifest))],
  ['i18n/en.json', Buffer.from(JSON.stringify({ widget: { name: 'Reader' } }))],
]);

/** An account in a process of its own, so that a measurement does not share its thread. Tells the parent where. */
const { url, server, demoChat } = await startSandbox({
  widgets: [{ files, label: 'reader' }],
  requestsPerSecond: Number.POSITIVE_INFINITY,
});
const [clientId = ''] = server.context.account.integrations.keys();
const answer = await fetch(`${url}/sandbox/integrations/${clientId}/long-lived-token`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ days: 1 }),
});
const { token } = (await answer.json()) as { token: string };
const account = await fetch(`${url}/api/v4/account`, { headers: { Authorization: `Bearer ${token}` } });
const { id: accountId } = (await account.json()) as { id: number };
process.send?.({ url, token, accountId, clientId, demoChat } satisfies StartedAccount);
