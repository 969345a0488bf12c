import { describe, expect, it } from 'vitest';
import { accepted, archive, problemsOf } from './archive.js';
import { startAccount } from '../oauth/support/account.js';
import { codeProblem } from '../../../../src/sandbox/account/widgets/code.js';
import { uploadWidget } from '../../../../src/sandbox/account/widgets/upload.js';
import { compareVersions } from '../../../../src/sandbox/account/widgets/version.js';

it('takes an archive and gives the widget a code', async () => {
  const account = await startAccount();
  const integration = account.integration();

  const widget = accepted(uploadWidget(account.context, integration, archive()));

  expect(codeProblem(widget.code)).toBeUndefined();
  expect(widget).toMatchObject({ version: '1.0.0', status: 'install', is_active: false });
  expect(widget.client_uuid).toBe(integration.client_uuid);
  expect(integration.widget_code).toBe(widget.code);
});

it("takes the code that it is told, else the manifest's legacy code", async () => {
  const account = await startAccount();
  const files = archive({ widget: { code: 'legacy_code' } });
  const legacy = accepted(uploadWidget(account.context, account.integration(), files));
  const told = accepted(uploadWidget(account.context, account.integration(), files, { code: 'told' }));
  expect([legacy.code, told.code]).toEqual(['legacy_code', 'told']);
});

it('takes a higher version of the same widget, and its state stays', async () => {
  const account = await startAccount();
  const integration = account.integration();
  const first = accepted(uploadWidget(account.context, integration, archive()));
  first.settings = { login: 'kept' };
  first.status = 'installed';

  const files = archive({ widget: { version: '1.0.10' }, files: { 'new.js': '' } });
  const second = accepted(uploadWidget(account.context, integration, files));

  expect(second).toMatchObject({
    id: first.id,
    code: first.code,
    version: '1.0.10',
    status: 'installed',
    settings: { login: 'kept' },
  });
  expect(second.files.has('new.js')).toBe(true);
});

it.each(['1.0.0', '0.9', '1'])(
  'refuses version %s after 1.0.0, and the first upload stays',
  async (version) => {
    const account = await startAccount();
    const integration = account.integration();
    const widget = accepted(uploadWidget(account.context, integration, archive()));
    const files = archive({ widget: { version }, files: { 'new.js': '' } });

    const refused = uploadWidget(account.context, integration, files);

    expect(problemsOf(refused)).toEqual([
      {
        file: 'manifest.json',
        message: `widget.version: a version above 1.0.0 was expected, not ${version}.`,
      },
    ]);
    expect(widget.files.has('new.js')).toBe(false);
  },
);

it("takes a developer's rebuild of the same version", async () => {
  const account = await startAccount();
  const integration = account.integration();
  accepted(uploadWidget(account.context, integration, archive()));
  const files = archive({ files: { 'script.js': 'define([], () => 2);' } });
  const widget = accepted(uploadWidget(account.context, integration, files, { sameVersion: true }));
  expect(widget.files.get('script.js')?.toString()).toBe('define([], () => 2);');
});

it('keeps the codes of two integrations apart', async () => {
  const account = await startAccount();
  accepted(uploadWidget(account.context, account.integration(), archive(), { code: 'taken' }));
  const refused = uploadWidget(account.context, account.integration(), archive(), { code: 'taken' });
  expect(problemsOf(refused)[0]?.message).toBe('The code taken belongs to another integration.');
});

describe('a code', () => {
  it.each(['a', 'my_widget', 'myWidget2'])('may be "%s"', (code) => {
    expect(codeProblem(code)).toBeUndefined();
  });

  it.each(['', 'MyWidget', '2widget', '_widget', 'my-widget', 'виджет', 'a b', '__proto__', 'a\n'])(
    'may not be %j',
    (code) => {
      expect(codeProblem(code)).toContain('was expected');
    },
  );
});

it.each([
  ['no manifest', { files: { 'manifest.json': null } }, 'The archive has no manifest.json at its root.'],
  [
    'a folder at the first level',
    { files: { 'manifest.json': null, 'widget/manifest.json': '{}' } },
    'The archive has its manifest at widget/manifest.json: the files belong at the root.',
  ],
  ['a broken manifest', { files: { 'manifest.json': '{"widget": ' } }, 'JSON was expected'],
  ['a manifest that is a list', { files: { 'manifest.json': '[]' } }, 'An object with an object "widget"'],
  ['no version', { widget: { version: undefined } }, 'widget.version: numbers with dots'],
  ['a version in words', { widget: { version: '1.0-beta' } }, 'not "1.0-beta"'],
  ['a version that is a number', { widget: { version: 1.5 } }, 'widget.version: numbers with dots'],
  ['no settings where the location asks for them', { settings: undefined }, '"settings" field is required'],
  ['no languages', { widget: { locale: 'en' } }, 'widget.locale: at least one language'],
  ['a missing language', { files: { 'i18n/es.json': null } }, 'lists es, but the file is missing'],
  ['a broken language', { files: { 'i18n/en.json': '{' } }, 'JSON was expected'],
])('refuses %s and says so', async (_case, parts, message) => {
  const account = await startAccount();
  const integration = account.integration();
  const refused = uploadWidget(account.context, integration, archive(parts));
  expect(problemsOf(refused).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  expect(account.context.account.widgets.size).toBe(0);
  expect(integration.widget_code).toBeNull();
});

it('orders versions by their numbers', () => {
  const sorted = ['1.10', '1.9', '0.0.105', '2', '1.9.1'].sort(compareVersions);
  expect(sorted).toEqual(['0.0.105', '1.9', '1.9.1', '1.10', '2']);
  expect(compareVersions('1.0', '1')).toBe(0);
});
