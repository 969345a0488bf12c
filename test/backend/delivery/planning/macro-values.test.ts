import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  macroValues,
  neededFor,
  renderText,
} from '../../../../src/backend/delivery/planning/macro-values.js';
import { macros, macroTag } from '../../../../src/contract/macros.js';
import { languages } from '../../../../src/kommo/languages.js';
import type { MacroSources } from '../../../../src/backend/delivery/planning/macro-values.js';

const lead: MacroSources = {
  entity: { id: 1024, name: 'Order 1024', price: 1500 },
  elementType: 2,
  contact: { name: 'Anna Smith', first_name: 'Anna', last_name: 'Smith' },
  phone: '+12025550123',
  email: 'anna@example.com',
  manager: { name: 'James Miller', email: 'james@example.com', phone: '+1 202 555 0187' },
  pipelineName: 'Sales',
  stageName: 'In delivery',
  origin: 'https://example.kommo.com',
  currency: 'USD',
  language: 'en',
};

function samplesOf(language: string): Record<string, string> {
  const file = new URL(`../../../../i18n/${language}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { macros: { samples: Record<string, string> } }).macros
    .samples;
}

describe('The values of the macros', () => {
  it.each(languages)('have the form of the samples that the preview shows, %s', (language) => {
    const samples = samplesOf(language);
    const sources: MacroSources = {
      ...lead,
      language,
      entity: {
        id: 1024,
        name: samples['lead_name'],
        price: Number(samples['lead_price']?.replace(/\D/g, '')),
      },
      contact: {
        name: samples['contact_name'],
        first_name: samples['contact_first_name'],
        last_name: samples['contact_last_name'],
      },
      email: samples['contact_email'],
      manager: { name: samples['manager_name'], email: samples['manager_email'], phone: '+12025550187' },
      pipelineName: samples['pipeline_name'],
      stageName: samples['stage_name'],
      origin: language === 'ru' ? 'https://example.amocrm.ru' : 'https://example.kommo.com',
      currency: { en: 'USD', es: 'USD', pt: 'BRL', tr: 'TRY', id: 'IDR', ru: 'RUB' }[language],
    };
    expect(macroValues(sources)).toEqual(samples);
  });

  it('speak of the customer where the event is about one', () => {
    const customer: MacroSources = {
      ...lead,
      elementType: 12,
      entity: { id: 77, name: 'Northgate Bicycles', price: 1, next_price: 1200 },
      pipelineName: undefined,
      stageName: 'Regular',
    };
    expect(macroValues(customer)).toMatchObject({
      lead_name: 'Northgate Bicycles',
      lead_id: '77',
      lead_price: '1,200',
      lead_link: 'https://example.kommo.com/customers/detail/77',
      stage_name: 'Regular',
      pipeline_name: '',
    });
  });

  it('are empty texts where the account knows nothing', () => {
    const values = macroValues({
      entity: {},
      elementType: 2,
      origin: 'https://example.kommo.com',
      language: 'en',
    });
    expect(values).toEqual(Object.fromEntries(macros.map(({ name }) => [name, ''])));
  });

  it('never hold undefined, null or NaN, whatever the API answers', () => {
    const odd = fc.constantFrom(undefined, null, Number.NaN, Infinity, '', {}, [], true);
    const record = (...names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, odd])));
    fc.assert(
      fc.property(
        record('id', 'name', 'price', 'next_price'),
        record('name', 'first_name', 'last_name'),
        record('name', 'email', 'phone'),
        fc.constantFrom(2, 12),
        odd,
        (entity, contact, manager, elementType, rest) => {
          const sources = { ...lead, entity, contact, manager, elementType, phone: rest, email: rest };
          for (const value of Object.values(macroValues(sources as MacroSources))) {
            expect(value).not.toMatch(/undefined|null|NaN|Infinity|object|∞/);
          }
        },
      ),
    );
  });
});

describe('The sale value', () => {
  const price = (value: unknown, options: Partial<MacroSources> = {}) =>
    macroValues({ ...lead, entity: { price: value }, ...options }).lead_price;

  it('is written as in the country of the account', () => {
    expect(price(1_234_500, { language: 'es', country: 'MX' })).toBe('1,234,500');
    expect(price(1_234_500, { language: 'es', country: 'AR' })).toBe('1.234.500');
    expect(price(1_500, { language: 'es', country: 'ES' })).toBe('1.500');
    expect(price(1_500, { language: 'pt', country: 'PT' })).toBe('1 500');
    expect(price(1_500, { language: 'ru', country: 'KZ' })).toBe('1 500');
    expect(price(1_500, { language: 'en', country: 'not a country' })).toBe('1,500');
  });

  it('has decimals only where there are any, as many as the currency has', () => {
    expect(price(1500.5)).toBe('1,500.50');
    expect(price(1500.5, { currency: 'JPY' })).toBe('1,501');
    expect(price(1500.5, { currency: undefined })).toBe('1,500.50');
    expect(price(1500.5, { currency: 'not a currency' })).toBe('1,500.50');
    expect(price(1500.5, { currency: 'XYZ' })).toBe('1,500.50');
  });

  it('is zero where it is zero, and empty where there is none', () => {
    expect(price(0)).toBe('0');
    expect(price('1500')).toBe('1,500');
    for (const none of [null, undefined, '', ' ', 'much', Number.NaN, {}]) expect(price(none)).toBe('');
  });

  it('holds no blank that would make an SMS twice as expensive', () => {
    expect(price(1_234_567, { language: 'ru' })).toBe('1 234 567');
  });
});

describe('The names of a contact', () => {
  const namesOf = (contact: NonNullable<MacroSources['contact']>) => {
    const values = macroValues({ ...lead, contact });
    return [values.contact_name, values.contact_first_name, values.contact_last_name];
  };

  it.each([
    [{ name: 'Anna Smith', first_name: 'Anna', last_name: 'Smith' }, 'Anna Smith', 'Anna', 'Smith'],
    [{ name: 'Anna Smith', first_name: '', last_name: '' }, 'Anna Smith', 'Anna', 'Smith'],
    [
      { name: 'Anna Maria Smith', first_name: null, last_name: null },
      'Anna Maria Smith',
      'Anna',
      'Maria Smith',
    ],
    [{ name: 'Anna' }, 'Anna', 'Anna', ''],
    [{ name: ' Anna\u00a0 Smith ' }, 'Anna Smith', 'Anna', 'Smith'],
    [{ name: 'Anna Maria Smith', last_name: 'Smith' }, 'Anna Maria Smith', 'Anna Maria', 'Smith'],
    [{ name: 'Smith Anna', last_name: 'Smith' }, 'Smith Anna', 'Anna', 'Smith'],
    [{ name: 'Smith', last_name: 'Smith' }, 'Smith', '', 'Smith'],
    [{ name: 'Anna', first_name: 'Anna', last_name: '' }, 'Anna', 'Anna', ''],
    [{ name: '', first_name: 'Anna', last_name: 'Smith' }, 'Anna Smith', 'Anna', 'Smith'],
    [{ first_name: 'Anna' }, 'Anna', 'Anna', ''],
    [{ last_name: 'Smith' }, 'Smith', '', 'Smith'],
    [{ name: '+1 202 555 0123' }, '+1 202 555 0123', '', ''],
    [{ name: null }, '', '', ''],
    [{}, '', '', ''],
  ])('%j', (contact, ...names) => {
    expect(namesOf(contact)).toEqual(names);
  });
});

describe('What has to be read for a text', () => {
  it('is nothing for a text without macros and for those of the contact', () => {
    const nothing = { manager: false, pipeline: false, account: false };
    expect(neededFor('Hello, {{contact_name}}, {{ contact_phone }}, {{lead_name}}, {{nothing}}')).toEqual(
      nothing,
    );
    expect(neededFor('')).toEqual(nothing);
  });

  it('is the responsible user, the pipeline and the account where their macros stand', () => {
    for (const name of ['manager_name', 'manager_phone', 'manager_email']) {
      expect(neededFor(`{{ ${name} }}`)).toEqual({ manager: true, pipeline: false, account: false });
    }
    for (const name of ['stage_name', 'pipeline_name']) {
      expect(neededFor(`{{${name}}}`)).toEqual({ manager: false, pipeline: true, account: false });
    }
    expect(neededFor('{{lead_price}}')).toEqual({ manager: false, pipeline: false, account: true });
  });
});

describe('A rendered text', () => {
  it('has its macros filled in and unknown ones as they are written', () => {
    expect(renderText('Hello, {{contact_first_name}}! {{nothing}}', macroValues(lead))).toBe(
      'Hello, Anna! {{nothing}}',
    );
  });

  it('is empty when nothing is left of it', () => {
    expect(renderText('{{contact_email}}', {})).toBe('');
    expect(renderText(' {{contact_email}}\n{{ lead_name }} \u200b\ufeff', {})).toBe('');
  });

  it('has no blanks where a macro at one of its ends has no value, and keeps its lines', () => {
    expect(renderText('{{contact_name}} \nYour order:\n\n  ready 👍 {{stage_name}}', {})).toBe(
      'Your order:\n\n  ready 👍',
    );
  });

  it('does not look for macros in the values', () => {
    expect(renderText('{{contact_name}}', { contact_name: '{{lead_price}}' })).toBe('{{lead_price}}');
  });

  it('holds no known macro any more, whatever is known', () => {
    const parts = fc.array(
      fc.oneof(fc.constantFrom(...macros.map(({ name }) => macroTag(name))), fc.string()),
    );
    const some = fc.dictionary(
      fc.constantFrom(...macros.map(({ name }) => name)),
      fc.stringMatching(/^[^{}]*$/),
    );
    fc.assert(
      fc.property(parts, some, (texts, values) => {
        const rendered = renderText(texts.join(' '), values);
        for (const { name } of macros) expect(rendered).not.toContain(macroTag(name));
        expect(rendered).toBe(rendered.trim());
      }),
    );
  });
});
