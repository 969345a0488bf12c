import { expect, it } from 'vitest';
import { accepted, archive } from './archive.js';
import { post, signInAsManager, startAccount, uninstall } from '../oauth/support/account.js';
import { startReceiver } from '../oauth/support/receiver.js';
import { startsIn } from '../../../../src/sandbox/account/widgets/areas.js';
import { viewManifest } from '../../../../src/sandbox/account/widgets/manifest-view.js';
import { uploadWidget } from '../../../../src/sandbox/account/widgets/upload.js';
import type { TestAccount } from '../oauth/support/account.js';
import type { ListedWidget } from '../../../../src/sandbox/account/widgets/list.js';

async function withWidget(parts: Parameters<typeof archive>[0] = {}) {
  const account = await startAccount();
  const receiver = await startReceiver();
  const integration = account.integration({
    redirect_uri: `${receiver.url}/callback`,
    access_disabled_uri: `${receiver.url}/disabled`,
  });
  const widget = accepted(uploadWidget(account.context, integration, archive(parts), { code: 'tested' }));
  const edit = (fields: Record<string, string>, code = 'tested') =>
    post(account, '/ajax/widgets/edit', { action: 'edit', id: String(widget.id), code, ...fields });
  return { account, receiver, integration, widget, edit };
}

async function list(account: TestAccount, area: string): Promise<Record<string, ListedWidget>> {
  const answer = await post(account, '/ajax/widgets/list', { area });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { widgets: Record<string, ListedWidget> }).widgets;
}

it.each([
  ['script.js', 'text/javascript; charset=utf-8'],
  ['i18n/en.json', 'application/json; charset=utf-8'],
  ['templates/panel.twig', 'text/plain; charset=utf-8'],
  ['style.css', 'text/css; charset=utf-8'],
  ['images/logo.PNG', 'image/png'],
  ['other.bin', 'application/octet-stream'],
])('serves %s as %s', async (file, type) => {
  const { account } = await withWidget({ files: { [file]: '{"content":1}' } });
  const answer = await fetch(`${account.url}/upl/tested/widget/${file}?v=1.0.0`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await answer.text()).toBe('{"content":1}');
});

it.each([
  '/upl/tested/widget/none.js',
  '/upl/tested/widget/',
  '/upl/other/widget/script.js',
  '/upl/tested/widget/..%2f..%2fx',
])('answers 404 for %s', async (path) => {
  const { account } = await withWidget();
  expect((await fetch(account.url + path)).status).toBe(404);
});

it('lists a widget with its addresses, words and state', async () => {
  const { account, widget, integration } = await withWidget({
    widget: { init_once: 'Y', support: { link: 'https://example.com' } },
  });
  expect(await list(account, 'widgetsSettings')).toEqual({
    tested: {
      id: widget.id,
      code: 'tested',
      name: 'Test widget',
      description: 'Does nothing',
      src: '/upl/tested/widget/script.js',
      lang: '/upl/tested/widget/i18n/en.json',
      path: '/upl/tested/widget',
      images_path: '/upl/tested/widget/images',
      installed_version: '1.0.0',
      active: 'N',
      init_once: 'Y',
      status: 'install',
      settings: '{}',
      support: { link: 'https://example.com' },
      oauth_client_uuid: integration.client_uuid,
    },
  });
});

it("speaks the user's language where the widget has it", async () => {
  const { account } = await withWidget();
  const user = account.context.account.users.get(account.context.currentUserId());
  if (user === undefined) throw new Error('Nobody is signed in.');
  account.context.account.users.set(user.id, { ...user, lang: 'es' });
  expect((await list(account, 'settings')).tested?.name).toBe('Widget de prueba');
  account.context.account.users.set(user.id, { ...user, lang: 'tr' });
  expect((await list(account, 'settings')).tested?.lang).toBe('/upl/tested/widget/i18n/en.json');
});

it('lists what was never saved in the settings only, and what is saved where its locations are', async () => {
  const { account, edit } = await withWidget();
  expect(Object.keys(await list(account, 'leads_card'))).toEqual([]);
  expect(Object.keys(await list(account, 'widgetsSettings:tested'))).toEqual(['tested']);

  await edit({ widget_active: 'Y', 'settings[login]': 'me' });

  expect(Object.keys(await list(account, 'leads_card'))).toEqual(['tested']);
  expect(Object.keys(await list(account, 'contacts_card'))).toEqual([]);
  expect(Object.keys(await list(account, 'widgetsSettings:other'))).toEqual([]);
});

it.each([
  [['everywhere'], 'leads-pipeline', true],
  [['llist-0'], 'leads-pipeline', false],
  [['llist-0'], 'leads', true],
  [['cucard'], 'customers_card', true],
  [['tlist-1'], 'todo-line', true],
  [['widget_page'], 'widget-page', true],
  [['advanced_settings'], 'advanced-settings:tested', true],
  [['advanced_settings'], 'advanced-settings:other', false],
  [['nonsense', 'constructor'], 'leads_card', false],
])('starts a widget of %j in %s: %s', (locations, area, expected) => {
  expect(startsIn(area, 'tested', viewManifest({ widget: {}, locations }))).toBe(expected);
});

it('starts a widget with init_once in every area', () => {
  expect(startsIn('mail', 'tested', viewManifest({ widget: { init_once: true } }))).toBe(true);
});

it('goes from install over not_configured to installed, and tells the integration once', async () => {
  const { account, receiver, widget, integration, edit } = await withWidget();

  expect(await (await edit({ widget_active: 'Y' })).json()).toEqual({ response: { status: 'ok' } });
  expect(widget).toMatchObject({ status: 'not_configured', is_active: false });
  expect(integration.is_installed).toBe(true);
  expect(receiver.received.map(({ url }) => url.pathname)).toEqual(['/callback']);
  expect(receiver.received[0]?.url.searchParams.get('from_widget')).toBe('1');

  await edit({ widget_active: 'Y', 'settings[login]': 'me' });
  expect(widget).toMatchObject({ status: 'installed', is_active: true, settings: { login: 'me' } });
  expect(receiver.received).toHaveLength(1);
  expect((await list(account, 'settings')).tested).toMatchObject({
    active: 'Y',
    status: 'installed',
    settings: '{"login":"me"}',
  });
});

it('stays installed while it is switched off, keeps its access, and goes on with what was saved', async () => {
  const { account, receiver, widget, integration, edit } = await withWidget();
  await edit({ widget_active: 'Y', 'settings[login]': 'me' });
  await edit({ widget_active: 'N' });
  expect(widget).toMatchObject({ status: 'installed', is_active: false, settings: { login: 'me' } });
  expect(integration.is_installed).toBe(true);
  expect((await list(account, 'settings')).tested).toMatchObject({ active: 'N', status: 'installed' });
  expect(Object.keys(await list(account, 'leads_card'))).toEqual([]);

  await edit({ widget_active: 'Y' });
  expect(widget).toMatchObject({ status: 'installed', is_active: true, settings: { login: 'me' } });
  expect(Object.keys(await list(account, 'leads_card'))).toEqual(['tested']);
  expect(receiver.received.map(({ url }) => url.pathname)).toEqual(['/callback']);
});

it('has nothing to switch off or on before it is configured', async () => {
  const { widget, edit } = await withWidget();
  await edit({ widget_active: 'N' });
  expect(widget).toMatchObject({ status: 'install', is_active: false });
  await edit({ widget_active: 'Y' });
  await edit({ widget_active: 'N' });
  await edit({ widget_active: 'Y' });
  expect(widget).toMatchObject({ status: 'not_configured', is_active: false });
});

it('is refused settings that lack something required, until that was stored once', async () => {
  const { receiver, widget, edit } = await withWidget({
    settings: {
      login: { name: 'settings.login', type: 'text', required: true },
      managers: { name: 'settings.managers', type: 'users', required: true },
      note: { name: 'settings.note', type: 'text' },
    },
  });
  const refused = await edit({ widget_active: 'Y', 'settings[login]': '', 'settings[managers][1]': '' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({
    response: { status: 'fail', error: 'Required and empty: login, managers.' },
  });
  expect(widget).toMatchObject({ status: 'install', settings: {} });
  expect(receiver.received).toEqual([]);

  await edit({ widget_active: 'Y', 'settings[login]': 'me', 'settings[managers][1]': '101' });
  expect(widget).toMatchObject({ status: 'installed', is_active: true });
  expect((await edit({ widget_active: 'Y', 'settings[note]': 'x' })).status).toBe(200);
  expect((await edit({ widget_active: 'Y', 'settings[login]': '' })).status).toBe(400);
});

it('tells the integration when it is uninstalled, keeps the fields, and installs it anew', async () => {
  const { account, receiver, widget, integration, edit } = await withWidget();
  await edit({ widget_active: 'Y', 'settings[login]': 'me' });
  expect((await uninstall(account, 'tested')).status).toBe(204);
  expect(widget).toMatchObject({ status: 'install', is_active: false, settings: { login: 'me' } });
  expect(integration.is_installed).toBe(false);
  expect((await uninstall(account, 'tested')).status).toBe(204);
  await edit({ widget_active: 'Y', 'settings[login]': 'you' });
  expect(receiver.received.map(({ url }) => url.pathname)).toEqual(['/callback', '/disabled', '/callback']);
  expect(widget).toMatchObject({ status: 'installed', settings: { login: 'you' } });
});

it('installs all the same when the server of the integration is not there', async () => {
  const { widget, integration, edit } = await withWidget();
  integration.redirect_uri = 'http://127.0.0.1:1/callback';
  expect((await edit({ widget_active: 'Y', 'settings[login]': 'me' })).status).toBe(200);
  expect(widget.status).toBe('installed');
});

it('keeps values by user id, and of a custom field only JSON or a number', async () => {
  const { widget, edit } = await withWidget();
  await edit({
    widget_active: 'Y',
    'settings[login]': 'plain',
    'settings[managers][1]': '101',
    'settings[managers][504141]': '102',
    'settings[options]': 'plain',
    'settings[__proto__][polluted]': '1',
  });
  expect(widget.settings).toEqual({ login: 'plain', managers: { '1': '101', '504141': '102' } });
  await edit({ widget_active: 'Y', 'settings[options]': '{"a":1}' });
  expect(widget.settings).toMatchObject({ login: 'plain', options: '{"a":1}' });
  expect({}).not.toHaveProperty('polluted');
});

it('lets nobody but an administrator set up a widget, and no other site', async () => {
  const { account, widget, edit } = await withWidget();
  const fields = { code: 'tested', widget_active: 'Y' };
  const foreign = await post(account, '/ajax/widgets/edit', fields, { Origin: 'https://evil.example.com' });
  expect(foreign.status).toBe(403);
  signInAsManager(account.context);
  expect((await edit({ widget_active: 'Y' })).status).toBe(403);
  expect(widget.status).toBe('install');
});

it('answers 404 for a widget that is not there or whose id is another', async () => {
  const { edit } = await withWidget();
  expect((await edit({ widget_active: 'Y' }, 'other')).status).toBe(404);
  expect((await edit({ widget_active: 'Y', id: '1' })).status).toBe(404);
});

it('answers 400 for a form that nests too deeply', async () => {
  const { account } = await withWidget();
  const answer = await post(account, '/ajax/widgets/edit', { [`settings${'[a]'.repeat(40)}`]: '1' });
  expect(answer.status).toBe(400);
});
