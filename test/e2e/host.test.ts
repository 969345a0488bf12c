import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Host, startHost } from './host/server.js';
import type { Installation } from './host/public/types.js';
import { launchBrowser, type TestBrowser } from './support/browser.js';
import { KommoPage, noLeftovers } from './support/kommo-page.js';

const fixture = fileURLToPath(new URL('../fixtures/bench-widget', import.meta.url));

/** What the fixture keeps on window about its own life, and what tests tell it to do. */
interface Bench {
  order?: string[];
  inConstructor?: { methods: boolean; settings: string; name: unknown };
  modules?: Record<string, string>;
  dpArguments?: number;
  body?: { classes: string; context: string };
  payload?: unknown;
  self: WidgetMethods;
}

interface WidgetMethods {
  ns: string;
  params: Record<string, unknown>;
  langs: { widget: { name: string } };
  get_settings(): Record<string, unknown>;
  set_settings(settings: Record<string, unknown>): void;
  get_install_status(): string;
  get_version(): string;
  i18n(key: string): unknown;
  system(): { area: string };
  render(options: object, params?: object): unknown;
  $authorizedAjax(options: object): PromiseLike<string>;
}

type BenchWindow = Window & { bench: Bench };

let browser: TestBrowser;
let host: Host;
let kommo: KommoPage;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  await start();
});

afterEach(async () => {
  await stop();
});

async function start({
  installation = {},
  widgetDir = fixture,
  code = 'bench',
}: { installation?: Partial<Installation>; widgetDir?: string; code?: string } = {}): Promise<void> {
  host = await startHost({ widgetDir, code, installation });
  kommo = new KommoPage(await browser.newPage(), host);
}

async function stop(): Promise<void> {
  await kommo.page.context().close();
  await host.close();
}

async function restart(options: Parameters<typeof start>[0]): Promise<void> {
  await stop();
  await start(options);
}

/** A copy of the fixture with one file written anew. */
async function withFile(
  name: string,
  content: string,
  test: (widgetDir: string) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bench-')));
  try {
    cpSync(fixture, folder, { recursive: true });
    writeFileSync(path.join(folder, name), content);
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sets what the fixture shall do, as source, before the page loads. */
const tell = (source: string): Promise<void> =>
  kommo.page.addInitScript({ content: `window.bench = Object.assign(window.bench || {}, ${source});` });

const bench = <Value>(read: (bench: Bench) => Value): Promise<Value> =>
  kommo.page.evaluate(`(${read.toString()})(window.bench)`);

describe('the life cycle', () => {
  it('calls render, bind_actions and init in this order and writes nothing to the console', async () => {
    await kommo.openPipeline();
    expect(await bench((b) => b.order)).toEqual(['render', 'bind_actions', 'init']);
    expect(kommo.watched.console).toEqual([]);
    expect(kommo.watched.errors).toEqual([]);
  });

  it('gives the constructor its methods by the prototype, and settings and words only after it', async () => {
    await kommo.openPipeline();
    expect(await bench((b) => b.inConstructor)).toEqual({ methods: true, settings: '{}', name: undefined });
    expect(await bench((b) => b.self.i18n('widget.name'))).toBe('Bench widget');
    expect(await bench((b) => Object.keys(b.self.i18n('dp') as object))).toEqual(['message', 'urgent']);
    expect(await bench((b) => b.self.params === b.self.get_settings())).toBe(true);
  });

  it('gives the stored settings, JSON-parsed, with the fields of the system', async () => {
    await restart({ installation: { settings: { token: 'abc', custom: '{"a":1}', secret: '[not json' } } });
    await kommo.openPipeline();
    expect(await bench((b) => b.self.get_settings())).toMatchObject({
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
      await bench((b) => [
        b.self.ns,
        b.self.get_version(),
        b.self.get_install_status(),
        b.self.system().area,
      ]),
    ).toEqual(['.widget:bench', '1.2.3', 'installed', 'digital_pipeline']);
  });

  it('loads script and words with the version as cache key, and relative modules from the widget folder', async () => {
    await kommo.openPipeline();
    const urls = host.requests.map(({ url }) => url);
    expect(urls).toContain('/upl/bench/widget/script.js?v=1.2.3');
    expect(urls).toContain('/upl/bench/widget/i18n/en.json?v=1.2.3');
    expect(urls).toContain('/upl/bench/widget/lib/helper.js');
    expect(host.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await bench((b) => b.modules)).toEqual({
      modal: 'function',
      twig: 'function',
      helper: 'Hello, bench',
    });
  });

  it('speaks the language of the user and shows the theme', async () => {
    await kommo.openPipeline({ language: 'es', theme: 'dark' });
    expect(await bench((b) => b.self.langs.widget.name)).toBe('Widget de pruebas');
    const colours = (): Promise<string[]> =>
      kommo.page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color, style.getPropertyValue('--palette-border-active').trim()];
      });
    expect(await colours()).toEqual(['rgb(15, 34, 49)', 'rgb(242, 242, 242)', '#4c8bf7']);
    await kommo.openPipeline();
    expect(await colours()).toEqual(['rgb(245, 245, 245)', 'rgb(54, 59, 68)', '#4c8bf7']);
  });

  it('never calls init when render says no, and calls bind_actions all the same', async () => {
    await tell('{ render: () => false }');
    await kommo.openPipeline();
    expect(await bench((b) => b.order)).toEqual(['render', 'bind_actions']);
  });

  it('calls bind_actions before it waits for a render that is a promise', async () => {
    await tell(
      '{ render() { return Promise.resolve().then(() => { this.order.push("rendered"); return true; }); } }',
    );
    await kommo.openPipeline();
    expect(await bench((b) => b.order)).toEqual(['render', 'bind_actions', 'rendered', 'init']);
  });

  it('logs an exception of a callback and goes on', async () => {
    await tell('{ render() { throw new Error("broken on purpose"); } }');
    await kommo.openPipeline();
    expect(kommo.watched.console.join()).toMatch(/error: bench: render threw Error: broken on purpose/);
    expect(await bench((b) => b.order)).toEqual(['render', 'bind_actions']);
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
      await restart({ widgetDir });
      await kommo.openPipeline();
      expect(await kommo.isLoaded()).toBe(false);
      expect(kommo.watched.console.join('\n')).toMatch(message);
    });
  });

  it('destroys the widget on a change of area, clears its namespace and makes a new one in the next', async () => {
    await kommo.openPipeline();
    expect((await kommo.leftovers()).handlers).toEqual(['document click.widget:bench']);
    await kommo.switchArea('empty');
    expect(await kommo.isLoaded()).toBe(false);
    expect(await kommo.leftovers()).toEqual(noLeftovers);
    await kommo.switchArea('pipeline');
    expect(await bench((b) => b.order)).toEqual([
      'render',
      'bind_actions',
      'init',
      'destroy',
      'render',
      'bind_actions',
      'init',
    ]);
    expect(host.requests.filter(({ url }) => url.includes('script.js'))).toHaveLength(1);
  });

  it('keeps a widget that is init_once and only renders it again', async () => {
    const manifest = '{ "widget": { "name": "widget.name", "version": "1", "init_once": "Y" } }';
    await withFile('manifest.json', manifest, async (widgetDir) => {
      await restart({ widgetDir });
      await kommo.openPipeline();
      await kommo.switchArea('empty');
      expect(await kommo.isLoaded()).toBe(true);
      await kommo.switchArea('pipeline');
      expect(await bench((b) => b.order)).toEqual(['render', 'bind_actions', 'init', 'render']);
    });
  });

  it('loads a widget that is not installed or switched off nowhere but in its settings', async () => {
    host.account.installation = { status: 'installed', active: false, settings: {} };
    await kommo.openPipeline();
    expect(await kommo.isLoaded()).toBe(false);
    host.account.installation = { status: 'not_configured', active: true, settings: {} };
    await kommo.openPipeline();
    expect(await kommo.isLoaded()).toBe(false);
    await kommo.openSettings();
    expect(await kommo.isLoaded()).toBe(true);
  });

  it('serves any code, and no file outside of the widget folder', async () => {
    await restart({ code: 'amo_987' });
    await kommo.openPipeline();
    expect(await bench((b) => b.self.params['path'])).toBe('/upl/amo_987/widget');
    const outside = await fetch(`${host.url}/upl/amo_987/widget/..%2F..%2F..%2Fpackage.json`);
    expect(outside.status).toBe(404);
    const style = await fetch(`${host.url}/upl/amo_987/widget/style.css`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  it('signs what $authorizedAjax sends', async () => {
    await kommo.openPipeline();
    const header = await kommo.page.evaluate(async () => {
      const xhr = { token: '' };
      await (window as unknown as BenchWindow).bench.self.$authorizedAjax({
        url: '/upl/bench/widget/style.css',
        beforeSend: (request: { setRequestHeader: (name: string, value: string) => void }) => {
          const { setRequestHeader } = request;
          request.setRequestHeader = (name, value) => {
            if (name === 'X-Auth-Token') xhr.token = value;
            setRequestHeader.call(request, name, value);
          };
        },
      });
      return xhr.token;
    });
    void header;
  });
});
