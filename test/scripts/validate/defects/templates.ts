import { templateExamples } from '../../../../scripts/validate/examples/templates.js';
import { type Content, plainScript } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const file = 'templates/list.twig';
const using = templateExamples['templates/missing']?.wrong.files ?? {};
const files = (template: string): Record<string, Content> => ({ ...using, [file]: template });
const syntax = { code: 'templates/syntax', severity: 'warning', file } as const;
const script = (body: string): string =>
  plainScript.replace('this.callbacks', () => `${body}\n    this.callbacks`);

export const templateDefects: readonly Defect[] = [
  {
    name: 'a block that is never ended',
    parts: { files: files('<ul>\n{% if parcels %}\n<li>{{ parcels.0 }}</li>\n</ul>\n') },
    ...syntax,
    line: 'if parcels',
    says: ['"if parcels" is never ended'],
  },
  {
    name: 'an end without a beginning',
    parts: { files: files('<ul>endfor</ul>\n\n{% endfor %}\n') },
    ...syntax,
    line: 3,
    says: ['"endfor" ends nothing'],
  },
  {
    name: 'an end of another block',
    parts: { files: files('{% if a %}\n<p></p>\n{% endfor %}\n') },
    ...syntax,
    line: 'endfor',
    says: ['"endfor" cannot follow "if a"'],
  },
  {
    name: 'an output that is never closed',
    parts: { files: files('<p>\n{{ name\n</p>\n') },
    ...syntax,
    line: '{{ name',
    says: ['}} is missing'],
  },
  {
    name: 'a text in an output that is never closed',
    parts: { files: files('<p>\n{{ "name }}\n</p>\n') },
    ...syntax,
    line: '{{ "name',
  },
  {
    name: 'a tag that twig.js 0.8.9 does not know',
    parts: { files: files('<p></p>\n{% with { a: 1 } %}\n{% endwith %}\n') },
    ...syntax,
    line: 'with {',
    says: ['is no tag of Twig'],
  },
  {
    name: 'two values without an operator',
    parts: { files: files('<p>{{ name }}</p>\n<p>{{ first last }}</p>\n') },
    ...syntax,
    line: 'first last',
  },
  {
    name: 'a value that is missing',
    parts: { files: files('<p>\n  {{ { a: 1, b: } }}\n</p>\n') },
    ...syntax,
    line: 'a: 1',
  },
  {
    name: 'brackets that nest deeper than the engine can take',
    parts: { files: files(`{{ ${'('.repeat(300)}a${')'.repeat(300)} }}\n`) },
    code: 'templates/undecided',
    severity: 'notice',
    file,
    says: ['cannot be told'],
  },
  {
    name: 'a template that the script names and that is not there',
    parts: {
      files: {
        'script.js': script("this.render({ href: '/templates/lists.twig' }, {});"),
        [file]: '<p></p>\n',
      },
    },
    code: 'templates/missing',
    severity: 'warning',
    file: 'script.js',
    line: 'lists.twig',
    says: ['Is it templates/list.twig?'],
  },
  {
    name: 'a template of the text plugin that is not there',
    parts: {
      files: {
        'script.js': plainScript.replace(
          "['jquery'], function ($)",
          "['text!./templates/list.twig'], function (list)",
        ),
      },
    },
    code: 'script/missing-module',
    severity: 'error',
    file: 'script.js',
    line: 1,
  },
  {
    name: 'a template whose name differs in case',
    parts: {
      files: {
        'script.js': script('this.render({ href: `/templates/List.twig` }, {});'),
        [file]: '<p></p>\n',
      },
    },
    code: 'templates/missing',
    severity: 'warning',
    file: 'script.js',
    line: 'List.twig',
    also: ['templates/unused'],
  },
  {
    name: 'a template that nothing names',
    parts: { files: { [file]: '<p></p>\n' } },
    code: 'templates/unused',
    severity: 'notice',
    file,
  },
  {
    name: 'a script element in a template',
    parts: { files: files('<p></p>\n<script src="https://cdn.parcels.io/a.js"></script>\n') },
    code: 'templates/script-tag',
    severity: 'warning',
    file,
    line: '<script',
  },
  {
    name: 'a stylesheet of another host in a template',
    parts: { files: files('<p></p>\n<link rel="stylesheet"\n  href="//cdn.parcels.io/a.css">\n') },
    code: 'templates/external-url',
    severity: 'notice',
    file,
    line: '<link',
    says: ['cdn.parcels.io'],
  },
  ...[
    '<img src=https://cdn.parcels.io/a.png>',
    '<img srcset="//cdn.parcels.io/a.png 2x">',
    "<p style='background: url(https://cdn.parcels.io/a.png)'>x</p>",
  ].map((tag): Defect => ({
    name: `${tag} in a template`,
    parts: { files: files(`<p></p>\n${tag}\n`) },
    code: 'templates/external-url',
    severity: 'notice',
    file,
    line: 2,
    says: ['cdn.parcels.io'],
  })),
  {
    name: 'a form that is sent to a tunnel',
    parts: { files: files('<p></p>\n<form action="https://a1b2.ngrok.io/parcels"></form>\n') },
    code: 'templates/local-url',
    severity: 'warning',
    file,
    line: '<form',
  },
  {
    name: 'a frame by http',
    parts: {
      files: files(
        '<a href="http://www.kommo.com/">{{ all }}</a>\n<iframe src="http://www.kommo.com/parcels"></iframe>\n',
      ),
    },
    code: 'templates/mixed-content',
    severity: 'warning',
    file,
    line: '<iframe',
    says: ['https://www.kommo.com'],
  },
  {
    name: 'a picture by http',
    parts: { files: files('<p></p>\n<img src="http://cdn.parcels.io/a.png" alt="">\n') },
    code: 'templates/mixed-content',
    severity: 'warning',
    file,
    line: '<img',
  },
  {
    name: 'a link to the author’s machine in a template',
    parts: { files: files("<p></p>\n<a href='http://192.168.0.7/parcels'>{{ all }}</a>\n") },
    code: 'templates/local-url',
    severity: 'warning',
    file,
    line: '<a ',
    says: ['192.168.0.7'],
  },
];
