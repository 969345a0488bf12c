import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { CheckedWidget } from '../checked-widget.js';
import type { Finding, Severity } from '../finding.js';
import { codes } from '../registry.js';
import type { RuleFacts } from '../rule.js';
import { levelIn } from '../situation.js';
import { makeFingerprints } from './fingerprint.js';
import { isAbsolute, placeOf, uriOf } from './place.js';

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const satisfies Record<
  Severity,
  Result.level
>;

/** What GitHub's code scanning calls the severities. */
const problemSeverities: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  notice: 'recommendation',
};

/**
 * SARIF 2.1.0, one run for all widgets: services that take it in allow one run of a tool in a file. Paths are
 * relative to `root`.
 */
export function formatSarif(
  widgets: readonly CheckedWidget[],
  { root = process.cwd() }: { root?: string | undefined } = {},
): string {
  const known = [...new Set([...codes.map(({ code }) => code), ...codesOf(widgets)])];
  const indexes = new Map(known.map((code, index) => [code, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Kommo widget validator', rules: known.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: widgets.flatMap((widget) => resultsOf(widget, indexes, root)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function codesOf(widgets: readonly CheckedWidget[]): string[] {
  return widgets.flatMap(({ report }) => report.findings.map(({ code }) => code));
}

function descriptor(code: string): ReportingDescriptor {
  const rule = codes.find((one) => one.code === code);
  return rule === undefined ? { id: code } : { id: code, ...described(rule) };
}

function described({ code, title, help, severity }: RuleFacts): Omit<ReportingDescriptor, 'id'> {
  const level = levelIn(severity, { target: 'kommo', audience: 'private' });
  const text = help === undefined ? title : `${title} ${help}`;
  return {
    shortDescription: { text: title },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: level === 'off' ? { enabled: false } : { level: levels[level] },
    properties: {
      tags: [code.split('/')[0] ?? ''],
      ...(level === 'off' ? {} : { 'problem.severity': problemSeverities[level] }),
    },
  };
}

function resultsOf(widget: CheckedWidget, indexes: ReadonlyMap<string, number>, root: string): Result[] {
  const fingerprint = makeFingerprints(widget);
  return widget.report.findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: indexes.get(finding.code) ?? -1,
    level: levels[finding.severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(widget, finding, root)],
    partialFingerprints: { 'widgetFinding/v1': fingerprint(finding) },
  }));
}

function messageOf({ message, expected, found }: Finding): string {
  return [
    message,
    ...(expected === null || message.includes(expected) ? [] : [`Expected: ${expected}.`]),
    ...(found === null || message.includes(found) ? [] : [`Found: ${found}.`]),
  ].join(' ');
}

function locationOf(
  widget: CheckedWidget,
  finding: Finding,
  root: string,
): NonNullable<Result['locations']>[number] {
  const { path, inside, line, column } = placeOf(widget, finding, root);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), ...(isAbsolute(path) ? {} : { uriBaseId: '%SRCROOT%' }) },
      ...(line === null ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
    },
    ...(inside === null ? {} : { logicalLocations: [{ fullyQualifiedName: inside, kind: 'member' }] }),
  };
}
