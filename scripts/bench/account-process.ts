import { startSandbox } from '../../src/sandbox/index.js';

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
const { url, server } = await startSandbox({
  widgets: [{ files, label: 'reader' }],
  requestsPerSecond: Number.POSITIVE_INFINITY,
});
const [uuid = ''] = server.context.account.integrations.keys();
const answer = await fetch(`${url}/sandbox/integrations/${uuid}/long-lived-token`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ days: 1 }),
});
const { token } = (await answer.json()) as { token: string };
process.send?.({ url, token });
