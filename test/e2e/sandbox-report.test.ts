import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type ReportEntry, type Sandbox } from '../../src/sandbox/index.js';
import { widgetFiles, type SmallWidget } from '../support/small-widget.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

const card = '/leads/detail/7001';

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await watched.page.context().close();
  await sandbox.close();
});

/** Opens a lead's card with these widgets, the first called `bad`. */
async function openCard(
  bad: SmallWidget,
  {
    loopGuard = true,
    others = {},
  }: { loopGuard?: boolean; others?: Readonly<Record<string, SmallWidget>> } = {},
): Promise<void> {
  sandbox = await startSandbox({
    widgets: [
      { files: widgetFiles(bad), label: 'bad' },
      ...Object.entries(others).map(([label, widget]) => ({ files: widgetFiles(widget), label })),
    ],
    hostFiles: sharedHost(),
    loopGuard,
  });
  watched = await browser.newPage();
  await watched.page.goto(sandbox.url + card);
  await ready();
}

const ready = (): Promise<unknown> =>
  watched.page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');

async function leaveCard(): Promise<void> {
  await watched.page.getByRole('link', { name: 'Settings' }).first().click();
  await expect.poll(() => callbacksOf('bad')).toContain('destroy');
}

function breaches(): string[] {
  return sandbox.report
    .entries()
    .flatMap((entry) =>
      entry.kind === 'breach' ? [`${entry.widget ?? '?'} ${entry.breach}: ${entry.detail}`] : [],
    );
}

function callbacksOf(widget: string): string[] {
  return sandbox.report
    .entries()
    .flatMap((entry) => (entry.kind === 'callback' && entry.widget === widget ? [entry.name] : []));
}

function errorsOf(widget: string): string[] {
  return sandbox.report
    .entries()
    .flatMap((entry: ReportEntry) =>
      entry.widget === widget && 'error' in entry && entry.error !== null ? [entry.error.message] : [],
    );
}

const init = (body: string): SmallWidget => ({
  script: `this.callbacks.init = function () { ${body} return true; };`,
});

describe('while it runs, the report has', () => {
  it.each<[what: string, widget: SmallWidget, breach: string]>([
    ['the console', init("console.log('debug', { a: 1 });"), 'bad console: console.log("debug", {"a":1})'],
    [
      'the console in an event long after',
      init(
        "document.addEventListener('x', function () { console.warn('late'); }); setTimeout(function () { document.dispatchEvent(new Event('x')); }, 0);",
      ),
      'bad console: console.warn("late")',
    ],
    [
      'a style for every button',
      init("$('head').append('<style>.bad p, button { color: red } .bad i { color: red }</style>');"),
      'bad global-style: button',
    ],
    [
      'a style whose text comes later, within a media query',
      init(
        "var s = document.createElement('style'); document.head.appendChild(s); s.textContent = '@media all { a:hover { color: red } }';",
      ),
      'bad global-style: a:hover',
    ],
    [
      'a style that gives the palette new colours',
      init("$('head').append('<style>:root { --palette-text-primary: red }</style>');"),
      'bad global-style: :root',
    ],
    [
      'a style file of the widget',
      {
        ...init('$(\'head\').append(\'<link rel="stylesheet" href="/upl/bad/widget/bad.css">\');'),
        files: { 'bad.css': '#left_menu a { color: red }' },
      },
      'bad global-style: #left_menu a in /upl/bad/widget/bad.css',
    ],
    ['a write to APP', init("APP.lang_id = 'xx';"), 'bad app-write: APP.lang_id'],
    [
      'an inserted script',
      init("document.head.appendChild(document.createElement('script')).text = 'window.y = 1';"),
      'bad script-tag: inline: window.y = 1',
    ],
    [
      'a fetch from another host',
      init("fetch('http://127.0.0.1:9/away?secret=1').catch($.noop);"),
      'bad foreign-host: GET http://127.0.0.1:9/away',
    ],
    [
      'an XMLHttpRequest to another host',
      init("$.ajax({ type: 'POST', url: 'http://127.0.0.1:9/away' });"),
      'bad foreign-host: POST http://127.0.0.1:9/away',
    ],
    [
      'a picture from another host',
      init('$(\'body\').append(\'<img alt="" src="http://127.0.0.1:9/pixel.gif">\');'),
      'bad foreign-host: GET http://127.0.0.1:9/pixel.gif',
    ],
    ['another jQuery', init('window.$ = function () {};'), 'bad jquery-replaced: window.$'],
    ['another method of jQuery', init('$.fn.append = function () {};'), 'bad jquery-replaced: $.fn.append'],
    ['a removed menu', init("$('#left_menu').remove();"), 'bad host-node-removed: #left_menu'],
    ['an emptied page', init("document.body.innerHTML = '';"), 'bad host-node-removed: #page_holder'],
    ['another loader', init('window.define = function () {};'), 'bad global: window.define was replaced'],
    [
      'two modules without a name',
      {
        files: {
          'script.js': `define([], function () { return function () {
            var yes = function () { return true; };
            this.callbacks = { render: yes, init: yes, bind_actions: yes };
          }; });
          define([], function () { return 2; });`,
        },
      },
      'bad global: define was called twice without a name in /upl/bad/widget/script.js',
    ],
  ])('%s', async (_what, widget, breach) => {
    await openCard(widget);
    await expect.poll(breaches).toContain(breach);
  });
});

describe('after destroy, the report has', () => {
  it.each<[what: string, widget: SmallWidget, breach: RegExp]>([
    [
      'a handler of jQuery',
      init("$(document).on('click.left', $.noop);"),
      /^bad handler: document click\.left$/,
    ],
    ['a listener', init("window.addEventListener('resize', $.noop);"), /^bad handler: window resize$/],
    [
      'a listener that is an object',
      init("window.addEventListener('resize', { handleEvent: $.noop });"),
      /^bad handler: window resize$/,
    ],
    [
      'many listeners in one line',
      init("['a', 'b', 'c', 'd', 'e'].forEach(function (t) { document.body.addEventListener(t, $.noop); });"),
      /^bad handler: body a, b, c and 2 more$/,
    ],
    [
      'an element',
      init("$('body').append('<div class=\"left-behind\"><b>x</b></div>');"),
      /^bad node: div\.left-behind in body$/,
    ],
    [
      'an element by HTML',
      init("document.body.insertAdjacentHTML('beforeend', '<p id=\"stays\">x</p>');"),
      /^bad node: p#stays in body$/,
    ],
    ['an interval', init('setInterval($.noop, 1000);'), /^bad timer: setInterval of 1000 ms$/],
    ['a timeout', init('setTimeout($.noop, 60000);'), /^bad timer: setTimeout of 60000 ms$/],
    ['a global', init('window.leaked = 1;'), /^bad global: window\.leaked$/],
  ])('%s', async (_what, widget, breach) => {
    await openCard(widget);
    await leaveCard();
    await expect.poll(breaches).toContainEqual(expect.stringMatching(breach));
  });

  it('nothing of a widget that tidies up, however it does it', async () => {
    await openCard(
      {
        script: `
        var onResize = function () {}, timer, $node, stop = new AbortController(), resized = 0;
        this.callbacks.init = function () {
          $(document).on('click.mine', $.noop).on('click' + self.ns, $.noop);
          window.addEventListener('resize', onResize, true);
          window.addEventListener('scroll', onResize, { signal: stop.signal });
          document.addEventListener('fired', onResize, { once: true });
          document.addEventListener('selectionchange', onResize);
          window.addEventListener('tried', { passive: true }, { passive: true });
          document.dispatchEvent(new Event('fired'));
          timer = setInterval($.noop, 1000);
          setTimeout($.noop, 0);
          $node = $('<div class="mine">').appendTo('body');
          $('head').append('<style>.bad p { color: red } .bad-root, :root[data-color-scheme="dark"] .bad { color: blue } :root { --bad-blue: blue }</style>');
          window.mine = 1;
          return true;
        };
        this.callbacks.destroy = function () {
          $(document).off('.mine');
          window.removeEventListener('resize', onResize, true);
          stop.abort();
          clearInterval(timer);
          delete window.mine;
          setTimeout(function () { $node.remove(); }, 0);
        };`,
      },
      { others: { last: init('setInterval($.noop, 1000);') } },
    );
    await leaveCard();
    // Leftovers are counted widget by widget, in the order in which they were destroyed.
    await expect.poll(breaches).toEqual(['last timer: setInterval of 1000 ms']);
  });
});

it('does not hold against a widget what the host does for it', async () => {
  await openCard(
    {
      script: `this.callbacks.init = function () {
        self.$authorizedAjax({ url: 'http://127.0.0.1:9/mine' });
        require(['lib/components/base/modal'], function (Modal) {
          new Modal({ init: function ($body) { $body.append('<button class="js-modal-accept">Close</button>'); } }).destroy();
          $(document).off('.none');
          console.error('done');
        });
        // The host draws its menu and its page anew, below the widget on the stack.
        $('#left_menu a[href^="/settings"]')[0].click();
        return true;
      };`,
    },
    {},
  );
  await expect.poll(() => callbacksOf('bad')).toContain('destroy');
  await expect.poll(breaches).toEqual(['bad console: console.error("done")']);
});

it('tells each breach once, and which of two widgets it is', async () => {
  await openCard(init("for (var i = 0; i < 5; i++) console.info('again');"), { others: { good: {} } });
  await leaveCard();
  await expect.poll(breaches).toEqual(['bad console: console.info("again")']);
  expect(callbacksOf('good')).toEqual(['constructor', 'render', 'bind_actions', 'init', 'destroy']);
});

describe('a loop that does not end', () => {
  const endless = init('for (;;) { try { $.noop(); } catch (e) { } }');

  it('is stopped, and the other widgets and the page go on', async () => {
    await openCard(endless, { others: { good: {}, fine: {} } });
    await expect
      .poll(() => errorsOf('bad'))
      .toEqual(['Error: bad: a loop did not end within 5 s and was stopped by the sandbox']);
    await expect.poll(() => callbacksOf('good')).toContain('init');
    await expect.poll(() => callbacksOf('fine')).toContain('init');
    await watched.page.getByRole('link', { name: 'Settings' }).first().click();
    await expect.poll(() => new URL(watched.page.url()).pathname).toMatch(/^\/settings/);
  });

  it('serves the archive as it is when it is switched off', async () => {
    await openCard(init('for (var i = 0; i < 3; i++) { $.noop(); }'), { loopGuard: false });
    const served = await watched.page.evaluate(async () => (await fetch('/upl/bad/widget/script.js')).text());
    expect(served).not.toContain('__loopGuard');
    await expect.poll(() => callbacksOf('bad')).toContain('init');
  });
});
