import type { Example } from './example.js';
import type { WidgetParts } from './widget.js';

/** A widget that does this when it starts. */
export function whenStarted(code: string, { takes = '$', asks = "'jquery'" } = {}): string {
  return `define([${asks}], function (${takes}) {
  return function () {
    const self = this;
    this.callbacks = {
      render: () => true,
      bind_actions: () => true,
      onSave: () => true,
      init: () => {
        ${code.split('\n').join('\n        ')}
        return true;
      },
    };
  };
});
`;
}

/** A widget with these callbacks beside those that every widget has. */
export function withCallbacks(lines: string): string {
  return `define([], function () {
  return function () {
    this.callbacks = {
      ${startLines(lines)}${lines.split('\n').join('\n      ')}
    };
  };
});
`;
}

/** A widget that needs these modules. */
export function needing(ids: string): string {
  return whenStarted('self.set_status("installed");', { asks: ids, takes: 'library' });
}

function startLines(lines: string): string {
  return ['render', 'init', 'bind_actions', 'onSave']
    .filter((name) => !new RegExp(`^${name}:`, 'm').test(lines))
    .map((name) => `${name}: () => true,\n      `)
    .join('');
}

const script = (text: string): WidgetParts => ({ files: { 'script.js': text } });

const started = (wrong: string, right: string): Example => ({
  wrong: script(whenStarted(wrong)),
  right: script(whenStarted(right)),
});

const made = (wrong: string, right: string, manifest?: WidgetParts['manifest']): Example => ({
  wrong: { ...script(withCallbacks(wrong)), ...(manifest && { manifest }) },
  right: { ...script(withCallbacks(right)), ...(manifest && { manifest }) },
});

const plain = withCallbacks('destroy: () => true,');

const bot = {
  locations: ['settings', 'salesbot_designer'],
  salesbot_designer: {
    greet: { name: 'salesbot.greet', settings: { text: { name: 'salesbot.text', type: 'text' } } },
  },
};

const botSettings = 'salesbotDesignerSettings: () => ({ exits: [{ code: "next", title: "Next" }] }),';

const botSave = 'onSalesbotDesignerSave: () => JSON.stringify([{ question: [{ handler: "show" }] }]),';

const minified = `define([],function(){return function(){this.callbacks={render:()=>true,init:()=>true,bind_actions:()=>true,onSave:()=>true,settings:(body)=>{${'body.append("<p>Parcel</p>");'.repeat(40)}}}}});\n`;

const obscured = whenStarted(
  `const _0x1a2b00 = [1];\n${Array.from({ length: 20 }, (_item, index) => `_0x1a2b00.push(${index});`).join('\n')}`,
);

/** An example for each rule of scripts. */
export const scriptExamples: Readonly<Record<string, Example>> = {
  'script/missing': { wrong: { files: { 'script.js': null } }, right: {} },
  'script/absent': {
    wrong: {
      manifest: { locations: ['sms'], sms: { endpoint: 'https://www.kommo.com/sms' } },
      files: { 'script.js': null },
    },
    right: { manifest: { locations: ['sms'], sms: { endpoint: 'https://www.kommo.com/sms' } } },
  },
  'script/syntax': {
    wrong: script('define([], function () {\n  return function ( { };\n});\n'),
    right: script(plain),
  },
  'script/not-amd': {
    wrong: script('window.parcels = function () {\n  this.callbacks = {};\n};\n'),
    right: script(plain),
  },
  'script/only-named-modules': {
    wrong: script(plain.replace('define([]', "define('parcels', []")),
    right: script(plain),
  },
  'script/no-function': {
    wrong: script('define([], function () {\n  return { render: () => true };\n});\n'),
    right: script(plain),
  },
  'script/not-extendable': {
    wrong: script('define([], function () {\n  return class { callbacks = {}; };\n});\n'),
    right: script(plain),
  },
  'script/remote': {
    wrong: script(
      'define(["https://widgets.kommo.com/parcels.js"], function (Widget) {\n  return Widget;\n});\n',
    ),
    right: script(plain),
  },
  'script/undecided': {
    wrong: script('define([], function () {\n  for (;;) {}\n});\n'),
    right: script(plain),
  },
  'script/no-callbacks': {
    wrong: script('define([], function () {\n  return function () {\n    return this;\n  };\n});\n'),
    right: script(plain),
  },
  'script/missing-start-callback': {
    wrong: script(plain.replace('      bind_actions: () => true,\n', '')),
    right: script(plain),
  },
  'script/missing-save-callback': {
    wrong: script(plain.replace('      onSave: () => true,\n', '')),
    right: script(plain),
  },
  'script/missing-location-callback': made(
    'destroy: () => true,',
    'advancedSettings: () => { document.title = "Parcels"; },',
    { locations: ['settings', 'advanced_settings'], advanced: { title: 'advanced.title' } },
  ),
  'script/unused-location': made(
    'destroy: () => true,',
    'leads: { selected: function () { document.title = "Parcels"; } },',
    { locations: ['settings', 'llist-0'] },
  ),
  'script/unserved-callback': made(
    'advancedSettings: () => { document.title = "Parcels"; },',
    'destroy: () => true,',
  ),
  'script/misspelt-callback': made('onInstal: () => true,', 'onInstall: () => true,'),
  'script/callbacks-undecided': {
    wrong: script(
      'define([], function () {\n  return function () {\n    throw new Error("not in an account");\n  };\n});\n',
    ),
    right: script(plain),
  },
  'script/other-syntax': {
    wrong: { files: { 'script.js': needing("'./parcels.js'"), 'parcels.js': 'export const parcels = 1;\n' } },
    right: {
      files: { 'script.js': needing("'./parcels.js'"), 'parcels.js': 'define({ parcels: 1 });\n' },
    },
  },
  'script/not-inspected': {
    wrong: {
      files: {
        'script.js': needing("'./parcels.js'"),
        'parcels.js': `define(${'['.repeat(8000)}${']'.repeat(8000)});\n`,
      },
    },
    right: {
      files: { 'script.js': needing("'./parcels.js'"), 'parcels.js': 'define({ parcels: 1 });\n' },
    },
  },
  'script/unknown-module': {
    wrong: script(needing("'jqeury'")),
    right: script(needing("'jquery'")),
  },
  'script/undocumented-module': {
    wrong: script(needing("'lib/components/base/confirm'")),
    right: script(needing("'lib/components/base/modal'")),
  },
  'script/missing-module': {
    wrong: { files: { 'script.js': needing("'./lib/parcel.js'"), 'lib/parcels.js': 'define({});\n' } },
    right: { files: { 'script.js': needing("'./lib/parcels.js'"), 'lib/parcels.js': 'define({});\n' } },
  },
  'script/missing-on-demand-module': {
    wrong: script(whenStarted("require(['./parcels.js'], () => self.set_status('installed'));")),
    right: {
      files: {
        'script.js': whenStarted("require(['./parcels.js'], () => self.set_status('installed'));"),
        'parcels.js': 'define({});\n',
      },
    },
  },
  'script/module-without-extension': {
    wrong: { files: { 'script.js': needing("'./parcels'"), 'parcels.js': 'define({});\n' } },
    right: { files: { 'script.js': needing("'./parcels.js'"), 'parcels.js': 'define({});\n' } },
  },
  'script/unnamed-dependency': {
    wrong: {
      files: {
        'script.js': whenStarted(
          'const file = self.params.parcels_file;\nrequire([file], () => self.set_status("installed"));',
        ),
        'parcels.js': 'define({});\n',
      },
    },
    right: {
      files: {
        'script.js': whenStarted(
          'require([self.params.path + "/parcels.js"], () => self.set_status("installed"));',
        ),
        'parcels.js': 'define({});\n',
      },
    },
  },
  'script/second-anonymous-module': {
    wrong: script(`${plain}\ndefine([], function () {\n  return { parcels: 1 };\n});\n`),
    right: script(`define('parcels', [], function () {\n  return { parcels: 1 };\n});\n\n${plain}`),
  },
  'script/mixed-content': started(
    'fetch("http://parcels.kommo.com/late");',
    'fetch("https://parcels.kommo.com/late");',
  ),
  'script/external-library': {
    wrong: script(needing("'https://cdn.jsdelivr.net/npm/dayjs@1/dayjs.min.js'")),
    right: { files: { 'script.js': needing("'./lib/days.js'"), 'lib/days.js': 'define({ days: 7 });\n' } },
  },
  'script/script-tag': started(
    "document.head.append(document.createElement('script'));",
    "require(['moment'], (moment) => self.set_settings({ now: moment() }));",
  ),
  'script/eval': started(
    'const settings = eval(self.get_settings().rules);',
    'const settings = JSON.parse(self.get_settings().rules);',
  ),
  'script/function-from-text': started(
    'const double = new Function("number", "return number * 2");',
    'const double = (number) => number * 2;',
  ),
  'script/timer-from-text': started(
    'setTimeout("self.set_status(\'installed\')", 100);',
    "setTimeout(() => self.set_status('installed'), 100);",
  ),
  'script/alert': started(
    "alert('Saved');",
    "APP.notifications.show_message({ header: 'Parcels', text: 'Saved' });",
  ),
  'script/confirm': {
    ...started("if (confirm('Send?')) self.set_status('installed');", "self.set_status('installed');"),
    situation: { target: 'amocrm' },
  },
  'script/prompt': started(
    "const number = prompt('Which parcel?');",
    'const number = self.get_settings().parcel;',
  ),
  'script/console': started(
    "console.log('started');",
    "fetch('https://www.kommo.com/parcels').catch((error) => console.trace(error));",
  ),
  'script/commented-out-code': started(
    "// self.set_status('error');\nself.set_status('installed');",
    "// The account may show the icon from now on.\nself.set_status('installed');",
  ),
  'script/test-host': started(
    "fetch('http://localhost:3000/parcels');",
    "fetch('https://www.kommo.com/parcels');",
  ),
  'script/development-switch': started(
    "const build = localStorage.getItem('parcels-build');\nrequire([build]);",
    "require(['moment']);",
  ),
  'script/writes-to-app': started(
    'APP.parcels = [];',
    'const parcels = [];\nself.set_settings({ parcels });',
  ),
  'script/undocumented-app-member': started(
    'const router = APP.router;',
    'const area = APP.getWidgetsArea();',
  ),
  'script/deprecated-alias': started('const isCard = AMOCRM.isCard();', 'const isCard = APP.isCard();'),
  'script/synchronous-request': started(
    "$.ajax({ url: '/api/v4/leads', async: false });",
    "$.ajax({ url: '/api/v4/leads' });",
  ),
  'script/api-call-in-loop': started(
    "for (const id of [1, 2]) $.get('/api/v4/leads/' + id);",
    "$.get('/api/v4/leads?filter[id][]=1&filter[id][]=2');",
  ),
  'script/request-in-loop': started(
    "[1, 2].forEach((id) => fetch('https://www.kommo.com/parcels/' + id));",
    "fetch('https://www.kommo.com/parcels?ids=1,2');",
  ),
  'script/virtual-install': started(
    "$('.modal').find('.js-widget-install').trigger('click');",
    "$('.modal').find('.parcels-hint').show();",
  ),
  'script/switcher-class': started(
    "const isOn = $('.parcels-switch').hasClass('switcher__on');",
    "const isOn = $('.parcels-switch input').prop('checked');",
  ),
  'script/render-without-result': made(
    'render: () => { document.title = "Parcels"; },',
    'render: () => { document.title = "Parcels"; return true; },',
  ),
  'script/save-without-result': made(
    'onSave: () => { document.title = "Saved"; },',
    'onSave: () => { document.title = "Saved"; return true; },',
  ),
  'script/salesbot-settings-without-exits': made(
    `salesbotDesignerSettings: () => { document.title = "Step"; },\n${botSave}`,
    `${botSettings}\n${botSave}`,
    bot,
  ),
  'script/salesbot-save-not-text': made(
    `${botSettings}\nonSalesbotDesignerSave: () => [{ question: [] }],`,
    `${botSettings}\n${botSave}`,
    bot,
  ),
  'script/salesbot-execute-handlers': made(
    `${botSettings}\nonSalesbotDesignerSave: () => JSON.stringify([{ execute_handlers: [] }]),`,
    `${botSettings}\n${botSave}`,
    bot,
  ),
  'script/undeclared-variable': started(
    "parcel = 'late';\nself.set_settings({ parcel });",
    "const parcel = 'late';\nself.set_settings({ parcel });",
  ),
  'script/unknown-variable': started("React.createElement('p');", "document.createElement('p');"),
  'script/minified': { wrong: script(minified), right: script(plain) },
  'script/obfuscated': { wrong: script(obscured), right: script(plain) },
  'script/in-vendor-code': {
    wrong: {
      files: {
        'script.js': needing("'./vendor/sum.js'"),
        'vendor/sum.js': "define(function () {\n  return eval('1 + 1');\n});\n",
      },
    },
    right: {
      files: {
        'script.js': needing("'./vendor/sum.js'"),
        'vendor/sum.js': 'define(function () {\n  return 1 + 1;\n});\n',
      },
    },
  },
};
