import type { WidgetFiles } from '../../archive/files.js';
import { png } from '../../validate/examples/pictures.js';
import { type Content, widgetFiles } from '../../validate/examples/widget.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_item, index) => index);

/** A widget without errors of about five megabytes: its own scripts, a package, styles, words, templates, pictures. */
export function largeWidget(): WidgetFiles {
  const parts = numbers(8);
  const files: Record<string, Content> = {
    'script.js': script(parts),
    'vendor.min.js': minified(),
    'style.css': numbers(4000).map(rule).join('\n'),
    'kit.min.css': numbers(4000)
      .map((index) => `:where(.parcel-list) .kit-${index}{color:#345;padding:${index}px}`)
      .join(''),
  };
  for (const part of parts) files[`parts/part-${part}.js`] = module(part);
  for (const part of numbers(30)) files[`templates/list-${part}.twig`] = template(part);
  for (const picture of numbers(4)) {
    files[`images/parcels-${picture}.png`] = png({ width: 400, height: 272, ballast: 200_000 });
  }
  return widgetFiles({ files });
}

function script(parts: readonly number[]): string {
  const names = ['jquery', './vendor.min.js', ...parts.map((part) => `./parts/part-${part}.js`)];
  const templates = numbers(30).map((part) => `'/templates/list-${part}.twig'`);
  return `define(${JSON.stringify(names)}, function ($) {
  return function () {
    this.templates = [${templates.join(', ')}];
    this.callbacks = {
      render: function () { return true; },
      init: function () { return true; },
      bind_actions: function () { return true; },
      settings: function () { return true; },
      onSave: function () { return true; },
    };
    return this;
  };
});
`;
}

function module(part: number): string {
  const functions = numbers(900).map(
    (index) => `  function parcel${index}(list, options) {
    var found = list.filter(function (item) { return item.weight > ${index} && item.part === ${part}; });
    if (options && options.sorted) {
      found.sort(function (a, b) { return a.weight - b.weight; });
    }
    return { count: found.length, names: found.map(function (item) { return item.name + ' ' + ${index}; }) };
  }`,
  );
  const names = numbers(900).map((index) => `parcel${index}: parcel${index}`);
  return `define([], function () {\n${functions.join('\n\n')}\n\n  return { ${names.join(', ')} };\n});\n`;
}

function minified(): string {
  const functions = numbers(9000).map(
    (index) =>
      `function f${index}(a,b){return a?a.n${index}(b||{x:${index},y:[1,2,3]}):b&&b.m(function(c){return c+${index}})}`,
  );
  return `define([],function(){${functions.join('')}return{f:f0}});\n`;
}

function rule(index: number): string {
  return `.parcel-list__item-${index} > a:hover {
  color: var(--palette-text-primary, #333);
  margin: ${index}px auto;
}
`;
}

function template(part: number): string {
  const rows = numbers(40).map(
    (index) =>
      `  <li class="parcel-list__item-${index}" title="{{ title_${part}|e }}">{{ parcel.name_${index}|default('-')|e }}</li>`,
  );
  return `{% for parcel in parcels %}\n<ul>\n${rows.join('\n')}\n</ul>\n{% endfor %}\n`;
}
