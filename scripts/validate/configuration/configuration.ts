import type { JSONPath } from 'jsonc-parser';
import { UserError } from '../../cli/errors.js';
import type { Severity } from '../finding.js';
import { isObject, type JsonDocument, readJson } from '../json-document.js';
import { nearest } from '../nearest.js';
import { audiences, type Audience, failLevels, type Target, targets } from '../situation.js';
import { saysUploaded, uploadedForm } from '../uploaded/said.js';
import { describeValue, list, quote } from '../words.js';

/** What `widget.config.json` says; what it leaves open is `undefined`. */
export interface Configuration {
  readonly target?: Target | undefined;
  readonly audience?: Audience | undefined;
  readonly failLevel?: Severity | undefined;
  /** What was uploaded last: a version, or the path of the archive from the configuration's folder. */
  readonly uploaded?: string | undefined;
  readonly ignore: readonly ConfiguredIgnore[];
}

/** Findings that somebody has decided to live with. */
export interface ConfiguredIgnore {
  readonly code: string;
  /** A path below the widget's folder, or a pattern of such paths; `null` for all files. */
  readonly file: string | null;
  readonly because: string;
  /** Where it stands in the configuration. */
  readonly line: number;
  readonly column: number;
}

interface Fault {
  line: number;
  column: number;
  message: string;
}

/** So many faults are told at once. */
const maxFaults = 20;

/** docs/widget-config.schema.json describes the same; `$schema` names it for editors. */
const keys = ['target', 'audience', 'failLevel', 'uploaded', 'ignore', '$schema'] as const;
const ignoreKeys = ['code', 'file', 'because'] as const;

/**
 * Reads a configuration, strict JSON. Throws a {@link UserError} that names every fault with its line and column;
 * `name` is the file as the person knows it, `codes` what can be ignored.
 */
export function readConfiguration(
  bytes: Buffer,
  { name, codes }: { name: string; codes: Iterable<string> },
): Configuration {
  const document = readJson(name, bytes);
  const faults = [...faultsOfText(document)];
  if (faults.length === 0) faults.push(...faultsOfValue(document, [...codes]));
  if (faults.length > 0) throw explain(name, faults);
  const value = document.value as Omit<Configuration, 'ignore'> & { ignore?: ConfiguredIgnore[] };
  return {
    target: value.target,
    audience: value.audience,
    failLevel: value.failLevel,
    uploaded: value.uploaded,
    ignore: (value.ignore ?? []).map(({ code, file, because }, index) => {
      const { line, column } = document.spot(['ignore', index]);
      return { code, file: file ?? null, because, line, column };
    }),
  };
}

function faultsOfText({ textFlaws, jsonFlaws }: JsonDocument): Fault[] {
  const encoding = textFlaws.filter(({ kind }) => kind === 'not-utf8');
  return [
    ...encoding.map(({ line, column, found }) => ({
      line,
      column,
      message: `The file must be UTF-8; it has ${found}.`,
    })),
    ...jsonFlaws.map(({ line, column, message }) => ({ line, column, message })),
  ];
}

function faultsOfValue(document: JsonDocument, codes: readonly string[]): Fault[] {
  if (!isObject(document.value)) {
    return [fault(document, [], `The file must hold an object; it holds ${describeValue(document.value)}.`)];
  }
  return [
    ...unknownKeys(document, [], keys),
    ...wrongChoice(document, 'target', targets),
    ...wrongChoice(document, 'audience', audiences),
    ...wrongChoice(document, 'failLevel', failLevels),
    ...wrongUploaded(document),
    ...wrongSchema(document),
    ...faultsOfIgnores(document, codes),
  ];
}

function faultsOfIgnores(document: JsonDocument, codes: readonly string[]): Fault[] {
  const ignores = document.get(['ignore']);
  if (ignores === undefined) return [];
  if (!Array.isArray(ignores)) {
    return [
      fault(document, ['ignore'], `"ignore" must be a list of objects; it is ${describeValue(ignores)}.`),
    ];
  }
  return ignores.flatMap((one: unknown, index): Fault[] => {
    const path: JSONPath = ['ignore', index];
    if (!isObject(one)) {
      return [
        fault(document, path, `An ignore must be an object with ${ignoreForm}; it is ${describeValue(one)}.`),
      ];
    }
    return [
      ...unknownKeys(document, path, ignoreKeys),
      ...wrongCode(document, [...path, 'code'], codes),
      ...(one['file'] === undefined ? [] : wrongText(document, [...path, 'file'])),
      ...wrongText(document, [...path, 'because']),
    ];
  });
}

const ignoreForm = '"code", "because" and, if you like, "file"';

function unknownKeys(document: JsonDocument, path: JSONPath, known: readonly string[]): Fault[] {
  const value = document.get(path) as Record<string, unknown>;
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      ...document.keySpot([...path, key]),
      message: `There is no key ${quote(key)} here.${orKnown(key, known)}`,
    }));
}

function wrongChoice(document: JsonDocument, key: string, allowed: readonly string[]): Fault[] {
  const value = document.get([key]);
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return [];
  const choices = list(
    allowed.map((one) => quote(one)),
    { last: 'or' },
  );
  const hint = typeof value === 'string' ? meant(value, allowed) : '';
  return [fault(document, [key], `"${key}" must be ${choices}; it is ${describeValue(value)}.${hint}`)];
}

function wrongUploaded(document: JsonDocument): Fault[] {
  const value = document.get(['uploaded']);
  if (value === undefined || (typeof value === 'string' && saysUploaded(value))) return [];
  return [
    fault(document, ['uploaded'], `"uploaded" must be ${uploadedForm}; it is ${describeValue(value)}.`),
  ];
}

function wrongSchema(document: JsonDocument): Fault[] {
  const value = document.get(['$schema']);
  if (value === undefined || typeof value === 'string') return [];
  return [
    fault(
      document,
      ['$schema'],
      `"$schema" must be the address of the schema; it is ${describeValue(value)}.`,
    ),
  ];
}

function wrongCode(document: JsonDocument, path: JSONPath, codes: readonly string[]): Fault[] {
  const value = document.get(path);
  if (typeof value !== 'string' || value.trim() === '') return wrongText(document, path);
  if (codes.includes(value)) return [];
  return [fault(document, path, `There is no rule ${quote(value)}.${meant(value, codes)}`)];
}

function wrongText(document: JsonDocument, path: JSONPath): Fault[] {
  const value = document.get(path);
  if (typeof value === 'string' && value.trim() !== '') return [];
  const key = String(path.at(-1));
  if (value === undefined)
    return [fault(document, path.slice(0, -1), `The key "${key}" is missing: ${demands[key] ?? ''}.`)];
  return [fault(document, path, `"${key}" must be ${demands[key] ?? ''}; it is ${describeValue(value)}.`)];
}

/** What the texts of an ignore are. */
const demands: Readonly<Record<string, string>> = {
  code: 'the code of the rule that is ignored',
  file: 'the path of a file below the folder of the widget, or a pattern such as lib/**',
  because: 'the reason for the ignore, in words',
};

function orKnown(key: string, known: readonly string[]): string {
  const hint = meant(key, known);
  return hint === ''
    ? ` It can be ${list(
        known.map((one) => quote(one)),
        { last: 'or' },
      )}.`
    : hint;
}

function meant(text: string, known: readonly string[]): string {
  const near = nearest(text, known);
  return near === null ? '' : ` Did you mean ${quote(near)}?`;
}

function fault(document: JsonDocument, path: JSONPath, message: string): Fault {
  const { line, column } = document.spot(path);
  return { line, column, message };
}

function explain(name: string, faults: readonly Fault[]): UserError {
  const lines = [...faults]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, maxFaults)
    .map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
  if (faults.length > maxFaults) lines.push(`${faults.length - maxFaults} more in ${name}.`);
  return new UserError(lines.join('\n      '), {
    nextStep: 'Mend the configuration; docs/validate.md says what it takes. Nothing was checked.',
  });
}
