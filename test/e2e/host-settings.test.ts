import { describe, expect, it } from 'vitest';
import { type BenchWindow, setUpBench } from './support/bench.js';

const bench = setUpBench();

describe('the settings modal', () => {
  const notInstalled = { installation: { status: 'install', active: false } } as const;

  it('loads the widget in the settings area and then gives it the right part', async () => {
    const modal = await bench.kommo.openSettings();
    expect((await bench.kommo.callbacks()).map(({ name }) => name)).toEqual([
      'render',
      'bind_actions',
      'init',
      'settings',
    ]);
    expect(await bench.read((b) => b.body)).toEqual({
      classes: 'widget-settings__desc-space',
      context: '{}',
    });
    expect(await bench.read((b) => b.self.system().area)).toBe('settings');
    expect(await modal.getAttribute('class')).toBe('modal widget-settings__modal bench');
    expect(await modal.locator('.widget_main_info__title').textContent()).toBe('Bench widget');
    expect(await modal.locator('.bench-custom').textContent()).toBe('custom');
    expect(await modal.locator('.widget_settings_block__title_field').allTextContents()).toEqual([
      'Token',
      'Secret',
      'Phones',
      'Custom',
    ]);
    expect(bench.kommo.watched.console).toEqual([]);
  });

  it('keeps Save inactive until a change, gives onSave the fields, stores them and closes', async () => {
    await bench.kommo.openSettings();
    expect(await bench.kommo.isSettingsSaveActive()).toBe(false);
    await expect(bench.kommo.saveSettings()).rejects.toThrow(/Save is not active/);
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('phones[11]').fill('+1 202 555 0123');
    await bench.kommo.setting('phones[11]').blur();
    expect(await bench.kommo.isSettingsSaveActive()).toBe(true);
    const fields = { token: 'abc', secret: '', phones: { 11: '+1 202 555 0123', 12: '' }, custom: '' };
    expect(await bench.kommo.saveSettings()).toEqual({ payload: { active: 'Y', fields }, result: 'saved' });
    expect(await bench.read((b) => b.payload)).toEqual({ active: 'Y', fields });
    expect(await bench.kommo.settings().count()).toBe(0);

    await bench.kommo.openSettings({});
    expect(await bench.kommo.setting('token').inputValue()).toBe('abc');
    expect(await bench.kommo.setting('phones[11]').inputValue()).toBe('+1 202 555 0123');
    expect(await bench.read((b) => b.self.params['token'])).toBe('abc');
  });

  it('does nothing for a click on Save while it is not active', async () => {
    const modal = await bench.kommo.openSettings();
    await modal.locator('.js-widget-save').click();
    await bench.kommo.closeSettings();
    expect((await bench.kommo.callbacks()).map(({ name }) => name)).not.toContain('onSave');
  });

  it.each([
    ['false', '() => false'],
    ['undefined', '() => undefined'],
    ['a promise of false', '() => Promise.resolve(false)'],
    ['a rejection', '() => Promise.reject(new Error("no"))'],
    ['an exception', '() => { throw new Error("no"); }'],
  ])('stores nothing and stays open when onSave answers with %s', async (_case, onSave) => {
    await bench.tell(`{ onSave: ${onSave} }`);
    await bench.kommo.openSettings();
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('token').blur();
    expect((await bench.kommo.saveSettings()).result).toBe('refused');
    expect(await bench.kommo.settings().locator('.js-widget-save.button-input_error').count()).toBe(1);
    expect(bench.host.account.installation.settings).toEqual({});
    expect(bench.kommo.watched.errors).toEqual([]);
  });

  it('waits for a promise and then stores what the widget made of the fields', async () => {
    await bench.tell(
      '{ custom: "{\\"a\\":1}", onSave: () => new Promise((resolve) => { window.finish = resolve; }) }',
    );
    await bench.kommo.openSettings();
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('token').blur();
    const save = bench.kommo.saveSettings();
    await bench.kommo.settings().locator('.js-widget-save.button-input_load').waitFor();
    await bench.kommo.page.evaluate(() => {
      (window as unknown as { finish: (answer: boolean) => void }).finish(true);
    });
    expect((await save).result).toBe('saved');
    expect(bench.host.account.installation.settings['custom']).toBe('{"a":1}');
  });

  it('stores no plain text in a custom field', async () => {
    await bench.tell('{ custom: "plain" }');
    await bench.kommo.openSettings();
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('token').blur();
    await bench.kommo.saveSettings();
    expect(Object.keys(bench.host.account.installation.settings)).toEqual(['token', 'secret', 'phones']);
  });

  it('installs when onSave agrees and nothing required is empty', async () => {
    await bench.restart(notInstalled);
    await bench.kommo.openSettings();
    expect(await bench.read((b) => b.self.get_install_status())).toBe('install');
    expect((await bench.kommo.install()).result).toBe('incomplete');
    expect(bench.host.account.installation.status).toBe('not_configured');
    expect(await bench.kommo.settings().locator('.validation-failed').getAttribute('data-field')).toBe(
      'token',
    );
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('token').blur();
    expect((await bench.kommo.saveSettings()).result).toBe('saved');
    expect(bench.host.account.installation).toMatchObject({
      status: 'installed',
      active: true,
      settings: { token: 'abc' },
    });
  });

  it('tells onSave that the widget is switched off, and then destroys it', async () => {
    await bench.restart({ installation: { settings: { token: 'abc' } } });
    await bench.tell('{ onSave: () => false }');
    await bench.kommo.openSettings();
    await bench.kommo.toggleActive();
    const { payload, result } = await bench.kommo.saveSettings();
    expect([payload.active, result]).toEqual(['N', 'saved']);
    expect(bench.host.account.installation).toMatchObject({ status: 'installed', active: false });
    expect((await bench.read((b) => b.order))?.at(-1)).toBe('destroy');
  });

  it('uninstalls', async () => {
    await bench.kommo.openSettings();
    expect((await bench.kommo.uninstall()).payload.active).toBe('N');
    expect(bench.host.account.installation.status).toBe('install');
    expect(await bench.kommo.isLoaded()).toBe(false);
  });

  it('stays open after Save when the widget took the closing away', async () => {
    await bench.kommo.openSettings();
    await bench.kommo.page.evaluate(
      () => $('.js-widget-save').removeAttr('data-onsave-destroy-modal').length,
    );
    await bench.kommo.setting('token').fill('abc');
    await bench.kommo.setting('token').blur();
    await bench.kommo.saveSettings();
    expect(await bench.kommo.settings().count()).toBe(1);
    expect(await bench.kommo.isSettingsSaveActive()).toBe(false);
  });

  it('closes without a word to the widget and makes a new instance at the next opening', async () => {
    await bench.kommo.openSettings();
    await bench.kommo.closeSettings();
    expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions', 'init']);
    await bench.kommo.openSettings();
    expect(await bench.read((b) => b.order)).toEqual([
      'render',
      'bind_actions',
      'init',
      'destroy',
      'render',
      'bind_actions',
      'init',
    ]);
  });

  it('shows the status that the widget sets', async () => {
    await bench.kommo.openSettings();
    await bench.kommo.page.evaluate(() => {
      (
        (window as unknown as BenchWindow).bench.self as unknown as { set_status: (status: string) => void }
      ).set_status('error');
    });
    expect(await bench.kommo.settings().locator('.widget-state_status_error').count()).toBe(1);
  });
});
