import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findMacros,
  isMacroName,
  macroGroups,
  type MacroName,
  macros,
  macroTag,
  renderMacros,
} from '../../src/contract/macros.js';

const names = macros.map(({ name }) => name);
const values = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' })) as fc.Arbitrary<
  Partial<Record<MacroName, string>>
>;

/** Text in which braces, names and spaces meet more often than chance would have it. */
const braceText = fc
  .array(
    fc.oneof(fc.constantFrom('{', '{{', '}', '}}', ' ', '\n', ...names), fc.string({ unit: 'grapheme' })),
  )
  .map((parts) => parts.join(''));

describe('the macros', () => {
  it('have the three of the platform’s own sample', () => {
    expect(names).toEqual(expect.arrayContaining(['contact_name', 'contact_phone', 'contact_email']));
  });

  it('have one name each, in small letters and underscores', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
  });

  it('stand together by group, in the order of the groups', () => {
    expect([...new Set(macros.map(({ group }) => group))]).toEqual([...macroGroups]);
    const order = macros.map(({ group }) => macroGroups.indexOf(group));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});

describe('isMacroName', () => {
  it('knows every macro and nothing that objects have by nature', () => {
    expect(names.every(isMacroName)).toBe(true);
    for (const name of [
      '',
      'contact',
      'CONTACT_NAME',
      ' contact_name',
      'constructor',
      '__proto__',
      'toString',
    ])
      expect(isMacroName(name), name).toBe(false);
  });
});

describe('findMacros', () => {
  it('finds known and unknown macros with their places', () => {
    expect(findMacros('Hi {{contact_name}}, {{ nick }}!')).toEqual([
      { start: 3, end: 19, name: 'contact_name' },
      { start: 21, end: 31, name: 'nick' },
    ]);
  });

  it('counts places in UTF-16 units', () => {
    expect(findMacros('👋{{lead_id}}')).toEqual([{ start: 2, end: 13, name: 'lead_id' }]);
  });

  it.each([
    ['{{ contact_name }}', 'contact_name'],
    ['{{\tcontact_name\u00a0}}', 'contact_name'],
    ['{{contact name}}', 'contact name'],
    ['{{}}', ''],
    ['{{   }}', ''],
    ['{{{contact_name}}}', 'contact_name'],
    ['{{ {{contact_name}}', 'contact_name'],
  ])('reads %j as the macro %j', (text, name) => {
    expect(findMacros(text).map((found) => found.name)).toEqual([name]);
  });

  it.each(['', '{contact_name}', '{{contact_name}', '{{contact\n_name}}', '{{contact_name\n}}', '{{a{b}}'])(
    'finds nothing in %j',
    (text) => {
      expect(findMacros(text)).toEqual([]);
    },
  );

  it('is done with a long run of spaces after two braces at once', () => {
    const started = performance.now();
    expect(findMacros(`{{${' '.repeat(50_000)}`)).toEqual([]);
    expect(renderMacros(`{{${' '.repeat(50_000)}`, {})).toHaveLength(50_002);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('cuts every text into macros and what lies between', () => {
    fc.assert(
      fc.property(braceText, (text) => {
        let last = 0;
        for (const { start, end, name } of findMacros(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          const tag = text.slice(start, end);
          expect(tag.slice(0, 2) + tag.slice(-2)).toBe('{{}}');
          expect(tag.slice(2, -2).trim()).toBe(name);
          last = end;
        }
      }),
    );
  });
});

describe('renderMacros', () => {
  it('fills in what it knows', () => {
    expect(
      renderMacros('Hi {{contact_name}}: {{lead_price}}', { contact_name: 'Anna', lead_price: '5' }),
    ).toBe('Hi Anna: 5');
  });

  it('fills in a macro with spaces inside the braces', () => {
    expect(renderMacros('Hi {{ contact_name }}!', { contact_name: 'Anna' })).toBe('Hi Anna!');
  });

  it('leaves an unknown macro as it is written', () => {
    const text = '{{nick}} {{ constructor }} {{}} {{Contact_Name}}';
    expect(renderMacros(text, { contact_name: 'Anna' })).toBe(text);
  });

  it('makes a known macro without a value empty', () => {
    expect(renderMacros('Hi {{contact_name}}!', {})).toBe('Hi !');
    expect(renderMacros('Hi {{contact_name}}!', { contact_name: '' })).toBe('Hi !');
  });

  it('does not search values for macros again', () => {
    const nested = { contact_name: '{{lead_id}}', lead_id: '{{contact_name}}' };
    expect(renderMacros('{{contact_name}} {{lead_id}}', nested)).toBe('{{lead_id}} {{contact_name}}');
  });

  it('takes a value as it is, also when it looks like a pattern of replacement', () => {
    expect(renderMacros('a {{lead_name}} b', { lead_name: "$& $1 $` $' $$" })).toBe("a $& $1 $` $' $$ b");
  });

  it('keeps everything outside of known macros and puts each value in its place', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => ({ text: text.replace(/[{}]/g, '') })),
      fc.constantFrom(...names).map((macro) => ({ macro })),
    );
    fc.assert(
      fc.property(fc.array(piece), values, (pieces, given) => {
        const text = pieces.map((part) => ('macro' in part ? macroTag(part.macro) : part.text)).join('');
        const rendered = pieces
          .map((part) => ('macro' in part ? (given[part.macro] ?? '') : part.text))
          .join('');
        expect(renderMacros(text, given)).toBe(rendered);
      }),
    );
  });

  it('agrees with replacing the found macros from the last to the first', () => {
    fc.assert(
      fc.property(braceText, values, (text, given) => {
        let slow = text;
        for (const { start, end, name } of findMacros(text).reverse()) {
          if (isMacroName(name)) slow = slow.slice(0, start) + (given[name] ?? '') + slow.slice(end);
        }
        expect(renderMacros(text, given)).toBe(slow);
      }),
    );
  });
});
