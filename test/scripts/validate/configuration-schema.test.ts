import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { readConfiguration } from '../../../scripts/validate/configuration/configuration.js';
import { ignorableCodes } from '../../../scripts/validate/registry.js';

let conforms: ValidateFunction;
let keys: string[];

beforeAll(async () => {
  const text = await readFile(path.join(projectRoot, 'docs/widget-config.schema.json'), 'utf8');
  const schema = JSON.parse(text) as { properties: Record<string, unknown> };
  keys = Object.keys(schema.properties);
  conforms = new Ajv2020({ strict: true }).compile(schema);
});

/** Whether the validator takes it. */
function isTaken(value: unknown): boolean {
  try {
    const bytes = Buffer.from(JSON.stringify(value));
    readConfiguration(bytes, { name: 'widget.config.json', codes: ignorableCodes });
    return true;
  } catch {
    return false;
  }
}

const sound = { code: 'styles/global-selector', because: 'it stays' };

describe('docs/widget-config.schema.json', () => {
  it.each([
    ['nothing', {}],
    ['the place of the schema', { $schema: './widget-config.schema.json' }],
    ['every platform', { target: 'kommo' }],
    ['every audience', { audience: 'public' }],
    ['every level', { failLevel: 'notice' }],
    ['a version', { uploaded: '1.4.2' }],
    ['a version of one number', { uploaded: '7' }],
    ['an archive', { uploaded: '../last/Widget.ZIP' }],
    ['no ignores', { ignore: [] }],
    ['an ignore for all files', { ignore: [sound] }],
    ['an ignore for some files', { ignore: [{ ...sound, file: 'lib/**' }] }],
    ['an ignore of a comment', { ignore: [{ ...sound, code: 'ignore/unused' }] }],
  ])('takes %s, as the validator does', (_what, value) => {
    expect([conforms(value), isTaken(value)]).toEqual([true, true]);
  });

  it.each([
    ['a list', []],
    ['null', null],
    ['an unknown key', { targets: 'kommo' }],
    ['a schema that is no text', { $schema: 1 }],
    ['another platform', { target: 'Kommo' }],
    ['another audience', { audience: null }],
    ['another level', { failLevel: 'warn' }],
    ['a version that is a number', { uploaded: 1.4 }],
    ['a version with more than numbers', { uploaded: 'v1.4' }],
    ['a folder for an archive', { uploaded: '../last' }],
    ['ignores that are no list', { ignore: {} }],
    ['an ignore that is no object', { ignore: ['styles/global-selector'] }],
    ['an ignore without its code', { ignore: [{ because: 'it stays' }] }],
    ['an ignore without its reason', { ignore: [{ code: sound.code }] }],
    ['an ignore with an empty reason', { ignore: [{ ...sound, because: ' ' }] }],
    ['an ignore of no rule', { ignore: [{ ...sound, code: 'styles/none' }] }],
    [
      'an ignore of what the configuration itself is told',
      { ignore: [{ ...sound, code: 'config/unused-ignore' }] },
    ],
    ['an ignore for a file that is no text', { ignore: [{ ...sound, file: null }] }],
    ['an ignore for a file without a name', { ignore: [{ ...sound, file: '' }] }],
    ['an ignore with an unknown key', { ignore: [{ ...sound, line: 1 }] }],
  ])('refuses %s, as the validator does', (_what, value) => {
    expect([conforms(value), isTaken(value)]).toEqual([false, false]);
  });

  it('knows the keys that the validator knows', () => {
    expect(() => readConfiguration(Buffer.from('{ "none": 1 }'), { name: 'x', codes: [] })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('There is no key "none" here.') as string,
      }) as Error,
    );
    for (const key of keys) {
      expect(() => readConfiguration(Buffer.from(`{ "${key}": {} }`), { name: 'x', codes: [] })).toThrow(
        `"${key}" must be`,
      );
    }
  });

  it('takes the example of docs/validate.md', async () => {
    const document = await readFile(path.join(projectRoot, 'docs/validate.md'), 'utf8');
    const example = /```json\n(\{[^]*?"failLevel"[^]*?)\n```/.exec(document)?.[1] ?? '';

    expect([conforms(JSON.parse(example)), isTaken(JSON.parse(example))]).toEqual([true, true]);
  });

  it('agrees with the validator on whatever somebody puts together', () => {
    const one = (...sounds: string[]): fc.Arbitrary<unknown> =>
      fc.oneof(
        { arbitrary: fc.constantFrom<unknown>(...sounds), weight: 6 },
        { arbitrary: fc.constantFrom<unknown>('', ' ', 'x', 1, null, [], {}), weight: 1 },
      );
    const ignore = fc.record(
      { code: one(...ignorableCodes), because: one('it stays'), file: one('lib/**') },
      { requiredKeys: ['code', 'because'] },
    );
    const configuration = fc.record(
      {
        $schema: one('./schema.json'),
        target: one('kommo'),
        audience: one('public'),
        failLevel: one('error'),
        uploaded: one('1.2', 'a.zip'),
        ignore: fc.array(ignore, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(configuration, (value) => {
        expect(conforms(value)).toBe(isTaken(value));
      }),
      { numRuns: 500 },
    );
  });
});
