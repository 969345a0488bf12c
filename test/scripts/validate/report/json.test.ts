import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../scripts/build/paths.js';
import { checkFiles, checkPath, formatReport } from '../../../../scripts/validate/index.js';
import { checkedWidget, plainFinding } from '../../../support/checked-widget.js';
import { widgetFiles, writeArchive } from '../../../support/widget-folder.js';

const wrong = widgetFiles({
  manifest: { locations: ['settings', 'lcards-1'], tour: null },
  files: { 'images/logo.png': 'a text', 'i18n/es.json': '{', 'script.js': 'define(' },
});

let conforms: ValidateFunction;

beforeAll(async () => {
  const file = path.join(projectRoot, 'docs/validation-report.schema.json');
  conforms = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(
    JSON.parse(await readFile(file, 'utf8')) as object,
  );
});

const validate = (content: unknown): unknown => {
  conforms(content);
  return conforms.errors ?? [];
};

const written = (...widgets: Parameters<typeof formatReport>[1]): Record<string, unknown> =>
  JSON.parse(formatReport('json', widgets)) as Record<string, unknown>;

describe('formatReport, as JSON', () => {
  it('is the report itself for one widget', () => {
    const widget = checkedWidget([plainFinding]);

    expect(written(widget)).toEqual(widget.report);
    expect(Object.keys(written(widget))).toEqual(['target', 'audience', 'summary', 'findings']);
  });

  it('is a list of reports with their names for several', () => {
    const widgets = [checkedWidget([plainFinding]), checkedWidget([], { subject: 'other.zip' })];

    expect(written(...widgets)).toEqual({
      widgets: widgets.map(({ subject, report }) => ({ subject, ...report })),
    });
  });
});

describe('docs/validation-report.schema.json', () => {
  it('describes the reports of real widgets', async () => {
    const archive = await checkPath(await writeArchive(wrong));

    expect(archive.report.findings.length).toBeGreaterThan(4);
    expect(validate(written(archive))).toEqual([]);
    expect(validate(written(checkFiles(widgetFiles())))).toEqual([]);
    expect(validate(written(archive, checkFiles(widgetFiles())))).toEqual([]);
  });

  it.each([
    ['another field', { other: 1 }],
    ['another platform', { target: 'other' }],
    ['a finding without its help', { findings: [{ ...plainFinding, help: undefined }] }],
    ['a line without its column', { findings: [{ ...plainFinding, column: null }] }],
    ['a column without its line', { findings: [{ ...plainFinding, line: null }] }],
    ['a line 0', { findings: [{ ...plainFinding, line: 0 }] }],
    ['a code without its family', { findings: [{ ...plainFinding, code: 'wrong-value' }] }],
    ['no summary', { summary: undefined }],
  ])('refuses %s', (_what, change) => {
    const report = { ...written(checkedWidget([plainFinding])), ...change };

    expect(validate(JSON.parse(JSON.stringify(report)))).not.toEqual([]);
  });
});
