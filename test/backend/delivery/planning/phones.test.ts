import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneForPeople, toE164 } from '../../../../src/backend/delivery/planning/e164.js';
import { emailOf, phoneOf } from '../../../../src/backend/delivery/planning/phones.js';

describe('A phone number in a national spelling', () => {
  it.each([
    ['US', '(617) 555-0110', '+16175550110'],
    ['US', '1 617 555 0110', '+16175550110'],
    ['US', '617.555.0110', '+16175550110'],
    ['US', '011 55 11 98765-4321', '+5511987654321'],
    ['BR', '(11) 98765-4321', '+5511987654321'],
    ['BR', '0 15 11 98765-4321', '+5511987654321'],
    ['BR', '011 98765-4321', '+5511987654321'],
    ['PT', '912 345 678', '+351912345678'],
    ['ES', '612 34 56 78', '+34612345678'],
    ['MX', '55 1234 5678', '+525512345678'],
    ['MX', '044 55 1234 5678', '+525512345678'],
    ['AR', '011 15-2345-6789', '+5491123456789'],
    ['CO', '321 1234567', '+573211234567'],
    ['CL', '9 6123 4567', '+56961234567'],
    ['PE', '912 345 678', '+51912345678'],
    ['TR', '0 (501) 234 56 78', '+905012345678'],
    ['TR', '501 234 56 78', '+905012345678'],
    ['ID', '0812-3456-789', '+628123456789'],
    ['ID', '62 812 3456 789', '+628123456789'],
    ['RU', '8 (912) 345-67-89', '+79123456789'],
    ['RU', '9123456789', '+79123456789'],
    ['RU', '79123456789', '+79123456789'],
    ['RU', '8~10 49 30 12345678', '+493012345678'],
    ['KZ', '8 701 234 5678', '+77012345678'],
    ['BY', '8 029 491-19-11', '+375294911911'],
    ['UZ', '91 234 56 78', '+998912345678'],
    ['KG', '0700 123 456', '+996700123456'],
    ['DE', '030/12345678', '+493012345678'],
    ['DE', '(0171) 123 45 67', '+491711234567'],
    ['GB', '07400 123456', '+447400123456'],
    ['IT', '06 1234 5678', '+390612345678'],
    ['FR', '06·12·34·56·78', '+33612345678'],
    ['IN', '081234 56789', '+918123456789'],
    ['AU', '0011 1 617 555 0110', '+16175550110'],
  ])('%s: %s is %s', (country, spelling, e164) => {
    expect(toE164(spelling, country)).toBe(e164);
    expect(toE164(spelling, country.toLowerCase())).toBe(e164);
  });
});

describe('A phone number in an international spelling', () => {
  it.each([
    '+1 617 555 0110',
    '+1 (617) 555-0110',
    '(+1) 617 555 0110',
    '+ 1 617 555 0110',
    '001 617 555 0110',
    '16175550110',
    '1-617-555-0110',
    'tel:+1-617-555-0110',
    'tel:+16175550110;ext=12',
    'tel:555-0110;phone-context=+1617',
    'https://wa.me/16175550110',
    '+1 617 555 0110 ext. 12',
    '+1 617 555 0110 доб. 12',
    '+1 617 555 0110 x12',
    '+16175550110,,12#',
    'Mobile: +1 617 555 0110',
    '+1 617 555 0110 (Anna, after 6)',
    '\u202a+1\u00a0617\u202f555\u20110110\u202c',
    '\ufeff+1\u200b617\u200d555\u00ad0110',
    '+1–617—555−0110',
    '+16175550110',
    '+١٦١٧٥٥٥٠١١٠',
    '+۱۶۱۷۵۵۵۰۱۱۰',
    '+१६१७५५५०११०',
    '+1 617 555 0110, +1 617 555 0111',
    '+1 617 555 0110; 617 555 0111',
    '+1 617 555 0110 / +1 617 555 0111',
    '+1 617 555 0110/0111',
    '+1 617 555 0110\n+1 617 555 0111',
    '+1 617 555 0110 +1 617 555 0111',
    '16175550110 16175550111',
    '12, +1 617 555 0110',
  ])('%j is found whatever the country', (spelling) => {
    for (const country of ['US', 'BR', 'RU', 'ID', 'TR']) {
      expect(toE164(spelling, country)).toBe('+16175550110');
    }
  });

  it('is found without a country too, if it is long enough to be one', () => {
    expect(toE164('+55 11 98765-4321', undefined)).toBe('+5511987654321');
    expect(toE164('5511987654321', undefined)).toBe('+5511987654321');
    expect(toE164('5511987654321', 'ZZ')).toBe('+5511987654321');
    expect(toE164('11 98765-4321', undefined)).toBeUndefined();
  });

  it('loses the zero that is dialled at home, except where it belongs to the number', () => {
    expect(toE164('+44 (0)20 7946 0958', 'US')).toBe('+442079460958');
    expect(toE164('+49 (0) 30 / 12 34 56 78', 'US')).toBe('+493012345678');
    expect(toE164('+39 06 1234 5678', 'US')).toBe('+390612345678');
    expect(toE164('+39 (0)6 1234 5678', 'US')).toBe('+390612345678');
  });

  it('loses the 1 that Mexican mobile numbers used to have', () => {
    expect(toE164('+52 1 55 1234 5678', 'MX')).toBe('+525512345678');
    expect(toE164('5215512345678', 'US')).toBe('+525512345678');
  });
});

describe('A number that no plan knows', () => {
  it('goes through when it is as long as a number of its country', () => {
    expect(toE164('+1 555 555 0123', 'BR')).toBe('+15555550123');
    expect(toE164('(555) 555-0123', 'US')).toBe('+15555550123');
    expect(toE164('+1 202 555 0123', 'RU')).toBe('+12025550123');
    expect(toE164('+15550100', 'US')).toBe('+15550100');
    expect(toE164('+7 000 123 45 67', 'RU')).toBe('+70001234567');
  });

  it('comes after one that is known', () => {
    expect(toE164('+1 555 555 0123, +1 617 555 0110', 'US')).toBe('+16175550110');
  });
});

describe('What is no phone number', () => {
  it.each([
    ['US', ''],
    ['US', '   '],
    ['US', 'call the office'],
    ['US', '-'],
    ['US', '+'],
    ['US', '12'],
    ['US', '555-0110'],
    ['BR', '98765-4321'],
    // With a plus before it this would be a number of Myanmar.
    ['BR', '95123-4567'],
    ['RU', '345-67-89'],
    ['RU', '8 912 345 67'],
    ['RU', '8 912 345 67 890'],
    ['DE', '12345'],
    ['US', '+999 123 456 789'],
    ['US', '12345678901234567890123456'],
    ['US', '0000000000'],
    ['BR', '11 99999-999'],
    ['RU', '+7 000 000 00 00'],
    ['US', 'anna@example.com'],
  ])('%s: %j', (country, spelling) => {
    expect(toE164(spelling, country)).toBeUndefined();
  });
});

it('letters of a keypad are read where they follow a hyphen', () => {
  expect(toE164('1-800-FLOWERS', 'US')).toBe('+18003569377');
  expect(toE164('800-flowers', 'US')).toBe('+18003569377');
});

it('no text and no country makes it throw, and what comes back is E.164', () => {
  const soup = fc.oneof(
    fc.array(fc.nat(0x10ffff), { maxLength: 400 }).map((codes) => String.fromCodePoint(...codes)),
    fc.string({
      unit: fc.constantFrom(...Array.from('0123456789+()-/.,;x #\u00a0\u200f٣一A')),
      maxLength: 400,
    }),
  );
  fc.assert(
    fc.property(
      soup,
      fc.option(fc.oneof(fc.string(), fc.constantFrom('US', 'RU', 'BR', 'de'))),
      (text, country) => {
        const e164 = toE164(text, country ?? undefined);
        if (e164 !== undefined) expect(e164).toMatch(/^\+[1-9]\d{6,14}$/);
      },
    ),
    { numRuns: 2000 },
  );
});

it('what comes out goes in again and stays the same, in any country', () => {
  const number = fc
    .tuple(fc.constantFrom('+1617555', '+5511987', '+7912345', '+628123', '+905012'), fc.nat(9999))
    .map(([start, end]) => start + String(end).padStart(4, '0'));
  fc.assert(
    fc.property(number, fc.constantFrom('US', 'BR', 'RU', 'ID', 'TR', undefined), (spelling, country) => {
      const e164 = toE164(spelling, country);
      if (e164 === undefined) return;
      expect(toE164(e164, 'GB')).toBe(e164);
      expect(toE164(phoneForPeople(e164), 'GB')).toBe(e164);
    }),
  );
});

it('a long row of digits, spaces and brackets is read at once', () => {
  const started = performance.now();
  for (const text of ['1 '.repeat(50_000), '(+ '.repeat(50_000), '0/'.repeat(50_000), '9'.repeat(100_000)]) {
    toE164(text, 'US');
  }
  expect(performance.now() - started).toBeLessThan(1000);
});

describe('The phone of a contact', () => {
  const contact = (...values: { value?: unknown; enum_code?: string | null; enum?: string }[]) => ({
    custom_fields_values: [
      { field_code: 'POSITION', values: [{ value: '+1 617 555 0199' }] },
      { field_code: 'PHONE', values },
      { field_code: 'EMAIL', values: [{ value: ' anna@example.com ', enum_code: 'WORK' }] },
    ],
  });

  it('is the first of its numbers, whatever its kind', () => {
    const two = contact(
      { value: '617 555 0110', enum_code: 'OTHER' },
      { value: '617 555 0111', enum_code: 'MOB' },
    );
    expect(phoneOf(two, 'US')).toEqual({ ok: true, phone: '+16175550110' });
  });

  it('is a fax number only when there is no other', () => {
    const fax = { value: '617 555 0110', enum_code: 'FAX' };
    expect(phoneOf(contact(fax, { value: '617 555 0111' }), 'US')).toEqual({
      ok: true,
      phone: '+16175550111',
    });
    expect(phoneOf(contact({ value: '617 555 0110', enum: 'FAX' }, { value: '617 555 0111' }), 'US')).toEqual(
      {
        ok: true,
        phone: '+16175550111',
      },
    );
    expect(phoneOf(contact(fax), 'US')).toEqual({ ok: true, phone: '+16175550110' });
  });

  it('is the first that is a number at all, and a number in JSON is one', () => {
    expect(phoneOf(contact({ value: 'ask Anna' }, { value: 6175550110 }), 'US')).toEqual({
      ok: true,
      phone: '+16175550110',
    });
  });

  it('is missing where the card has none', () => {
    const missing = { ok: false, reason: 'no_phone' };
    expect(phoneOf({ custom_fields_values: null }, 'US')).toEqual(missing);
    expect(phoneOf({}, 'US')).toEqual(missing);
    expect(phoneOf(contact(), 'US')).toEqual(missing);
    expect(phoneOf(contact({ value: '  ' }, { value: null }, {}), 'US')).toEqual(missing);
    expect(phoneOf({ custom_fields_values: [{ field_code: 'PHONE', values: null }] }, 'US')).toEqual(missing);
  });

  it('is invalid where the card has something else there, which is told', () => {
    expect(phoneOf(contact({ value: ' 12-34 ' }), 'US')).toEqual({
      ok: false,
      reason: 'invalid_phone',
      spelling: '12-34',
    });
  });

  it('never throws over an answer of another shape', () => {
    fc.assert(
      fc.property(fc.anything(), (custom_fields_values) => {
        phoneOf({ custom_fields_values } as never, 'US');
        emailOf({ custom_fields_values } as never);
      }),
    );
  });

  it('has its e-mail address beside it', () => {
    expect(emailOf(contact())).toBe('anna@example.com');
    expect(emailOf({})).toBeUndefined();
    expect(
      emailOf({
        custom_fields_values: [{ field_code: 'EMAIL', values: [{ value: 'none' }, { value: 'a@b.co' }] }],
      }),
    ).toBe('a@b.co');
  });
});

it('numbers are written for people as in the samples of the preview', () => {
  expect(phoneForPeople('+12025550123')).toBe('+1 202 555 0123');
  expect(phoneForPeople('')).toBe('');
  expect(phoneForPeople('nothing')).toBe('nothing');
});
