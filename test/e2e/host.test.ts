import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clientSecret } from './host/server.js';
import { type BenchWindow, setUpBench, withFile } from './support/bench.js';
import { noLeftovers } from './support/kommo-page.js';

const bench = setUpBench();

describe('the life cycle', () => {
  it('calls render, bind_actions and init in this order and writes nothing to the console', async () => {
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions', 'init']);
    expect(bench.kommo.watched.console).toEqual([]);
    expect(bench.kommo.watched.errors).toEqual([]);
  });

  it('gives the constructor its methods by the prototype, and settings and words only after it', async () => {
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.inConstructor)).toEqual({
      methods: true,
      settings: '{}',
      name: undefined,
    });
    expect(await bench.read((b) => b.self.i18n('widget.name'))).toBe('Bench widget');
    expect(await bench.read((b) => Object.keys(b.self.i18n('dp') as object))).toEqual(['message', 'urgent']);
    expect(await bench.read((b) => b.self.params === b.self.get_settings())).toBe(true);
  });

  it('gives the stored settings, JSON-parsed, with the fields of the system', async () => {
    await bench.restart({
      installation: { settings: { token: 'abc', custom: '{"a":1}', secret: '[not json' } },
    });
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.self.get_settings())).toMatchObject({
      token: 'abc',
      custom: { a: 1 },
      secret: '[not json',
      widget_code: 'bench',
      path: '/upl/bench/widget',
      version: '1.2.3',
      active: 'Y',
      status: 'installed',
    });
    expect(
      await bench.read((b) => [
        b.self.ns,
        b.self.get_version(),
        b.self.get_install_status(),
        b.self.system().area,
      ]),
    ).toEqual(['.widget:bench', '1.2.3', 'installed', 'digital_pipeline']);
  });

  it('loads script and words with the version as cache key, and relative modules from the widget folder', async () => {
    await bench.kommo.openPipeline();
    const urls = bench.host.requests.map(({ url }) => url);
    expect(urls).toContain('/upl/bench/widget/script.js?v=1.2.3');
    expect(urls).toContain('/upl/bench/widget/i18n/en.json?v=1.2.3');
    expect(urls).toContain('/upl/bench/widget/lib/helper.js');
    expect(bench.host.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await bench.read((b) => b.modules)).toEqual({
      modal: 'function',
      twig: 'function',
      helper: 'Hello, bench',
    });
  });

  it('speaks the language of the user and shows the theme', async () => {
    await bench.kommo.openPipeline({ language: 'es', theme: 'dark' });
    expect(await bench.read((b) => b.self.langs.widget.name)).toBe('Widget de pruebas');
    const colours = (): Promise<string[]> =>
      bench.kommo.page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color, style.getPropertyValue('--palette-border-active').trim()];
      });
    expect(await colours()).toEqual(['rgb(15, 34, 49)', 'rgb(242, 242, 242)', '#4c8bf7']);
    await bench.kommo.openPipeline();
    expect(await colours()).toEqual(['rgb(245, 245, 245)', 'rgb(54, 59, 68)', '#4c8bf7']);
  });

  it('never calls init when render says no, and calls bind_actions all the same', async () => {
    await bench.tell('{ render: () => false }');
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions']);
  });

  it('calls bind_actions before it waits for a render that is a promise', async () => {
    await bench.tell(
      '{ render() { return Promise.resolve().then(() => { this.order.push("rendered"); return true; }); } }',
    );
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions', 'rendered', 'init']);
  });

  it('logs an exception of a callback and goes on', async () => {
    await bench.tell('{ render() { throw new Error("broken on purpose"); } }');
    await bench.kommo.openPipeline();
    expect(bench.kommo.watched.console.join()).toMatch(/error: bench: render threw Error: broken on purpose/);
    expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions']);
  });

  it.each([
    [
      'lacks one of the three callbacks',
      'define([], function () { return function () { this.callbacks = { render: function () {}, init: function () {} }; }; });',
      /dropped: it has no bind_actions/,
    ],
    [
      'returns an object instead of a function',
      'define([], function () { return {}; });',
      /should return a function, but it returned object/,
    ],
    ['is a class', 'define([], function () { return class { callbacks = {}; }; });', /could not be loaded/],
    ['throws', 'define([], function () { throw new Error("no"); });', /could not be loaded/],
  ])('drops a widget whose script %s', async (_case, script, message) => {
    await withFile('script.js', script, async (widgetDir) => {
      await bench.restart({ widgetDir });
      await bench.kommo.openPipeline();
      expect(await bench.kommo.isLoaded()).toBe(false);
      expect(bench.kommo.watched.console.join('\n')).toMatch(message);
    });
  });

  it('destroys the widget on a change of area, clears its namespace and makes a new one in the next', async () => {
    await bench.kommo.openPipeline();
    expect((await bench.kommo.leftovers()).handlers).toEqual(['document click.widget:bench']);
    await bench.kommo.switchArea('empty');
    expect(await bench.kommo.isLoaded()).toBe(false);
    expect(await bench.kommo.leftovers()).toEqual(noLeftovers);
    await bench.kommo.switchArea('pipeline');
    expect(await bench.read((b) => b.order)).toEqual([
      'render',
      'bind_actions',
      'init',
      'destroy',
      'render',
      'bind_actions',
      'init',
    ]);
    expect(bench.host.requests.filter(({ url }) => url.includes('script.js'))).toHaveLength(1);
  });

  it('keeps a widget that is init_once and only renders it again', async () => {
    const manifest = '{ "widget": { "name": "widget.name", "version": "1", "init_once": "Y" } }';
    await withFile('manifest.json', manifest, async (widgetDir) => {
      await bench.restart({ widgetDir });
      await bench.kommo.openPipeline();
      await bench.kommo.switchArea('empty');
      expect(await bench.kommo.isLoaded()).toBe(true);
      await bench.kommo.switchArea('pipeline');
      expect(await bench.read((b) => b.order)).toEqual(['render', 'bind_actions', 'init', 'render']);
    });
  });

  it('loads a widget that is not installed or switched off nowhere but in its settings', async () => {
    bench.host.account.installation = { status: 'installed', active: false, settings: {} };
    await bench.kommo.openPipeline();
    expect(await bench.kommo.isLoaded()).toBe(false);
    bench.host.account.installation = { status: 'not_configured', active: true, settings: {} };
    await bench.kommo.openPipeline();
    expect(await bench.kommo.isLoaded()).toBe(false);
    await bench.kommo.openSettings();
    expect(await bench.kommo.isLoaded()).toBe(true);
  });

  it('serves any code, and no file outside of the widget folder', async () => {
    await bench.restart({ code: 'amo_987' });
    await bench.kommo.openPipeline();
    expect(await bench.read((b) => b.self.params['path'])).toBe('/upl/amo_987/widget');
    const outside = await fetch(`${bench.host.url}/upl/amo_987/widget/..%2F..%2F..%2Fpackage.json`);
    expect(outside.status).toBe(404);
    const style = await fetch(`${bench.host.url}/upl/amo_987/widget/style.css`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  it('sends a signed disposable token with $authorizedAjax', async () => {
    await bench.kommo.openPipeline();
    const request = bench.kommo.page.waitForRequest(/style\.css/);
    await bench.kommo.page.evaluate(() =>
      (window as unknown as BenchWindow).bench.self.$authorizedAjax({ url: '/upl/bench/widget/style.css' }),
    );
    const token = (await request).headers()['x-auth-token'] ?? '';
    const [header = '', claims = '', signature = ''] = token.split('.');
    expect(createHmac('sha256', clientSecret).update(`${header}.${claims}`).digest('base64url')).toBe(
      signature,
    );
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      account_id: 1001,
      user_id: 11,
    });
  });

  it('keeps every word to the console', async () => {
    await bench.tell(
      '{ render() { console.debug("one"); console.log("two"); console.info("three"); return true; } }',
    );
    await bench.kommo.openPipeline();
    expect(bench.kommo.watched.console).toEqual(['debug: one', 'log: two', 'info: three']);
  });

  it('says which language file is missing', async () => {
    await expect(bench.kommo.openPipeline({ language: 'xx' })).rejects.toThrow(
      /has no language file .*i18n\/xx\.json/,
    );
  });
});

describe('what is left behind', () => {
  it('is nothing for a tidy widget, except what it still has in an open bubble', async () => {
    await bench.kommo.openPipeline();
    await bench.kommo.openTrigger(1);
    expect((await bench.kommo.leftovers()).nodes).toHaveLength(1);
    await bench.kommo.cancelTrigger(1);
    await bench.kommo.leaveArea();
    expect(await bench.kommo.leftovers()).toEqual(noLeftovers);
  });

  it('is named piece by piece for an untidy one', async () => {
    await bench.tell('{ untidy: true }');
    await bench.kommo.openPipeline();
    await bench.kommo.leaveArea();
    expect(await bench.kommo.leftovers()).toEqual({
      handlers: ['document keydown.bench'],
      listeners: ['window resize'],
      nodes: ['div#bench-leftover'],
      tags: ['link[/upl/bench/widget/style.css]'],
      intervals: 1,
      globals: ['benchGlobal'],
      appWrites: ['mine'],
    });
  });

  it('does not count what was taken away again', async () => {
    await bench.kommo.openPipeline();
    await bench.kommo.page.evaluate(() => {
      const listener = (): undefined => undefined;
      const abort = new AbortController();
      document.addEventListener('scroll', listener, true);
      document.addEventListener('wheel', listener, { signal: abort.signal });
      document.removeEventListener('scroll', listener, { capture: true });
      abort.abort();
      clearInterval(setInterval(listener, 60_000));
      $(document).on('focusin.bench', listener).off('.bench');
      $('<div id="gone">').appendTo('body').remove();
    });
    await bench.kommo.leaveArea();
    expect(await bench.kommo.leftovers()).toEqual(noLeftovers);
  });

  it('keeps the notifications', async () => {
    await bench.kommo.openPipeline();
    await bench.kommo.page.evaluate(() => {
      (
        window as unknown as { APP: { notifications: { show_message_error: (message: object) => void } } }
      ).APP.notifications.show_message_error({ header: 'A', text: 'B' });
    });
    expect(await bench.kommo.notifications()).toEqual([
      { name: 'show_message_error', arguments: [{ header: 'A', text: 'B' }] },
    ]);
    expect(await bench.kommo.page.locator('.notification').textContent()).toBe('AB');
  });
});
