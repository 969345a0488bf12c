import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeForm } from '../../../src/sandbox/account/hooks/form.js';
import type { FormValue } from '../../../src/sandbox/account/hooks/form.js';
import { parseForm } from './hooks/receiver.js';

describe('a form body', () => {
  it('reads on the wire as server.md §3.2 shows it', () => {
    const body = encodeForm({
      event: {
        type: 15,
        type_code: 'lead_appeared_in_status',
        data: {
          id: 7001,
          element_type: 2,
          status_id: 501,
          pipeline_id: 50,
          direction_of_movement: 'went_to_trigger',
        },
        time: 1760000000,
      },
      action: { settings: { widget: { settings: { message: 'Hello {{contact_name}}', only_main: 'on' } } } },
      subdomain: 'demo',
      account_id: 12345678,
    });
    expect(body.split('&')).toEqual([
      'event[type]=15',
      'event[type_code]=lead_appeared_in_status',
      'event[data][id]=7001',
      'event[data][element_type]=2',
      'event[data][status_id]=501',
      'event[data][pipeline_id]=50',
      'event[data][direction_of_movement]=went_to_trigger',
      'event[time]=1760000000',
      'action[settings][widget][settings][message]=Hello+%7B%7Bcontact_name%7D%7D',
      'action[settings][widget][settings][only_main]=on',
      'subdomain=demo',
      'account_id=12345678',
    ]);
  });

  it('drops what is empty and writes true as 1, false as 0', () => {
    const fields = { a: {}, b: [], c: null, d: undefined, e: { f: [{}] }, yes: true, no: false, text: '' };
    expect(encodeForm(fields)).toBe('yes=1&no=0&text=');
  });

  it('encodes in UTF-8, and half of a surrogate pair as the replacement character', () => {
    expect(encodeForm({ text: "Şahin & Ко ~!*'() 🙂 \ud83d" })).toBe(
      'text=%C5%9Eahin+%26+%D0%9A%D0%BE+%7E%21%2A%27%28%29+%F0%9F%99%82+%EF%BF%BD',
    );
  });

  it('comes back from a careful decoder as it was, all leaves strings', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (fields) => {
        expect(parseForm(encodeForm(fields))).toEqual(strings(fields) ?? {});
      }),
      { numRuns: 300 },
    );
  });

  it('has a limit of depth instead of a broken process', () => {
    const loop: Record<string, FormValue> = {};
    loop['self'] = loop;
    expect(() => encodeForm(loop)).toThrow(RangeError);
  });
});

// Brackets inside a name are structure on the wire, and qs leaves names out that every object has.
const name = fc
  .string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
  .filter((text) => !/[[\]]/.test(text) && /^\D/.test(text) && !(text in {}));

const { value } = fc.letrec<{ value: FormValue; leaf: FormValue }>((tie) => ({
  leaf: fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  value: fc.oneof(
    { maxDepth: 10, depthIdentifier: 'form' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 30, depthIdentifier: 'form' }),
    fc.dictionary(name, tie('value'), { maxKeys: 5, depthIdentifier: 'form' }),
  ),
}));

/** The value as the other side has it: leaves are strings, and what has none is gone. */
function strings(original: FormValue): unknown {
  if (original === null || original === undefined) return undefined;
  if (typeof original === 'boolean') return original ? '1' : '0';
  if (typeof original !== 'object') return String(original);
  const entries = Object.entries(original)
    .map(([key, inner]: [string, FormValue]) => [key, strings(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return undefined;
  // qs makes a list of any object whose names are all numbers, and closes the gaps in it.
  return Array.isArray(original) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
