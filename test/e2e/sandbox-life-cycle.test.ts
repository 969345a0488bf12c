import { describe, expect, test } from 'vitest';
import type { SmallWidget } from '../support/small-widget.js';
import { type SmallSandbox, useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();
const board = '/leads/pipeline';
const card = '/leads/detail/7002';
const onCards = ['settings', 'lcard-1'];

/** Writes down the life of the widget in `window.order`. */
const noting = `
  window.order = (window.order || []).concat('constructor');
  Object.keys(this.callbacks).forEach(function (name) {
    var callback = self.callbacks[name];
    self.callbacks[name] = function () { window.order.push(name); return callback.apply(this, arguments); };
  });`;

/** A widget whose `render` has this body. */
const rendering = (body: string): SmallWidget => ({
  script: `this.callbacks.render = function () { ${body} };${noting}`,
});

const orderOf = ({ page }: SmallSandbox): Promise<unknown> => page.evaluate('window.order');
const live = ({ page }: SmallSandbox): Promise<unknown> =>
  page.evaluate('Object.keys(APP.widgets.list).sort()');
const reasons = ({ sandbox }: SmallSandbox): string[] =>
  sandbox.report
    .entries()
    .flatMap((entry) => (entry.kind === 'dropped' ? [`${entry.widget ?? '?'}: ${entry.reason}`] : []));

/** Follows a link of the left menu, within the document. */
async function follow({ page, ready }: SmallSandbox, name: string): Promise<void> {
  await page.getByRole('link', { name }).first().click();
  await ready();
}

describe('a widget is started', () => {
  test('with render, bind_actions and init in this order, and nothing is printed', async () => {
    const small = await open(board, [{ script: noting }]);
    expect(await orderOf(small)).toEqual(['constructor', 'render', 'bind_actions', 'init']);
    expect(small.console).toEqual([]);
    expect(small.errors).toEqual([]);
  });

  test('without init when render says no, and with bind_actions all the same', async () => {
    const small = await open(board, [rendering('return false;')]);
    expect(await orderOf(small)).toEqual(['constructor', 'render', 'bind_actions']);
  });

  test('with bind_actions before a render that is a promise is awaited', async () => {
    const small = await open(board, [
      rendering(
        'return Promise.resolve().then(function () { window.order.push("rendered"); return true; });',
      ),
    ]);
    expect(await orderOf(small)).toEqual(['constructor', 'render', 'bind_actions', 'rendered', 'init']);
  });

  test('with bind_actions after a render that throws, and the exception is in the report', async () => {
    const small = await open(board, [rendering('throw new Error("broken on purpose");'), {}]);
    expect(await orderOf(small)).toEqual(['constructor', 'render', 'bind_actions']);
    expect(await small.exceptions()).toEqual(['Error: broken on purpose']);
    expect(small.errors).toEqual([]);
    expect(await live(small)).toEqual(['small', 'small2']);
  });

  test.each([
    [
      'lacks one of the three callbacks',
      'return function () { this.callbacks = { render: function () {}, init: function () {} }; };',
      'Its callbacks lack bind_actions',
    ],
    ['returns an object', 'return {};', 'it returned object'],
    ['returns a class', 'return class { callbacks = {}; };', 'returned an ES class'],
    ['returns an arrow function', 'return () => {};', 'returned an arrow function'],
    ['throws', 'throw new Error("no");', 'One of its modules threw'],
  ])('or dropped when its script %s, and the next one goes on', async (_case, body, reason) => {
    const script = `define([], function () { ${body} });`;
    const small = await open(board, [{ files: { 'script.js': script } }, {}]);
    await expect.poll(() => reasons(small)).toEqual([expect.stringContaining(`small: `)]);
    expect(reasons(small)[0]).toContain(reason);
    expect(await live(small)).toEqual(['small2']);
  });

  test('from files that are asked for with the version, and its modules from its own folder', async () => {
    const failed: string[] = [];
    const small = await open(
      board,
      [
        {
          files: {
            'script.js': `define(['./lib/helper.js'], function (helper) {
              window.greeting = helper.greet('widget');
              return function () { var yes = function () { return true; }; this.callbacks = { render: yes, init: yes, bind_actions: yes }; };
            });`,
            'lib/helper.js': `define([], function () { return { greet: function (name) { return 'Hello, ' + name; } }; });`,
          },
        },
      ],
      {},
      (page) => {
        page.on('response', (response) => {
          if (response.status() >= 400) failed.push(response.url());
        });
      },
    );
    const folder = `${small.sandbox.url}/upl/small/widget`;
    for (const file of ['script.js?v=1.0.0', 'i18n/en.json?v=1.0.0', 'lib/helper.js']) {
      expect(small.requests).toContain(`${folder}/${file}`);
    }
    expect(await small.page.evaluate('window.greeting')).toBe('Hello, widget');
    expect(failed).toEqual([]);
  });

  test('with its stored settings, JSON-parsed, and the fields of the system', async () => {
    const small = await open(
      '/settings/pipeline/leads',
      [{ locations: ['digital_pipeline'] }],
      {},
      (_page, { server }) => {
        const widget = server.context.account.widgets.get('small');
        if (widget !== undefined) widget.settings = { token: 'abc', custom: '{"a":1}', secret: '[not json' };
      },
    );
    expect(await small.read('self.get_settings()')).toMatchObject({
      token: 'abc',
      custom: { a: 1 },
      secret: '[not json',
      widget_code: 'small',
      path: '/upl/small/widget',
      version: '1.0.0',
      active: 'Y',
      status: 'installed',
    });
    expect(await small.read('[self.ns, self.system().area]')).toEqual(['.widget:small', 'digital_pipeline']);
  });

  test('with words in the language of the user, on a page in the colours of the theme', async () => {
    const colours = ({ page }: SmallSandbox): Promise<string[]> =>
      page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color, style.getPropertyValue('--palette-border-active').trim()];
      });
    const spanish = {
      widget: { locale: ['en', 'es'] },
      files: {
        'i18n/es.json':
          '{"widget":{"name":"Widget de pruebas","description":"D","short_description":"S"},"greeting":"Hola"}',
      },
    };
    const dark = await open(board, [spanish], { switches: { language: 'es', theme: 'dark' } });
    expect(await dark.read('[self.i18n("greeting"), APP.lang_id]')).toEqual(['Hola', 'es']);
    expect(await colours(dark)).toEqual(['rgb(15, 34, 49)', 'rgb(242, 242, 242)', '#4c8bf7']);
    const light = await open(board, [spanish]);
    expect(await light.read('self.i18n("widget.name")')).toBe('Small widget');
    expect(await colours(light)).toEqual(['rgb(245, 245, 245)', 'rgb(54, 59, 68)', '#4c8bf7']);
  });

  test('and may print what it likes: the console has every word', async () => {
    const small = await open(board, [
      rendering(
        'console.debug("one"); console.log("two"); console.info("three"); console.warn("four"); return true;',
      ),
    ]);
    expect(small.console).toEqual(['debug: one', 'log: two', 'info: three', 'warning: four']);
  });
});

describe('in another area', () => {
  const bound = `this.callbacks.bind_actions = function () { $(document).on('click' + self.ns, $.noop); return true; };${noting}`;
  const handlers = ({ page }: SmallSandbox): Promise<unknown> =>
    page.evaluate(
      `(jQuery._data(document, 'events').click || []).filter(({ namespace }) => namespace === 'widget:small').length`,
    );

  test('a widget is destroyed and its namespace cleared, and the next one is made of the loaded script', async () => {
    const small = await open(card, [{ script: bound, locations: onCards }]);
    expect(await handlers(small)).toBe(1);
    await follow(small, 'Settings');
    expect(await live(small)).toEqual([]);
    expect(await handlers(small)).toBe(0);
    await small.page.goBack();
    await expect.poll(() => live(small)).toEqual(['small']);
    await small.ready();
    const life = ['constructor', 'render', 'bind_actions', 'init'];
    expect(await orderOf(small)).toEqual([...life, 'destroy', ...life]);
    expect(await handlers(small)).toBe(1);
    expect(small.requests.filter((url) => url.includes('/upl/small/widget/script.js'))).toHaveLength(1);
  });

  test('a widget that is init_once is only rendered again', async () => {
    const widget = { init_once: true };
    const small = await open(card, [{ script: bound, locations: onCards, widget }]);
    await follow(small, 'Settings');
    expect(await live(small)).toEqual(['small']);
    expect(await orderOf(small)).toEqual(['constructor', 'render', 'bind_actions', 'init', 'render']);
    expect(await handlers(small)).toBe(1);
  });
});

describe('a widget that is not installed, or is switched off', () => {
  test.each([
    ['was never installed', { status: 'install', is_active: false }],
    ['waits for its settings', { status: 'not_configured', is_active: false }],
    ['is switched off', { status: 'installed', is_active: false }],
  ] as const)('is started in its settings alone when it %s', async (_case, state) => {
    const small = await open(board, [{}], { installed: false }, (_page, { server }) => {
      Object.assign(server.context.account.widgets.get('small') ?? {}, state);
    });
    expect(await live(small)).toEqual([]);
    await follow(small, 'Settings');
    expect(await live(small)).toEqual([]);
    await small.page.getByRole('main').getByRole('button', { name: 'Small widget' }).click();
    await expect.poll(() => live(small)).toEqual(['small']);
  });
});
