import type { SmallWidget } from './small-widget.js';

export interface Misbehaving extends SmallWidget {
  /** Where its error is: the lead's card unless it says otherwise; `widgetsSettings` without the code. */
  area?: string;
  /** Whether it leaves the settings modal as it is. */
  spares?: boolean;
  /** Whether the account can be used to the end of the round; otherwise the page itself is lost. */
  goesOn?: boolean;
  /** What one of its errors says. */
  error?: RegExp;
  /** What one of its breaches says. */
  breach?: RegExp;
}

const throwing = (
  callback: string,
  { locations = ['settings', 'lcard-1'], area }: Pick<Misbehaving, 'locations' | 'area'> = {},
): Misbehaving => ({
  locations,
  ...(area !== undefined && { area }),
  script: `this.callbacks.${callback} = function () { throw new Error('${callback} is broken'); };`,
  error: new RegExp(`${callback} threw Error: ${callback} is broken`),
});

/** Widgets that do what no widget should, by what it is. Each is seen by the sandbox, and the others go on. */
export const misbehaving: Readonly<Record<string, Misbehaving>> = {
  'throws in its constructor': {
    script: "throw new Error('no constructor');",
    error: /constructor threw.*no constructor/,
  },
  'throws in render': throwing('render'),
  'throws in init': throwing('init'),
  'throws in bind_actions': throwing('bind_actions'),
  'throws in settings': throwing('settings', { area: 'widgetsSettings' }),
  'throws in onSave': throwing('onSave', { area: 'widgetsSettings' }),
  'throws in destroy': throwing('destroy'),
  'throws in dpSettings': throwing('dpSettings', {
    locations: ['settings', 'lcard-1', 'digital_pipeline'],
    area: 'dp.settings',
  }),
  'throws later': {
    script:
      "this.callbacks.init = function () { setTimeout(function () { throw new Error('late'); }, 0); return true; };",
    error: /nobody caught Error: late/,
  },
  'rejects a promise that nobody waits for': {
    script: "this.callbacks.init = function () { Promise.reject(new Error('forgotten')); return true; };",
    error: /nobody caught Error: forgotten/,
  },
  'throws something that is no error': {
    script: 'this.callbacks.init = function () { throw null; };',
    error: /init threw Error: null was thrown/,
  },
  'never returns from init': {
    script: 'this.callbacks.init = function () { for (;;) { $.noop(); } };',
    error: /init threw .*did not end/,
  },
  'holds the page for ever': {
    // A loop that no guard can be put into.
    script: "this.callbacks.init = function () { Function('for (;;) {}')(); };",
    goesOn: false,
    area: '/settings/widgets/holds_the_page_for_ever',
    error: /The page gave no answer for 10 s\. What comes after it was not tried\./,
  },
  'reloads the page for ever': {
    script: 'this.callbacks.init = function () { location.reload(); return true; };',
    goesOn: false,
    area: '/settings/widgets/reloads_the_page_for_ever',
    error: /The page did not get ready\./,
  },
  'returns an ES class': {
    files: {
      'script.js':
        'define([], function () { return class Widget { constructor() { this.callbacks = {}; } }; });',
    },
    error: /ES class/,
  },
  'returns an arrow function': {
    files: { 'script.js': 'define([], function () { return () => ({ callbacks: {} }); });' },
    error: /arrow function/,
  },
  'returns an object': {
    files: { 'script.js': 'define([], function () { return { render: function () { return true; } }; });' },
    error: /plain function, but it returned object/,
  },
  'lacks bind_actions': { script: 'delete this.callbacks.bind_actions;', error: /lack bind_actions/ },
  'defines nothing': { files: { 'script.js': 'var nothing = 1;' }, error: /no module|defines no module/ },
  'does not parse': {
    files: { 'script.js': 'define([], function ( {' },
    error: /SyntaxError|no module|defines no module/,
  },
  'throws while it is loaded': {
    files: { 'script.js': "define([], function () { throw new Error('at load'); });" },
    error: /at load/,
  },
  'defines anonymously twice': {
    files: {
      'script.js': `define([], function () {
  return function () {
    var yes = function () { return true; };
    this.callbacks = { render: yes, init: yes, bind_actions: yes, onSave: yes };
    return this;
  };
});
define([], function () { return 2; });`,
    },
    breach: /define/,
  },
  'requests a module that is missing': {
    files: { 'script.js': "define(['./missing.js'], function () { return function () {}; });" },
    error: /A module could not be loaded: missing\.js, asked for by script\.js/,
  },
  'has no script': { files: { 'script.js': undefined }, error: /no module/ },
  'replaces jQuery': {
    script:
      'this.callbacks.init = function () { window.$ = window.jQuery = function () { return null; }; return true; };',
    breach: /jquery-replaced/,
  },
  'removes nodes of the page': {
    script: "this.callbacks.init = function () { $('#left_menu').remove(); return true; };",
    breach: /host-node-removed/,
  },
  'empties the page': {
    script: 'this.callbacks.init = function () { document.body.innerHTML = ""; return true; };',
    spares: false,
    breach: /host-node-removed/,
  },
  'writes to the console': {
    script: "this.callbacks.init = function () { console.log('debug'); return true; };",
    breach: /console.*debug/,
  },
  'leaves a handler': {
    script: "this.callbacks.init = function () { $(document).on('click.left', $.noop); return true; };",
    breach: /handler.*click/,
  },
  'leaves a node': {
    script:
      "this.callbacks.init = function () { $('body').append('<div class=\"left-behind\">'); return true; };",
    breach: /node.*left-behind/,
  },
  'leaves a timer': {
    script: 'this.callbacks.init = function () { setInterval($.noop, 1000); return true; };',
    breach: /timer/,
  },
  'styles the whole page': {
    script:
      "this.callbacks.init = function () { $('head').append('<style>button { color: red }</style>'); return true; };",
    breach: /global-style.*button/,
  },
  'writes to APP': {
    script: 'this.callbacks.init = function () { APP.lang_id = "xx"; return true; };',
    breach: /app-write.*lang_id/,
  },
  'inserts a script': {
    script:
      "this.callbacks.init = function () { document.head.appendChild(document.createElement('script')).text = 'var inserted = 1'; return true; };",
    breach: /script-tag/,
  },
  'asks another host': {
    script:
      "this.callbacks.init = function () { fetch('http://127.0.0.1:9/away').catch($.noop); return true; };",
    breach: /foreign-host.*127\.0\.0\.1:9/,
  },
};

/** Archives that the account refuses, by what is wrong. */
export const refused: Readonly<Record<string, Misbehaving>> = {
  'a manifest that is no JSON': {
    files: { 'manifest.json': '{ "widget": ' },
    error: /manifest\.json.*JSON was expected/,
  },
  'a manifest that is a list': { files: { 'manifest.json': '[]' }, error: /manifest\.json/ },
  'no manifest': { files: { 'manifest.json': undefined }, error: /manifest\.json/ },
  'a language without its file': { files: { 'i18n/en.json': undefined }, error: /i18n\/en\.json/ },
  'a language file that is no JSON': { files: { 'i18n/en.json': '{' }, error: /i18n\/en\.json/ },
};
