import { Ajv, type ErrorObject, type Schema } from 'ajv';
import type { JSONPath } from 'jsonc-parser';
import { systemMenuItems } from '../../src/kommo/manifest.js';
import schema from '../../src/kommo/manifest.schema.json' with { type: 'json' };
import { isObject, type JsonDocument, property, type Spot } from './json-document.js';
import { lazy } from './lazy.js';
import { isEmptySupport } from './manifest-facts.js';
import { nearest } from './nearest.js';
import { describeValue, list, quote } from './words.js';

export type SchemaProblemKind =
  'missing-key' | 'unknown-key' | 'wrong-type' | 'wrong-value' | 'wrong-format' | 'empty' | 'repeated-item';

export interface SchemaProblem extends Spot {
  kind: SchemaProblemKind;
  message: string;
  expected: string | null;
  found: string | null;
}

/**
 * Definitions are put in place of the references to them: ajv copies all errors so far after each reference that
 * brings one, which makes eighty thousand wrong settings a matter of many seconds. That the schema is one is proven by a
 * test: to find it out each time would take longer than to hold a manifest against it. So would it to optimize what runs once.
 */
const compiled = lazy(() =>
  new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  }).compile(withoutReferences(schema) as Schema),
);

/** Holds a manifest against the JSON Schema; what ajv says becomes sentences with their place in the file. */
export function checkSchema(document: JsonDocument): SchemaProblem[] {
  const validate = compiled();
  validate(document.value);
  return (validate.errors ?? []).flatMap((error) => {
    const path = toPath(document, error.instancePath);
    // Locations, the support and system items of the menu have rules of their own, which know more than the schema.
    const aboutLocation =
      path[0] === 'locations' && (error.keyword === 'enum' || error.keyword === 'uniqueItems');
    const aboutMenu = isSystemMenuItem(path) && error.keyword === 'additionalProperties';
    const isElsewhere = aboutLocation || aboutMenu || isEmptySupport(document, path);
    return isElsewhere ? [] : translate(document, path, error);
  });
}

function isSystemMenuItem(path: JSONPath): boolean {
  const [block, item] = path;
  return path.length === 2 && block === 'left_menu' && systemMenuItems.some((code) => code === item);
}

/** The definitions of the schema do not refer to themselves. */
function withoutReferences(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutReferences);
  if (!isObject(part)) return part;
  const name = /^#\/definitions\/(\w+)$/.exec(String(part['$ref']))?.[1];
  const whole = name === undefined ? part : { ...(property(schema.definitions, name) as object), ...part };
  return Object.fromEntries(
    Object.entries(whole)
      .filter(([key]) => key !== '$ref')
      .map(([key, inner]) => [key, withoutReferences(inner)]),
  );
}

/** A path as it is written in code: `dp.settings.message`, `locations[0]`. */
export function formatPath(path: JSONPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

function translate(document: JsonDocument, path: JSONPath, error: ErrorObject): SchemaProblem[] {
  const subject = path.length === 0 ? 'The manifest' : formatPath(path);
  const value = document.get(path);
  const parameters = error.params as Record<string, unknown>;
  const wrong = (kind: SchemaProblemKind, expected: string, hint = ''): SchemaProblem[] => [
    {
      kind,
      ...document.spot(path),
      message: `${subject} must be ${expected}.${hint}`,
      expected,
      found: describeValue(value),
    },
  ];
  switch (error.keyword) {
    case 'required':
      return [missingKey(document, path, String(parameters['missingProperty']), error)];
    case 'additionalProperties':
      return [unknownKey(document, path, String(parameters['additionalProperty']), error)];
    case 'type':
      return wrong('wrong-type', describeTypes(parameters['type']));
    case 'const':
      return wrong('wrong-value', JSON.stringify(parameters['allowedValue']));
    case 'enum': {
      const allowed = parameters['allowedValues'] as unknown[];
      const meant = typeof value === 'string' ? nearest(value, allowed.map(String)) : null;
      const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
      const all = list(
        allowed.map((item) => JSON.stringify(item)),
        { last: 'or' },
      );
      return wrong('wrong-value', all, hint);
    }
    case 'pattern':
      return wrong('wrong-format', describeFormat(error));
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return [
        {
          kind: 'empty',
          ...document.spot(path),
          message: `${subject} is empty.`,
          expected: error.keyword === 'minLength' ? 'a text' : 'one item or more',
          found: describeValue(value),
        },
      ];
    case 'uniqueItems': {
      const item: JSONPath = [...path, Math.max(Number(parameters['i']), Number(parameters['j']))];
      const again = quote(String(document.get(item)));
      const message = `${subject} lists ${again} twice.`;
      const [expected, found] = [`${again} once`, `${again} twice`];
      return [{ kind: 'repeated-item', ...document.spot(item), message, expected, found }];
    }
    default:
      return [];
  }
}

function missingKey(document: JsonDocument, path: JSONPath, key: string, error: ErrorObject): SchemaProblem {
  const missing = formatPath([...path, key]);
  const expected = descriptionOf(error, key);
  const message = `${missing} is missing.`;
  const found = `no key ${quote(key)}`;
  return { kind: 'missing-key', ...document.keySpot(path), message, expected: expected ?? quote(key), found };
}

function unknownKey(document: JsonDocument, path: JSONPath, key: string, error: ErrorObject): SchemaProblem {
  const known = Object.keys(property(error.parentSchema, 'properties') ?? {});
  const present = document.get(path);
  const meant = nearest(
    key,
    known.filter((name) => property(present, name) === undefined),
  );
  const where = path.length === 0 ? 'the manifest' : formatPath(path);
  const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
  return {
    kind: 'unknown-key',
    ...document.keySpot([...path, key]),
    message: `${quote(key)} is not a key of ${where}.${hint}`,
    expected: meant === null ? list(known, { last: 'or', limit: 20 }) : quote(meant),
    found: quote(key),
  };
}

const typeWords: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function describeTypes(types: unknown): string {
  const names = Array.isArray(types) ? types : [types];
  return list(
    names.map((name) => typeWords[String(name)] ?? String(name)),
    { last: 'or' },
  );
}

function describeFormat(error: ErrorObject): string {
  const [example] = (property(error.parentSchema, 'examples') ?? []) as unknown[];
  return example === undefined ? 'in another form' : `in the form of ${JSON.stringify(example)}`;
}

/** What the schema says about a key, so that who misses it learns what goes there. */
function descriptionOf(error: ErrorObject, key: string): string | null {
  const described = property(property(property(error.parentSchema, 'properties'), key), 'description');
  return typeof described === 'string' ? described : null;
}

/** JSON Pointer to path: a step is a number where the value around it is a list. */
function toPath(document: JsonDocument, pointer: string): JSONPath {
  const path: JSONPath = [];
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(document.get(path)) ? Number(name) : name);
  }
  return path;
}
