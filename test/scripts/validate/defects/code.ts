import { whenStarted } from '../../../../scripts/validate/examples/script.js';
import type { Severity } from '../../../../scripts/validate/index.js';
import type { Defect } from './defect.js';

/** What is planted under its name; with a text of the line that is found, where that is not the whole. */
type Planted = Readonly<Record<string, string | readonly [planted: string, line: string]>>;

/** By the code of the rule that finds it. Each stands in the callback `init` of a widget that is valid otherwise. */
const planted: Readonly<Record<string, readonly [severity: Severity, Planted]>> = {
  'script/eval': [
    'warning',
    {
      'a call of eval': `const sum = eval('1 + 1');`,
      'a call of eval by its window': `const sum = window.eval('1 + 1');`,
      'an indirect call of eval': `const sum = (0, eval)('1 + 1');`,
      'eval two lines below': [`const a = 1;\n\nconst sum = eval('a + 1');`, 'const sum'],
      'eval under another name': [`const run = eval;\nrun('1 + 1');`, `run('1`],
      'eval by a name for the window': [`const page = window;\npage['eval']('1 + 1');`, `page['eval']`],
      'eval by call': `eval.call(null, '1 + 1');`,
      'globalEval of jQuery': `$.globalEval('1 + 1');`,
    },
  ],
  'script/function-from-text': [
    'warning',
    {
      'a function from text': `const f = new Function('return 1');`,
      'a function from text without new': `const f = Function('return 1');`,
    },
  ],
  'script/timer-from-text': [
    'warning',
    {
      'a timer with a text': `setTimeout('start()', 10);`,
      'an interval with a sum of texts': `window.setInterval('start(' + 1 + ')', 10);`,
      'a timer with a text that has a name': [
        `const code = 'start()';\nsetTimeout(code, 10);`,
        'setTimeout(code',
      ],
    },
  ],
  'script/alert': [
    'notice',
    {
      'an alert': `alert('Saved');`,
      'an alert by the window': `window.alert('Saved');`,
      'an alert by a name for the window': ['const page = window;\npage.alert(`Saved`);', 'page.alert'],
    },
  ],
  'script/confirm': [
    'notice',
    {
      'a confirm': `const yes = confirm('Sure?');`,
    },
  ],
  'script/prompt': [
    'notice',
    {
      'a prompt': `const name = prompt('Name?');`,
    },
  ],
  'script/console': [
    'notice',
    {
      'console.log': `console.log('here');`,
      'console.error in a catch': `try { self.set_status('x'); } catch (error) { console.error(error); }`,
      'console.trace outside of a catch': `console.trace('here');`,
      'console by its window': `window.console.warn('here');`,
      'a method of console that is kept': 'const log = console.info.bind(console);',
      'console under another name': [`const log = console;\nlog['warn']('here');`, `log['warn']`],
      'methods taken out of console': 'const { log } = console;',
    },
  ],
  'script/synchronous-request': [
    'warning',
    {
      'a synchronous request of jQuery': `$.ajax({ url: '/x', async: false });`,
      'a synchronous request with options': `const options = { url: '/x', async: false };`,
      'a synchronous XMLHttpRequest': `new XMLHttpRequest().open('GET', '/x', false);`,
      'a synchronous request as minifiers write it': `$.ajax('/x', { 'async': !1 });`,
      'a synchronous XMLHttpRequest whose method has a name': `new XMLHttpRequest().open(self.params.method, '/x', false);`,
    },
  ],
  'script/api-call-in-loop': [
    'warning',
    {
      'crm_post in a loop': `for (const id of [1]) self.crm_post('https://www.kommo.com/' + id);`,
      '$authorizedAjax in forEach': '[1].forEach(function (id) { self.$authorizedAjax({ data: id }); });',
      'a call of the API in a while loop': [
        `let n = 2;\nwhile (n--) $.post('/api/v4/leads', []);`,
        '/api/v4/leads',
      ],
      'a call of the API in $.each': '$.each([1], () => fetch(`/api/v4/leads/${1}`));',
      'a call of the API in a promise in a loop': `for (const id of [1]) new Promise((done) => self.crm_post('/x', { id }, done));`,
      'a call of the API in a function that runs at once': `for (const id of [1]) (async () => { await fetch('/api/v4/leads/' + id); })();`,
      'a call of the API by the address of the page': `for (const id of [1]) fetch(location.origin + '/api/v4/leads', { id });`,
      'a call of the API by an address with a name': [
        `const leads = '/api/v4/leads';\nfor (const id of [1]) $.get(leads, { id });`,
        'for (const id',
      ],
    },
  ],
  'script/request-in-loop': [
    'notice',
    {
      'a request to a server in a loop': `for (let i = 0; i < 2; i++) fetch('https://www.kommo.com/x');`,
      'a request to a server in map': '[1].map((id) => $.getJSON(self.i18n(id)));',
    },
  ],
  'script/script-tag': [
    'warning',
    {
      'an element script': `const tag = document.createElement('script');`,
      'a tag by jQuery': `$('<script>');`,
      'a tag that is appended as text': `$('body').append('<script src="x.js"></' + 'script>');`,
      '$.getScript': `$.getScript(self.params.path + '/x.js');`,
      'document.write of a tag': `document.write('<script src=x></' + 'script>');`,
      'an element whose name has a name': [
        `const tag = 'script';\ndocument.createElement(tag);`,
        'createElement',
      ],
      'a tag by jQuery that closes itself': `$('<script/>', { src: 'x.js' });`,
      'a request for a script': `$.ajax({ url: '/x.js', dataType: 'script' });`,
    },
  ],
  'script/external-library': [
    'warning',
    {
      'a library from elsewhere on demand': `require(['https://cdn.jsdelivr.net/npm/x.js']);`,
      'a library by import()': `import('https://unpkg.com/x');`,
      'a library in the paths of the loader': `require.config({ paths: { x: '//unpkg.com/x' } });`,
      'a library with a version put to it': `require(['https://www.kommo.com/x.js?v=' + Date.now()]);`,
      'a library whose address has a name': [
        `const address = 'https://unpkg.com/x';\nrequire([address]);`,
        'require([address])',
      ],
      'a library at one of several paths': `require.config({ paths: { x: ['https://unpkg.com/x', 'lib/x'] } });`,
      'another server for all modules': `requirejs.config({ baseUrl: 'https://unpkg.com/' });`,
    },
  ],
  'script/unknown-module': [
    'warning',
    {
      'a module that is not there': `require(['lodash']);`,
      'a module of the platform that is misspelt': `require(['underscor']);`,
      'a file of the archive without its dot': `require(['parcels.js']);`,
      'a plugin that is not there': `require(['html!./x.html']);`,
    },
  ],
  'script/undocumented-module': [
    'notice',
    {
      'a module that is not documented': `require(['lib/common/urlparams']);`,
      'a library that is not documented': `require(['rxjs']);`,
    },
  ],
  'script/missing-on-demand-module': [
    'warning',
    {
      'a file that is missing': `require(['./parcels.js']);`,
      'a template that is missing': `require(['text!./templates/x.twig']);`,
      'a path out of the archive': `require(['../parcels.js']);`,
    },
  ],
  'script/unnamed-dependency': [
    'notice',
    {
      'a module by a name that is put together': 'require([self.params.path]);',
      'modules in a list that is made elsewhere': 'require(self.modules, self.init);',
      'modules that are spread': `require(['moment', ...self.modules]);`,
      'a module of two, of which one has no name': `require([self.a ? 'moment' : self.b]);`,
    },
  ],
  'script/mixed-content': [
    'warning',
    {
      'a request by http': `fetch('http://www.kommo.com/parcels');`,
      'a request of jQuery by http': `$.ajax({ url: 'http://www.kommo.com/' + self.id });`,
      'a request with a token by http': `self.$authorizedAjax({ url: 'http://www.kommo.com/x' });`,
      'a request by http to an address with a name': [
        `const leads = 'http://www.kommo.com/x';\nfetch(leads);`,
        'fetch(leads)',
      ],
      'an XMLHttpRequest by http': `new XMLHttpRequest().open('GET', 'http://www.kommo.com/x');`,
      'a socket without encryption': `const socket = new WebSocket('ws://www.kommo.com/x');`,
      'a frame by http': `self.frame.src = 'http://www.kommo.com/x';`,
      'a frame by http in a piece of HTML': `$('#x').html('<iframe src="http://www.kommo.com/x"></iframe>');`,
    },
  ],
  'script/test-host': [
    'warning',
    {
      'an address of one’s own machine': `fetch('http://localhost:9000/x');`,
      'an address in a private network': `fetch('http://192.168.0.7/x');`,
      'a tunnel': 'fetch(`https://a1b2.ngrok-free.app/${1}`);',
      'a host without a scheme': `const host = 'localhost:3000';`,
      'a host of examples': `const socket = new WebSocket('wss://api.example.com/');`,
    },
  ],
  'script/development-switch': [
    'warning',
    {
      'what is stored as a module': `require([localStorage.getItem('build')]);`,
      'a module on a condition in the store': [
        `if (localStorage['dev']) {\n  require(['moment']);\n}`,
        `require(['moment'])`,
      ],
      'a module on a name from the store': [
        `const dev = window.sessionStorage.getItem('dev');\nif (dev) require(['moment']);`,
        'if (dev)',
      ],
      'what is stored as an ES module': `import(localStorage.getItem('build'));`,
      'a module on what was taken out of the store': [
        `const { dev } = localStorage;\nif (dev) require(['moment']);`,
        'if (dev)',
      ],
    },
  ],
  'script/writes-to-app': [
    'warning',
    {
      'a write to APP': 'APP.parcels = 1;',
      'a write deep in APP': `window.APP.data['current_card'].id = 1;`,
      'a counter in APP': 'APP.parcels++;',
      'a member of APP that is deleted': 'delete APP.data;',
      'a constant that is set': `APP.constant('account', {});`,
      'a copy into APP': 'Object.assign(APP.data, {});',
      'a write by a name for APP': ['const app = APP;\napp.parcels = 1;', 'app.parcels'],
      'a copy of jQuery into APP': '$.extend(APP.data, {});',
      'a write to a member that is worked out': 'APP.data[self.i18n(1)] = 1;',
    },
  ],
  'script/undocumented-app-member': [
    'notice',
    {
      'a member of APP that is not documented': 'const types = APP.element_types;',
      'a member of APP.data that is not documented': 'const view = APP.data.next_view.x;',
      'a constant that is not documented': `const version = APP.constant('version');`,
      'a member that is taken out of APP': 'const { element_types } = APP;',
    },
  ],
  'script/deprecated-alias': [
    'notice',
    {
      'the old name of APP': 'const card = AMOCRM.isCard();',
      'the old name of APP by its window': 'const card = window.AMOCRM.isCard();',
    },
  ],
  'script/virtual-install': [
    'warning',
    {
      'a click on Install': `$('.js-widget-install').click();`,
      'a click on Uninstall': `$('.modal').find('.js-widget-uninstall').first().trigger('click');`,
      'a click on what is Install': [
        `const $button = $('.js-widget-install');\n$button.trigger('click.parcels');`,
        '$button.trigger',
      ],
    },
  ],
  'script/switcher-class': [
    'notice',
    {
      'a deprecated class of the switch': `$('.x').toggleClass('switcher__off');`,
      'a deprecated class of the switch in a template': '$(`.switcher__on`).hide();',
    },
  ],
  'script/undeclared-variable': [
    'warning',
    {
      'a variable that is declared nowhere': 'parcels = [];',
      'a counter that is declared nowhere': 'for (i = 0; i < 2; i++) self.set_status(i);',
    },
  ],
  'script/unknown-variable': [
    'warning',
    {
      'a variable that nobody has': 'const $p = React.createElement("p");',
    },
  ],
  'script/commented-out-code': [
    'notice',
    {
      'a statement in a comment': `// self.set_status('error');`,
      'statements in comments': [
        '// if (self.params.old) {\n//   self.set_status("error");\n// }',
        '// if (self',
      ],
      'code in a block comment': ['/* const old = 1;\n   self.set_status(old); */', '/* const old'],
      'callbacks in a comment': '// onSave: function () { return true; },',
      'a statement after an explanation': [
        '// It was red before.\n// self.set_status("error");',
        '// self.set_status',
      ],
      'a statement without its end in a comment': `// var a = APP.constant('account').id`,
      'a call in a comment': `//alert('x')`,
    },
  ],
};

/** Habits in the text of scripts. */
export const codeDefects: readonly Defect[] = Object.entries(planted).flatMap(([code, [severity, all]]) =>
  Object.entries(all).map(([name, one]): Defect => {
    const [text, line] = typeof one === 'string' ? [one, one] : one;
    const parts = { files: { 'script.js': whenStarted(text) } };
    return { name, code, severity, file: 'script.js', parts, line };
  }),
);
