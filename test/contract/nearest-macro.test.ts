import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macros } from '../../src/contract/macros.js';
import { nearestMacro } from '../../src/contract/nearest-macro.js';

const names = macros.map(({ name }) => name);

describe('nearestMacro', () => {
  it.each([
    ['contact_nme', 'contact_name'],
    ['contat_name', 'contact_name'],
    ['cotnact_name', 'contact_name'],
    ['contact_naem', 'contact_name'],
    ['contactname', 'contact_name'],
    ['contact_names', 'contact_name'],
    ['contact_mail', 'contact_email'],
    ['lead_prise', 'lead_price'],
    ['led_id', 'lead_id'],
    ['manager_fone', 'manager_phone'],
    ['stagename', 'stage_name'],
  ])('takes %j for %j', (name, expected) => {
    expect(nearestMacro(name)).toBe(expected);
  });

  it.each([
    'Contact_Name',
    'CONTACT NAME',
    'contact-name',
    'contact.name',
    ' contact_name ',
    'contact _ name',
  ])('takes %j for contact_name, as case, spaces, hyphens and dots are no difference', (name) => {
    expect(nearestMacro(name)).toBe('contact_name');
  });

  it.each(['', ' ', 'x', 'name', 'discount', 'company_website', 'имя', '👋👋👋'])(
    'finds nothing near %j',
    (name) => {
      expect(nearestMacro(name)).toBeUndefined();
    },
  );

  it('forgives one edit for each three letters and no more', () => {
    expect(nearestMacro('led_id')).toBe('lead_id');
    expect(nearestMacro('lead_xx')).toBe('lead_id');
    expect(nearestMacro('xxad_xx')).toBeUndefined();
  });

  it.each(['xxad_id', 'xxad-id', 'xxad.id', 'xxad id', 'XXAD - ID'])(
    'spends no edit on the separator of %j',
    (name) => {
      expect(nearestMacro(name)).toBe('lead_id');
    },
  );

  it('counts two swapped neighbours as one edit, not two', () => {
    expect(nearestMacro('elad')).toBeUndefined();
    expect(nearestMacro('ldae_di')).toBeUndefined();
    expect(nearestMacro('elad_di')).toBe('lead_id');
    expect(nearestMacro('lxad_di')).toBe('lead_id');
    expect(nearestMacro('lxaddi')).toBeUndefined();
  });

  it('prefers the nearest of several', () => {
    expect(nearestMacro('contact_nam')).toBe('contact_name');
    expect(nearestMacro('contact_fist_name')).toBe('contact_first_name');
    expect(nearestMacro('contact_lst_name')).toBe('contact_last_name');
  });

  it('finds every macro by itself', () => {
    for (const name of names) expect(nearestMacro(name)).toBe(name);
  });

  it('finds every macro again when one letter is changed, dropped or doubled', () => {
    const place = fc.nat({ max: 40 });
    const edit = fc.constantFrom<(text: string, at: number) => string>(
      (text, at) => `${text.slice(0, at)}x${text.slice(at + 1)}`,
      (text, at) => text.slice(0, at) + text.slice(at + 1),
      (text, at) => text.slice(0, at + 1) + text.slice(at),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), place, edit, (name, at, change) => {
        expect(nearestMacro(change(name, at % name.length))).toBe(name);
      }),
    );
  });

  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect([...names, undefined]).toContain(nearestMacro(name));
      }),
    );
  });
});
