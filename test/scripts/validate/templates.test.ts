import { describe, expect, it } from 'vitest';
import { templateExamples } from '../../../scripts/validate/examples/templates.js';
import { type Finding, validateFiles } from '../../../scripts/validate/index.js';
import { templatesNamedIn } from '../../../scripts/validate/templates/names-in-scripts.js';
import { type Content, type WidgetParts, widgetFiles } from '../../support/widget-folder.js';

const script = templateExamples['templates/missing']?.wrong.files?.['script.js'] ?? null;

function findings(template: string, files: Record<string, Content> = {}): Finding[] {
  const parts = { files: { 'script.js': script, 'templates/list.twig': template, ...files } };
  return validateFiles(widgetFiles(parts)).findings.filter(({ code }) => code.startsWith('templates/'));
}

describe('validateFiles finds nothing in a template with', () => {
  it.each([
    [
      'blocks in blocks',
      '{% if a %}{% for b in a %}{{ b }}{% else %}-{% endfor %}{% elseif c %}x{% endif %}',
    ],
    ['filters and texts', `{{ "it's }} {%"|upper|default('-')|e('html') }}`],
    ['a control of the platform', "{{ include_control('input', { name: 'a', value: b.c }) }}"],
    ['spaces taken away', '{%- if a -%}\n{{- a -}}\n{%- endif -%}'],
    ['a value that is set', "{% set a = [1, 2, { 'b': c }] %}{% set d %}<p>{% endset %}{{ a }}{{ d }}"],
    [
      'comments and what they hold',
      '{# {% if a %} <script> http://localhost #}\n<!-- <script src="//x.io"> -->',
    ],
    ['links that a user clicks', '<a href="https://www.kommo.com/">{{ a }}</a>'],
    ['a frame of another host', '<iframe src="https://maps.parcels.io/"></iframe>'],
    [
      'a script in a text of the author',
      '<p>{{ a }} &lt;script&gt;</p><scripted-element></scripted-element>',
    ],
    ['another template', "{% include 'templates/row.twig' %}"],
    ['a file of the host that nobody reads', "{% include '/etc/passwd' %}{% extends '/etc/passwd' %}"],
    ['nothing', ''],
  ])('%s', (_what, template) => {
    const row: Record<string, Content> = template.includes('row.twig')
      ? { 'templates/row.twig': '<p></p>' }
      : {};
    expect(findings(template, row)).toEqual([]);
  });
});

describe('validateFiles says of a template', () => {
  it.each([
    ['{{ : }}', '":" cannot be read'],
    ['<p>{{ ) }}</p>', '")" cannot be read'],
    ['{% if %}{% endif %}', '"if" is no tag of Twig in this form'],
    ['{% foo %}', '"foo" is no tag of Twig in this form'],
  ])('that is %s what is wrong with it, not what the engine stumbled over', (template, reason) => {
    expect(findings(template)).toMatchObject([{ code: 'templates/syntax', line: 1, found: reason }]);
  });
});

describe('templatesNamedIn', () => {
  it.each([
    [`render({ href: '/templates/a.twig' })`, ['templates/a.twig']],
    [`render({ href: "./templates/b/a-1.twig?v=1" })`, ['templates/b/a-1.twig']],
    ['render({ href: `templates/a.twig` })', ['templates/a.twig']],
    [`define(['text!./templates/a.twig'], f)`, []],
    [`path + '/templates/a.twig'`, ['templates/a.twig']],
    [`'/templates/' + name + '.twig'`, []],
    ['`/templates/${name}.twig`', []],
    ['`${path}/templates/a.twig`', []],
    [`// '/templates/a.twig'\n/* '/templates/b.twig' */`, []],
    [`({ ref: '/tmpl/controls/input.twig' })`, []],
    [`'see /templates/a.twig'; 'https://x.io/templates/a.twig'`, []],
    [`x = '/templates/a.twig'; y = 'open`, ['templates/a.twig']],
  ])('reads %s', (text, expected) => {
    expect(templatesNamedIn(text).map(({ path }) => path)).toEqual(expected);
  });
});

it('takes a template that lies beside the script that names it', () => {
  const files = {
    'lib/list.js': "define(['text!./templates/list.twig'], function (list) { return list; });\n",
    'lib/templates/list.twig': '<p></p>',
    'script.js':
      "define(['./lib/list.js'], function (list) { return function () { this.list = list; }; });\n",
    'templates/list.twig': null,
  };
  expect(findings('', files)).toEqual([]);
});

describe('a template as large and deep as it likes', { timeout: 30_000 }, () => {
  it.each([
    ['blocks that are never ended', '{% if a %}'.repeat(20_000)],
    ['blocks in blocks', '{% if a %}'.repeat(5000) + '{% endif %}'.repeat(5000)],
    ['brackets in brackets', `{{ ${'('.repeat(50_000)}a${')'.repeat(50_000)} }}`],
    ['outputs that are never closed', '{{'.repeat(100_000)],
    ['very many outputs', '{{ a }}'.repeat(50_000)],
    ['a text full of escapes', `{{ "${'\\"'.repeat(100_000)} }}`],
    ['comments that are never closed', '{#'.repeat(50_000)],
    ['elements that are never closed', '<script '.repeat(50_000)],
    ['attributes of one element', `<a ${'href = "'.repeat(100_000)}`],
    ['spaces within an element', `<a ${' '.repeat(200_000)}href`],
    ['three megabytes of text', 'x'.repeat(3_000_000)],
  ])('comes to an end: %s', (_what, template) => {
    const started = performance.now();
    const found = findings(template);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(found.length).toBeLessThan(250);
    for (const { message } of found) expect(message).not.toMatch(/\n\s+at |undefined/);
  });

  it('many slow templates together', () => {
    const slow = '{{ a }}'.repeat(50_000);
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_item, index) => [`templates/list-${index}.twig`, slow]),
    );
    const started = performance.now();
    const found = findings('<p></p>', files).filter(({ code }) => code === 'templates/undecided');
    expect(performance.now() - started).toBeLessThan(5000);
    expect(found.length).toBeGreaterThan(20);
  });
});

describe('the examples', () => {
  it.each(Object.entries(templateExamples))('of %s show it', (code, { wrong, right, situation }) => {
    const codes = (parts: WidgetParts): string[] =>
      validateFiles(widgetFiles(parts), situation).findings.map((finding) => finding.code);
    expect(codes(wrong)).toEqual([code]);
    expect(codes(right)).toEqual([]);
  });
});
