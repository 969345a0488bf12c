import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { checkPath, type CheckedWidget, formatReport } from '../../../../scripts/validate/index.js';
import { codes, rules } from '../../../../scripts/validate/registry.js';
import { checkedWidget, plainFinding as base } from '../../../support/checked-widget.js';
import { widgetFiles, writeArchive, writeFolder } from '../../../support/widget-folder.js';

const wrong = widgetFiles({
  manifest: { locations: ['settings', 'lcards-1'], tour: null },
  files: { 'images/logo.png': 'a text', 'i18n/es.json': '{', 'script.js': 'define(' },
});

function runOf(widgets: readonly CheckedWidget[], root?: string): Run {
  const { runs } = JSON.parse(formatReport('sarif', widgets, { root })) as Log;
  expect(runs).toHaveLength(1);
  return runs[0] as Run;
}

const resultsOf = (widget: CheckedWidget, root?: string): Result[] => runOf([widget], root).results ?? [];

const fileOf = ({ locations }: Result): unknown => locations?.[0]?.physicalLocation?.artifactLocation;

/** The schema of OASIS, by way of a package; Ajv knows draft 4 by no other name than its own. */
async function officialSchema(): Promise<object> {
  const door = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
  const file = path.join(path.dirname(door), 'schemas/sarif-2.1.0-rtm.5.json');
  const {
    $schema: draft,
    id,
    ...schema
  } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  expect([draft, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
  return schema;
}

describe('formatReport, as SARIF', () => {
  it('conforms to the official schema of SARIF 2.1.0', async () => {
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    (addFormats as unknown as (to: Ajv) => void)(ajv);
    const conforms = ajv.compile(await officialSchema());
    const widgets = [
      await checkPath(await writeFolder(wrong)),
      await checkPath(await writeArchive(wrong)),
      checkedWidget([base, { ...base, file: 'ä b%.js', line: null, column: null }]),
      checkedWidget([]),
    ];
    const log = JSON.parse(formatReport('sarif', widgets, { root: '/' })) as Log;

    conforms(log);
    expect(conforms.errors ?? []).toEqual([]);
    expect(log.runs[0]?.results?.length).toBeGreaterThan(8);
    (log.runs[0]?.results?.[0] as { level: string }).level = 'fatal';
    expect(conforms(log), 'a level that SARIF does not have').toBe(false);
  });

  it('lists every rule with its help and its usual level', () => {
    const listed = runOf([checkedWidget([])]).tool.driver.rules ?? [];

    expect(listed.map(({ id }) => id)).toEqual(codes.map(({ code }) => code));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    const [first] = listed;
    expect(first).toMatchObject({
      shortDescription: { text: rules[0]?.title },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['archive'], 'problem.severity': 'error' },
    });
    for (const { help } of listed) expect(help?.text).not.toBe('');
  });

  it('refers from each finding to its rule, one that nobody registered too', () => {
    const found = [rules[3]?.code ?? '', 'config/unused-ignore'];
    const run = runOf([checkedWidget(found.map((code) => ({ ...base, code })))]);

    expect(run.results).toHaveLength(2);
    for (const { ruleId, ruleIndex } of run.results ?? []) {
      expect(run.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
  });

  it('has the level, the words and the place of a finding', () => {
    const findings = (['error', 'warning', 'notice'] as const).map((severity, index) => ({
      ...base,
      severity,
      line: index + 1,
    }));
    const results = resultsOf(checkedWidget(findings));

    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
    expect(results[0]).toMatchObject({
      message: { text: 'widget.interface_version must be 2. Found: the number 1.' },
      locations: [{ physicalLocation: { region: { startLine: 1, startColumn: 26 } } }],
    });
    expect(runOf([checkedWidget([])]).columnKind).toBe('utf16CodeUnits');
  });

  it('names files of a folder relative to the root, and the archive for what lies in it', () => {
    const folder = checkedWidget(
      [
        { ...base, file: 'my pics/é#1.json' },
        { ...base, file: null },
      ],
      {
        kind: 'folder',
        path: '/repo/widgets/one',
      },
    );
    const archive = checkedWidget([base], { kind: 'archive', path: '/repo/dist/widget.zip' });

    expect(resultsOf(folder, '/repo').map(fileOf)).toEqual([
      { uri: 'widgets/one/manifest.json', uriBaseId: '%SRCROOT%' },
      { uri: 'widgets/one/my%20pics/%C3%A9%231.json', uriBaseId: '%SRCROOT%' },
    ]);
    const [inside] = resultsOf(archive, '/repo');
    expect(inside?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'dist/widget.zip', uriBaseId: '%SRCROOT%' } },
        logicalLocations: [{ fullyQualifiedName: 'manifest.json', kind: 'member' }],
      },
    ]);
  });

  it('names files outside the root by their whole address', () => {
    const folder = checkedWidget([base], { kind: 'folder', path: '/elsewhere/one' });

    expect(resultsOf(folder, '/repo').map(fileOf)).toEqual([
      { uri: pathToFileURL('/elsewhere/one/manifest.json').href },
    ]);
  });

  it('knows a finding again when lines were put in above it, and tells two of a kind apart', () => {
    const prints = (source: string, ...lines: number[]): unknown[] =>
      resultsOf(
        checkedWidget(
          lines.map((line) => ({ ...base, line })),
          { files: { 'manifest.json': source } },
        ),
      ).map(({ partialFingerprints }) => partialFingerprints?.['widgetFinding/v1']);

    expect(prints('a\nb\n', 2)).toEqual(prints('\n\na\n  b\n', 4));
    expect(prints('a\nb\n', 2)).not.toEqual(prints('a\nb\n', 1));
    expect(new Set(prints('b\nb\n', 1, 2)).size).toBe(2);
  });
});
