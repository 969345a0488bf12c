import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type CheckedWidget, type Finding, formatReport } from '../../../../scripts/validate/index.js';
import { png } from '../../../../scripts/validate/examples/pictures.js';
import { checkedWidget, plainFinding as base } from '../../../support/checked-widget.js';

const manifest = `{
  "widget": {
    "version": "1.0.0",
    "interface_version": 1,
    "support": { "link": "https://help.example.com/" }
  },
\t"locations": ["lcards-1"]
}
`;

const findings: Finding[] = [
  base,
  {
    ...base,
    code: 'manifest/placeholder-url',
    severity: 'warning',
    message:
      'Nobody answers at "help.example.com". Put in your own address before you upload the widget to Kommo.',
    line: 5,
    expected: null,
    found: '"https://help.example.com/"',
    help: 'Kommo shows this address to everybody who installs the widget, and its moderators open it. Until it leads to people who help, customers are left alone.',
  },
  {
    ...base,
    code: 'manifest/unknown-location',
    message: 'There is no location "lcards-1". Did you mean "lcard-1"?',
    line: 7,
    column: 16,
    expected: '"lcard-1"',
    found: '"lcards-1"',
    help: null,
  },
  {
    ...base,
    code: 'images/missing',
    message: 'images/logo.png is missing.',
    file: 'images/logo.png',
    line: null,
    column: null,
    expected: 'a PNG',
    found: null,
    help: null,
  },
  {
    ...base,
    code: 'archive/damaged',
    severity: 'notice',
    message: 'The archive is odd.',
    file: null,
    line: null,
    column: null,
    expected: null,
    found: null,
    help: null,
  },
  {
    ...base,
    code: 'script/eval',
    message: 'script.js runs a text as code.',
    file: 'script.js',
    line: 1,
    column: 801,
    expected: 'a function',
    found: 'eval("x")',
    help: null,
  },
];

const script = `${'var a=1;'.repeat(100)}eval("x");${'var b=2;'.repeat(100)}`;
const widget = checkedWidget(findings, { files: { 'manifest.json': manifest, 'script.js': script } });

const text = (
  one: CheckedWidget | readonly CheckedWidget[],
  options: { columns?: number; color?: boolean } = {},
): string => formatReport('text', [one].flat(), options);

const at = (line: number, column: number, rest: Partial<Finding> = {}): Finding => ({
  ...base,
  file: 'script.js',
  line,
  column,
  ...rest,
});

const inScript = (source: string, ...places: Finding[]): string =>
  text(checkedWidget(places, { files: { 'script.js': source } }));

describe('formatReport, as text', () => {
  it.each([
    [80, false],
    [140, false],
    [80, true],
    [140, true],
  ])('is as it was looked at, at %i columns, with colours: %s', async (columns, color) => {
    const name = `${columns}${color ? '-colors' : ''}.txt`;

    await expect(text(widget, { columns, color })).toMatchFileSnapshot(`./pinned/${name}`);
  });

  it.each([30, 40, 60, 80, 100, 140])('keeps within %i columns', (columns) => {
    const long = at(1, 801, { code: 'a/b', message: 'x'.repeat(300), found: 'и'.repeat(200) });
    const lines = text(checkedWidget([...findings, long], { files: { 'script.js': script } }), { columns });

    expect(Math.max(...lines.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
  });

  it('says the same with colours as without', () => {
    expect(stripVTControlCharacters(text(widget, { color: true }))).toBe(text(widget));
    expect(text(widget, { color: true })).toContain('\u001B[31m✖ error\u001B[39m');
  });

  it('has no colours unless it is told to, wherever it runs', () => {
    expect(text(widget)).not.toContain('\u001B');
  });

  it('says that a widget without errors is valid, and for what it was checked', () => {
    expect(text(checkedWidget([]))).toBe(
      `✔ widget.zip is valid: nothing to complain about
  Checked for Kommo (by the languages of its manifest; see --target), as a
  private widget (by default; see --audience).`,
    );
    expect(text(checkedWidget([{ ...base, severity: 'warning' }]))).toContain(
      '✔ widget.zip is valid: 1 warning',
    );
  });

  it('tells who has said what the widget is for', () => {
    const said = (origin: CheckedWidget['origin']): string =>
      text(checkedWidget([], { origin }), { columns: 120 }).split('\n')[1] ?? '';

    expect(said({ target: 'option', audience: 'option' })).toBe(
      '  Checked for Kommo (as you asked), as a private widget (as you asked).',
    );
    expect(said({ target: 'config', audience: 'config' })).toContain('Kommo (as widget.config.json says)');
    expect(said({ target: 'default', audience: 'default' })).toContain('Kommo (by default; see --target)');
  });

  it('explains each code once, however many findings and widgets have it', () => {
    const widgets = [
      checkedWidget([base, { ...base, line: 9 }]),
      checkedWidget([base], { subject: 'other.zip' }),
    ];

    expect(text(widgets).match(/Kommo loads no widget/g)).toHaveLength(1);
  });

  it('sums up several widgets', () => {
    const others = [checkedWidget([base], { subject: 'a' }), checkedWidget([], { subject: 'b' })];

    expect(text([widget, ...others])).toMatch(/✖ a: 1 error\n[^]*✔ b is valid[^]*\n\n3 widgets: 5 errors, 1/);
  });

  it('does not let the names and texts in an archive steer the terminal', () => {
    const evil = { ...base, file: 'a\u001B[2J\u202Eb', message: 'x\u0007y', found: '\u009B1m', line: 1 };
    const files = { [evil.file]: 'abc\u001B[31mred\u202E\u0007' };

    for (const character of '\u001B\u0007\u009B\u202E')
      expect(text(checkedWidget([evil], { files }))).not.toContain(character);
  });
});

describe('the code frame', () => {
  it('has two lines before and after, and the marker is as long as what is meant', () => {
    expect(inScript('a\nb\nc\ncall(alert);\ne\nf\ng\n', at(4, 6))).toContain(`
      2 │ b
      3 │ c
    > 4 │ call(alert);
        │      ^^^^^
      5 │ e
      6 │ f
    found `);
  });

  it('points at the right place behind tabs, wide characters and accents', () => {
    expect(inScript('\t\tx\talert();', at(1, 5))).toContain(`
    > 1 │     x  alert();
        │        ^^^^^`);
    expect(inScript('"日本"+"e\u0301"+alert()', at(1, 11))).toContain(`
    > 1 │ "日本"+"e\u0301"+alert()
        │            ^^^^^`);
  });

  it.each([
    ['\r\n', 'Windows'],
    ['\r', 'older Macs'],
  ])('counts lines that end as on %j', (end) => {
    expect(inScript(['a', 'b', 'c', 'd'].join(end), at(3, 1))).toContain('> 3 │ c\n');
  });

  it('shows the end of a file where that is meant', () => {
    expect(inScript('(\n', at(2, 1))).toContain('    > 2 │\n        │ ^');
    expect(inScript('', at(1, 1))).toContain('    > 1 │\n        │ ^');
  });

  it('cuts all lines at the same place when that is far to the right', () => {
    const line = (what: string): string => `${'='.repeat(500)}${what}${'='.repeat(500)}`;
    const frame = inScript([line('above'), line('alert'), 'short'].join('\n'), at(2, 501));

    expect(frame).toContain('=above=');
    expect(frame.split('\n').find((row) => row.includes('> 2'))).toMatch(/│ …=+alert=+…$/);
    expect(frame).toMatch(/\n {8}│ +\^{5}\n {4}found/);
  });

  it('is left out for pictures, for bytes, for files that are not there and for lines that are not', () => {
    for (const file of ['images/logo.png', 'data.bin', 'missing.js', 'short.js']) {
      const files = {
        'images/logo.png': png({ width: 1, height: 1 }),
        'data.bin': Buffer.from([0, 1, 2, 0xff]),
        'short.js': 'one',
      };

      expect(text(checkedWidget([at(9, 1, { file })], { files }))).not.toContain('│');
    }
  });

  it('is shown once for a place, and five times for a rule in a file', () => {
    const source = Array.from({ length: 60 }, () => 'alert();').join('\n');
    const places = Array.from({ length: 9 }, (_, index) => at(index * 6 + 3, 1));
    const again = at(3, 1, { code: 'script/other' });

    expect(inScript(source, again, ...places).match(/\n {4}> /g)).toHaveLength(5);
  });

  it('takes no time for a long file with many findings', () => {
    const source = 'x();\n'.repeat(400_000);
    const places = Array.from({ length: 200 }, (_, index) => at(index * 2000 + 1, 1, { code: `a/${index}` }));
    const start = performance.now();
    inScript(source, ...places);

    expect(performance.now() - start).toBeLessThan(2000);
  });
});
