import {
  needing,
  scriptExamples,
  whenStarted,
  withCallbacks,
} from '../../../../scripts/validate/examples/script.js';
import type { WidgetParts } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const script = { file: 'script.js' } as const;
const error = { severity: 'error', ...script } as const;
const warning = { severity: 'warning', ...script } as const;
const notice = { severity: 'notice', ...script } as const;

const having = (lines: string): WidgetParts => ({ files: { 'script.js': withCallbacks(lines) } });

const bot = {
  locations: ['settings', 'salesbot_designer'],
  salesbot_designer: { greet: { name: 'salesbot.greet', settings: {} } },
};

const exits = 'salesbotDesignerSettings: () => ({ exits: [] }),';

const long = `define(function () { return {${'a: 1, '.repeat(500)}}; });\n`;

/** Callbacks of the widget, and what they give back. */
export const callbackDefects: readonly Defect[] = [
  {
    name: 'a constructor without callbacks',
    parts: { files: { 'script.js': 'define([], function () { return function () {}; });\n' } },
    ...error,
    code: 'script/no-callbacks',
    says: ['nothing'],
  },
  {
    name: 'callbacks that come too late',
    parts: {
      files: {
        'script.js':
          'define([], function () { return function () { var self = this; setTimeout(function () { self.callbacks = {}; }); }; });\n',
      },
    },
    ...error,
    code: 'script/no-callbacks',
  },
  ...['render', 'init', 'bind_actions'].map((name): Defect => ({
    name: `callbacks without ${name}`,
    parts: {
      files: {
        'script.js': withCallbacks('destroy: () => true,').replace(`      ${name}: () => true,\n`, ''),
      },
    },
    ...error,
    code: 'script/missing-start-callback',
    says: [name],
  })),
  {
    name: 'a class of callbacks without one that every widget has',
    parts: {
      files: {
        'script.js': `define([], function () {
  class Callbacks {
    render() { return true; }
    init() { return true; }
    onSave() { return true; }
  }
  return function () { this.callbacks = new Callbacks(); };
});
`,
      },
    },
    ...error,
    code: 'script/missing-start-callback',
    says: ['bind_actions'],
  },
  {
    name: 'a widget to install without onSave',
    parts: scriptExamples['script/missing-save-callback']?.wrong ?? {},
    ...error,
    code: 'script/missing-save-callback',
  },
  ...(
    [
      ['advanced_settings', 'advancedSettings', { advanced: { title: 'advanced.title' } }],
      ['card_sdk', 'loadPreloadedData', {}],
      ['catalogs', 'loadCatalogElement', {}],
      ['lead_sources', 'onAddAsSource', {}],
    ] as const
  ).map(([location, callback, blocks]): Defect => {
    const locations = location === 'card_sdk' ? ['settings', 'lcard-0', location] : ['settings', location];
    const others = 'loadElements: () => 1,\nlinkCard: () => 1,\nsearchDataInCard: () => 1,';
    return {
      name: `the location ${location} without ${callback}`,
      parts: {
        manifest: { locations, ...blocks },
        ...having(location === 'card_sdk' ? others : 'destroy: () => true,'),
      },
      severity: 'warning',
      file: 'manifest.json',
      code: 'script/missing-location-callback',
      line: `"${location}"`,
      says: [callback],
    };
  }),
  ...(
    [
      ['llist-0', 'leads.selected'],
      ['clist-0', 'contacts.selected'],
      ['tlist-0', 'todo.selected'],
    ] as const
  ).map(([location, callback]): Defect => ({
    name: `the location ${location} without ${callback}`,
    parts: { manifest: { locations: ['settings', location] }, ...having('destroy: () => true,') },
    severity: 'notice',
    file: 'manifest.json',
    code: 'script/unused-location',
    line: `"${location}"`,
    says: [callback],
  })),
  {
    name: 'a callback for a trigger that there is not',
    parts: having('dpSettings: () => { document.title = "Trigger"; },'),
    ...notice,
    code: 'script/unserved-callback',
    line: 'dpSettings',
    says: ['digital_pipeline'],
  },
  {
    name: 'a callback for a list that there is not',
    parts: having('contacts: { selected: function () { document.title = "Some"; } },'),
    ...notice,
    code: 'script/unserved-callback',
    line: 'contacts:',
    says: ['"clist"'],
  },
  {
    name: 'a callback with a name in another case',
    parts: having('Settings: () => { document.title = "Modal"; },'),
    ...warning,
    code: 'script/misspelt-callback',
    line: 'Settings:',
    says: ['"settings"'],
  },
  {
    name: 'a callback with a letter too few',
    parts: having('onInstal: () => true,'),
    ...warning,
    code: 'script/misspelt-callback',
    line: 'onInstal:',
    says: ['"onInstall"'],
  },
  {
    name: 'a constructor that stops with an error',
    parts: scriptExamples['script/callbacks-undecided']?.wrong ?? {},
    ...notice,
    code: 'script/callbacks-undecided',
    says: ['not in an account'],
  },
  {
    name: 'a constructor that never ends',
    parts: {
      files: { 'script.js': 'define([], function () { return function () { for (;;) {} }; });\n' },
    },
    ...notice,
    code: 'script/callbacks-undecided',
    says: ['come to an end'],
  },
  {
    name: 'a render that returns nothing',
    parts: having('render: function () { document.title = "x"; },'),
    ...warning,
    code: 'script/render-without-result',
    line: 'render:',
  },
  {
    name: 'a render that is put in later and returns nothing but inside',
    parts: {
      files: {
        'script.js': `define([], function () {
  return function () {
    this.callbacks = { init: () => true, bind_actions: () => true, onSave: () => true };
    this.callbacks.render = function () { [1].map(function (n) { return n; }); };
  };
});
`,
      },
    },
    ...warning,
    code: 'script/render-without-result',
    line: 'callbacks.render',
  },
  {
    name: 'an onSave that returns nothing',
    parts: having('onSave: () => { return; },'),
    ...warning,
    code: 'script/save-without-result',
    line: 'onSave:',
  },
  {
    name: 'a step of the bot without exits',
    parts: {
      manifest: bot,
      ...having('salesbotDesignerSettings: () => ({ title: "x" }),\nonSalesbotDesignerSave: () => "[]",'),
    },
    ...warning,
    code: 'script/salesbot-settings-without-exits',
    line: 'salesbotDesignerSettings',
  },
  {
    name: 'a step of the bot that is no text',
    parts: { manifest: bot, ...having(`${exits}\nonSalesbotDesignerSave: () => ({ question: [] }),`) },
    ...warning,
    code: 'script/salesbot-save-not-text',
    line: 'onSalesbotDesignerSave',
  },
  {
    name: 'a step of the bot that does nothing',
    parts: {
      manifest: bot,
      ...having(`${exits}\nonSalesbotDesignerSave: () => JSON.stringify([{ 'execute_handlers': [] }]),`),
    },
    ...warning,
    code: 'script/salesbot-execute-handlers',
    line: 'execute_handlers',
  },
];

/** Scripts as files, and whose code they hold. */
export const scriptFileDefects: readonly Defect[] = [
  {
    name: 'another script that is no JavaScript',
    parts: { files: { 'script.js': needing("'./a.js'"), 'a.js': 'define({\n  a: ,\n});\n' } },
    severity: 'warning',
    file: 'a.js',
    code: 'script/other-syntax',
    line: 2,
  },
  {
    name: 'a script.js that nests too deep',
    parts: { files: { 'script.js': `define(${'['.repeat(8000)}${']'.repeat(8000)});\n` } },
    ...notice,
    code: 'script/not-inspected',
    says: ['script.js was not looked into'],
  },
  {
    name: 'another script that nests too deep',
    parts: scriptExamples['script/not-inspected']?.wrong ?? {},
    severity: 'notice',
    file: 'parcels.js',
    code: 'script/not-inspected',
    says: ['nest too deep'],
  },
  {
    name: 'a second define without a name',
    parts: scriptExamples['script/second-anonymous-module']?.wrong ?? {},
    ...warning,
    code: 'script/second-anonymous-module',
    line: 13,
    says: ['one define without a name'],
  },
  {
    name: 'dependencies of another file in a variable',
    parts: {
      files: {
        'script.js': needing("'./lib/a.js'"),
        'lib/a.js': "const needed = ['moment'];\ndefine(needed, function () {});\n",
      },
    },
    severity: 'notice',
    file: 'lib/a.js',
    code: 'script/unnamed-dependency',
    line: 'define(',
    says: ['needed'],
  },
  {
    name: 'a file that script.js needs and that is misspelt',
    parts: { files: { 'script.js': needing("'./lib/parcel.js'"), 'lib/parcels.js': 'define({});\n' } },
    ...error,
    code: 'script/missing-module',
    line: "'./lib/parcel.js'",
    says: ['Is it lib/parcels.js?'],
  },
  {
    name: 'a path that the platform does not put .js to',
    parts: { files: { 'script.js': needing("'./lib/parcels'"), 'lib/parcels.js': 'define({});\n' } },
    ...warning,
    code: 'script/module-without-extension',
    line: "'./lib/parcels'",
    says: ['"./lib/parcels.js"'],
  },
  {
    name: 'a file that another script needs, seen from its folder',
    parts: {
      files: {
        'script.js': needing("'./lib/a.js'"),
        'lib/a.js': "define([\n  './lib/b.js',\n], function () {});\n",
        'lib/b.js': 'define({});\n',
      },
    },
    severity: 'warning',
    file: 'lib/a.js',
    code: 'script/missing-on-demand-module',
    line: 2,
    says: ['lib/lib/b.js'],
  },
  {
    name: 'eval in another script of one’s own',
    parts: {
      files: {
        'script.js': needing("'./lib/a.js'"),
        'lib/a.js': "define(function () {\n  eval('1');\n});\n",
      },
    },
    severity: 'warning',
    file: 'lib/a.js',
    code: 'script/eval',
    line: 2,
  },
  {
    name: 'eval in a library',
    parts: scriptExamples['script/in-vendor-code']?.wrong ?? {},
    severity: 'notice',
    file: 'vendor/sum.js',
    code: 'script/in-vendor-code',
    line: 2,
    says: ['eval'],
  },
  {
    name: 'the console in a module that a bundler took from a package',
    parts: {
      files: {
        'script.js': whenStarted(
          "const modules = {\n  './node_modules/a/index.js'(module) {\n    console.log(module);\n  },\n};\nself.set_settings({ modules });",
        ),
      },
    },
    ...notice,
    code: 'script/in-vendor-code',
    line: 'console.log',
  },
  {
    name: 'an alert after the comment of a bundler that names a package',
    parts: {
      files: {
        'script.js': whenStarted(
          "// ./node_modules/a/index.js\nalert('theirs');\n\n// ./src/parcels.js\nself.set_status('installed');",
        ),
      },
    },
    ...notice,
    code: 'script/in-vendor-code',
    line: 'alert(',
  },
  {
    name: 'an alert after the comment of a bundler that names a file of one’s own',
    parts: {
      files: {
        'script.js': whenStarted(
          "// ./node_modules/a/index.js\nself.set_status('installed');\n\n// ./src/parcels.js\nalert('ours');",
        ),
      },
    },
    ...notice,
    code: 'script/alert',
    line: 'alert(',
  },
  {
    name: 'a script that is minified',
    parts: { files: { 'script.js': needing("'./a.js'"), 'a.js': long } },
    severity: 'notice',
    file: 'a.js',
    code: 'script/minified',
    line: 1,
  },
  {
    name: 'a script that is obfuscated',
    parts: scriptExamples['script/obfuscated']?.wrong ?? {},
    ...warning,
    code: 'script/obfuscated',
    line: '_0x1a2b00',
  },
];
