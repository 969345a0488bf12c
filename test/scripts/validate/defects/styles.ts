import { maxSheetLength } from '../../../../scripts/validate/styles/sheet.js';
import type { Defect } from './defect.js';

const file = 'style.css';

function defect(
  name: string,
  css: string,
  finding: Pick<Defect, 'code' | 'severity' | 'line'> & Partial<Defect>,
): Defect {
  return { name, parts: { files: { [finding.file ?? file]: css } }, file, ...finding };
}

const syntax = { code: 'styles/syntax', severity: 'warning' } as const;
const global = { code: 'styles/global-selector', severity: 'warning' } as const;
const system = { code: 'styles/system-class', severity: 'warning' } as const;
const palette = { code: 'styles/palette-redefined', severity: 'warning' } as const;
const variable = { code: 'styles/variable-name', severity: 'notice' } as const;
const comment = { code: 'styles/commented-out', severity: 'notice' } as const;

export const styleDefects: readonly Defect[] = [
  defect('a block that is never closed', '.parcel-list { margin: 0 }\n\n.parcel-row {\n  color: red;\n', {
    ...syntax,
    line: 3,
    says: ['Unclosed block'],
  }),
  defect('a closing bracket too many', '.parcel-list { margin: 0 }\n}\n', { ...syntax, line: 2 }),
  defect('a text that is never closed', '.parcel-list { content: "x }\n', { ...syntax, line: 1 }),
  defect('a comment that is never closed', '.parcel-list { margin: 0 }\n/* to be done', {
    ...syntax,
    line: 2,
  }),
  defect('a stray word in a block', '.parcel-list {\n  margin 0;\n}\n', {
    ...syntax,
    line: 'margin 0',
    says: ['Unknown word'],
  }),
  defect('a stylesheet in a folder that is no CSS', '.parcel-list {', {
    ...syntax,
    file: 'styles/list.css',
    line: 1,
  }),
  defect('a stylesheet of three megabytes', ' '.repeat(maxSheetLength + 1), {
    code: 'styles/too-large',
    severity: 'warning',
    says: ['3.0 MB'],
  }),
  defect('a selector of elements only', '.parcel-list { margin: 0 }\n\ntable td > a { color: red }\n', {
    ...global,
    line: 'table td',
    says: ['"table td > a"'],
  }),
  defect('the selector of everything', '* { box-sizing: border-box }\n', { ...global, line: 1 }),
  defect('a rule for the whole page', 'body { overflow: hidden }\n', { ...global, line: 1 }),
  defect(
    'styles on :root beside variables',
    ':root {\n  --parcel-list-blue: #00f;\n  font-size: 14px;\n}\n.parcel-list { margin: 0 }\n',
    {
      ...global,
      line: ':root',
    },
  ),
  defect('a class that could be anybody’s', '.parcel-list { margin: 0 }\n.active { color: red }\n', {
    ...global,
    line: '.active',
  }),
  defect('the one global selector of a list', '.parcel-list,\n.parcel-row\n  a,\nul li { margin: 0 }\n', {
    ...global,
    line: 'ul li',
    says: ['"ul li"'],
  }),
  defect('a global selector in a media query', '@media (max-width: 600px) {\n  h1 { margin: 0 }\n}\n', {
    ...global,
    line: 'h1',
  }),
  defect('a selector by attribute alone', '[type="text"] { margin: 0 }\n', { ...global, line: 1 }),
  defect('global selectors of a package, once', `a{b:c}${'p{margin:0}'.repeat(200)}\n`, {
    ...global,
    file: 'kit.min.css',
    line: 1,
    says: ['200 more selectors', ':where(#<widget_code>)'],
  }),
  defect('a class of the platform’s modal', '.modal { z-index: 1 }\n', {
    ...system,
    line: 1,
    says: ['.modal'],
  }),
  defect('a button of the platform’s', 'div .button-input:hover { color: red }\n', { ...system, line: 1 }),
  defect('the fields of the settings modal', '.widget_settings_block__fields { display: none }\n', {
    ...system,
    line: 1,
  }),
  defect('the panel of cards by its id', '#widgets_block { width: 500px }\n', {
    ...system,
    line: 1,
    says: ['#widgets_block'],
  }),
  defect('the bubble of the digital pipeline', '.digital-pipeline__edit-bubble { width: 500px }\n', {
    ...system,
    line: 1,
  }),
  defect('the panel of cards', '.card-widgets__widget .card-widgets__widget__body { padding: 0 }\n', {
    ...system,
    line: 1,
  }),
  defect('a colour of the palette that is set', '.parcel-list {\n  --palette-text-primary: #333;\n}\n', {
    ...palette,
    line: '--palette',
  }),
  defect(
    'a colour of the palette that is set for the dark theme',
    ':root[data-color-scheme="dark"] {\n  --palette-background-primary: #000;\n}\n',
    {
      ...palette,
      line: '--palette',
    },
  ),
  defect('a variable without a mark of the widget', '.parcel-list {\n  --blue: #00f;\n}\n', {
    ...variable,
    line: '--blue',
  }),
  defect(
    'a variable of the page without a mark of the widget',
    ':root {\n  --main-color: #00f;\n}\n.parcel-list { margin: 0 }\n',
    {
      ...variable,
      line: '--main-color',
    },
  ),
  defect('a declaration in a comment', '.parcel-list {\n  /* margin: 0 auto; */\n}\n', {
    ...comment,
    line: 'margin',
    says: ['margin: 0 auto;'],
  }),
  defect('a rule in a comment', '.parcel-list { margin: 0 }\n/*\n.parcel-row a {\n  color: red;\n}\n*/\n', {
    ...comment,
    line: 2,
  }),
  defect('a media query in a comment', '/* @media print { .parcel-list { display: none } } */\n', {
    ...comment,
    line: 1,
  }),
  defect('a rule behind a comment that CSS does not have', '// Parcels\n.parcel-list { margin: 0 }\n', {
    code: 'styles/line-comment',
    severity: 'warning',
    line: 1,
    says: ['// Parcels .parcel-list'],
  }),
  defect('styles of another host', '@import url("https://cdn.parcels.io/kit.css");\n', {
    code: 'styles/external-import',
    severity: 'warning',
    line: 1,
    says: ['cdn.parcels.io'],
  }),
  defect('styles of another host without a protocol', "@import '//cdn.parcels.io/kit.css' screen;\n", {
    code: 'styles/external-import',
    severity: 'warning',
    line: 1,
  }),
  defect(
    'a font of another host',
    '@font-face {\n  font-family: Parcel;\n  src: url(https://cdn.parcels.io/p.woff2);\n}\n',
    {
      code: 'styles/external-url',
      severity: 'notice',
      line: 'src',
      says: ['cdn.parcels.io'],
    },
  ),
  defect('a font by http', '@font-face {\n  src: url(http://cdn.parcels.io/p.woff2);\n}\n', {
    code: 'styles/mixed-content',
    severity: 'warning',
    line: 'src',
    says: ['cdn.parcels.io'],
  }),
  defect(
    'styles by http from a host that Kommo excepts',
    '@import "http://fonts.googleapis.com/css?family=Roboto";\n',
    { code: 'styles/mixed-content', severity: 'warning', line: 1 },
  ),
  defect('styles of another host by http', '@import "http://cdn.parcels.io/kit.css";\n', {
    code: 'styles/external-import',
    severity: 'warning',
    line: 1,
  }),
  defect(
    'a picture of the author’s machine',
    '.parcel-list {\n  background: URL( http://127.0.0.1:8080/a.png );\n}\n',
    {
      code: 'styles/local-url',
      severity: 'warning',
      line: 'background',
    },
  ),
];
