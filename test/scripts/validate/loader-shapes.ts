import { withCallbacks } from '../../../scripts/validate/examples/script.js';
import { shapes } from '../../support/shaped-widgets.js';
import type { WidgetFiles } from '../../../scripts/archive/files.js';
import { widgetFiles } from '../../support/widget-folder.js';

export interface LoaderShape {
  files: () => Promise<WidgetFiles> | WidgetFiles;
  /** The codes of all findings about scripts, for a private widget in Kommo. */
  finds: readonly string[];
  /** Whether the callbacks of the widget are found. */
  callbacks: boolean;
}

const made = (files: Record<string, string>): (() => WidgetFiles) => {
  return () => widgetFiles({ files });
};

const body = `function Widget() {
    this.callbacks = {
      render: function () { return true; },
      init: function () { return true; },
      bind_actions: function () { return true; },
      onSave: function () { return true; }
    };
  }`;

/** Built by the tools themselves. */
const built = (name: keyof typeof shapes, finds: readonly string[]): LoaderShape => ({
  files: () => shapes[name]?.() ?? new Map(),
  finds,
  callbacks: true,
});

/**
 * The ways in which real widgets come into the page (`platform/widget.md §7`), and what is to be said of each: nothing
 * of those that work, and of the others what moderation says.
 */
export const loaderShapes: Readonly<Record<string, LoaderShape>> = {
  'a bundle of webpack that calls window.define': built('webpack inside define', []),
  'a shell around a second bundle': built('a shell around a second bundle', []),
  'AMD modules, one class in each, with a template by text!': built('plain AMD modules', []),
  'an AMD bundle of rollup, as Vite makes it': built('an AMD bundle of rollup, as Vite makes it', []),
  'ES5 by hand': built('ES5 by hand', []),

  'a generated shell that takes render from the default of a bundle': {
    files: made({
      'script.js': `define(['./app.js'], function (App) {
  return function () {
    var self = this;
    this.callbacks = {
      render: function () { return App.default.render(self); },
      init: function () { return App.default.init(self); },
      bind_actions: function () { return true; },
      onSave: function () { return App.default.save(self); }
    };
    return this;
  };
});
`,
      'app.js': `define([], function () {
  return { default: { render: function () { return true; }, init: function () { return true; }, save: function () { return true; } } };
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'a second file with a time put to its name': {
    files: made({
      'script.js': "define(['./widget.js?v=1700000000000'], function (Widget) { return Widget; });\n",
      'widget.js': `define([], function () {\n  ${body}\n  return Widget;\n});\n`,
    }),
    finds: [],
    callbacks: true,
  },

  'a UMD module': {
    files: made({
      'script.js': `(function (root, make) {
  if (typeof define === 'function' && define.amd) define(['jquery'], make);
  else if (typeof module === 'object' && module.exports) module.exports = make(require('jquery'));
  else root.Widget = make(root.jQuery);
})(this, function ($) {
  ${body}
  return Widget;
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'CommonJS inside AMD': {
    files: made({
      'script.js': `define(function (require, exports, module) {
  var $ = require('jquery');
  ${body}
  module.exports = Widget;
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'a bundle of webpack that keeps its names, with a package inside': {
    files: made({
      'script.js': `define(['jquery'], (external) => {
  return (() => {
    // webpackBootstrap
    var __webpack_modules__ = {
      './node_modules/noisy/index.js'(module) {
        console.warn('deprecated');
        module.exports = new Function('return this')();
      },
    };
    function __webpack_require__(id) {
      var module = { exports: {} };
      __webpack_modules__[id](module);
      return module.exports;
    }
    // ./src/widget.js
    ${body}
    Widget.noisy = function () { return __webpack_require__('./node_modules/noisy/index.js'); };
    return Widget;
  })();
});
`,
    }),
    finds: ['script/in-vendor-code', 'script/in-vendor-code'],
    callbacks: true,
  },

  'a skeleton with the callbacks of all locations': {
    files: made({
      'script.js': withCallbacks(`dpSettings: function () {},
      advancedSettings: function () {},
      contacts: { selected: function () {} },
      onSalesbotDesignerSave: function (handler_code, params) {},
      salesbotDesignerSettings: function ($body, row, params) {},
      onAddAsSource: function (pipeline_id) {},`),
    }),
    finds: [],
    callbacks: true,
  },

  'callbacks that libraries copy into the widget': {
    files: made({
      'script.js': `define(['jquery', 'underscore'], function ($, _) {
  var started = { render: function () { return true; }, init: function () { return true; } };
  return function () {
    $.extend(this, {
      callbacks: _.extend({}, started, {
        bind_actions: function () { return true; },
        onSave: _.bind(function () { return true; }, this)
      })
    });
  };
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'a shell around a bundle whose own functions are called like callbacks': {
    files: made({
      'script.js': `define(['./bundle.js'], function (App) {
  return function () {
    this.callbacks = {
      render() { App.default.render(); return true; },
      init() { App.default.init(); return true; },
      bind_actions() { return true; },
      async onSave() { await App.default.onSave(); return true; },
    };
  };
});
`,
      'bundle.js': `(function (root, factory) {
  if (typeof exports === 'object' && typeof module === 'object') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define([], factory);
  else root.App = factory();
})(self, () => {
  return { default: { render() {}, init() {}, settings() {}, async onSave() {} } };
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'modules in one file, with the names that TypeScript gives them': {
    files: made({
      'script.js': `define('lib/parcels', ['require', 'exports'], function (require, exports) {
  exports.count = 1;
});
define(['require', 'exports', 'lib/parcels'], function (require, exports, parcels_1) {
  ${body}
  Widget.count = parcels_1.count;
  return Widget;
});
`,
    }),
    finds: [],
    callbacks: true,
  },

  'a minified bundle with a switch for the development server, as the official generator makes it': {
    files: made({
      'script.js': `(()=>{var e={${Array.from({ length: 60 }, (_item, index) => `${index}:(e,t)=>{t.a=n=>n+${index}}`).join(',')},99:(e,t)=>{t.default=function(){this.callbacks={render:()=>!0,init:()=>!0,bind_actions:()=>!0,onSave:()=>!0}}}};const t=localStorage.getItem("parcels_is_dev"),n=()=>{const t={};e[99](null,t);return t.default};t?window.define([\`http://localhost:\${t}/script.js\`],e=>e):window.define(["jquery","underscore"],n)})();
`,
    }),
    // The switch once for each of the two ways.
    finds: [
      'script/development-switch',
      'script/development-switch',
      'script/external-library',
      'script/minified',
    ],
    callbacks: true,
  },

  'a loader of the development server': {
    files: made({
      'script.js': "define(['http://localhost:9000/script.js'], function (Widget) { return Widget; });\n",
    }),
    finds: ['script/remote'],
    callbacks: false,
  },

  'a loader of another server that asks with the time': {
    files: made({
      'script.js':
        "define(['https://widgets.kommo.com/app.js?v=' + Date.now()], function (Widget) { return Widget; });\n",
    }),
    finds: ['script/external-library', 'script/remote'],
    callbacks: false,
  },

  'a shell whose callbacks load another server’s bundle, once more when it failed': {
    files: made({
      'script.js': `define(['jquery'], function ($) {
  return function () {
    var self = this;
    var address = 'https://widgets.kommo.com/app.0a1b2c.js';
    function load(again) {
      require([address], function (app) { app.start(self); }, function () {
        require.undef(address);
        if (again) load(false);
      });
    }
    this.callbacks = {
      render: function () { return true; },
      init: function () { load(true); return true; },
      bind_actions: function () { return true; },
      onSave: function () { return true; }
    };
    return this;
  };
});
`,
    }),
    finds: ['script/external-library'],
    callbacks: true,
  },

  'a switch in the browser’s store between the archive and a development server': {
    files: made({
      'script.js': `window.define(['jquery'], function ($) {
  ${body}
  var port = localStorage.getItem('parcels_is_dev');
  if (port) {
    require(['http://localhost:' + port + '/script.js']);
  }
  return Widget;
});
`,
    }),
    finds: ['script/development-switch', 'script/external-library'],
    callbacks: true,
  },

  'chunks that webpack inserts as script tags': {
    files: made({
      'script.js': `define([], () => {
  ${body}
  var __webpack_require__ = {};
  /* webpack/runtime/load script */
  __webpack_require__.l = (url) => {
    var script = document.createElement('script');
    script.src = url;
    document.head.appendChild(script);
  };
  Widget.load = __webpack_require__.l;
  return Widget;
});
`,
    }),
    finds: ['script/script-tag'],
    callbacks: true,
  },

  'an ES module as Vite makes it by itself': {
    files: made({ 'script.js': `import $ from 'jquery';\nexport default ${body}\n` }),
    finds: ['script/syntax'],
    callbacks: false,
  },

  'JSX compiled in the classic way, without React': {
    files: made({
      'script.js': withCallbacks("settings: () => React.createElement('p', null, 'Parcels'),"),
    }),
    finds: ['script/unknown-variable'],
    callbacks: true,
  },
};
