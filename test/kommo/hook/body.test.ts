import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHookBody } from '../../../src/kommo/hook/body.js';
import { encodeForm } from '../../../src/sandbox/account/hooks/form.js';
import { httpBuildQuery } from './support/php-form.js';
import type { PhpValue } from './support/php-form.js';

const form = 'application/x-www-form-urlencoded';

function read(body: string | Buffer, contentType: string | undefined = form) {
  return readHookBody(Buffer.from(body as string), contentType);
}

function valueOf(body: string | Buffer, contentType?: string): Record<string, unknown> {
  const result = read(body, contentType);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

function reasonOf(body: string | Buffer, contentType?: string): string {
  const result = read(body, contentType);
  if (result.ok) throw new Error(`A refusal was expected, this was read: ${JSON.stringify(result.value)}`);
  return result.reason;
}

describe('the body of a hook', () => {
  const hook = { event: { type: '15', data: { id: '7001' } }, account_id: '12345678' };

  it.each([form, 'application/json', 'text/plain', '', undefined])(
    'is a form or JSON by its first sign, whatever the content type says: %s',
    (contentType) => {
      expect(valueOf(httpBuildQuery(hook), contentType)).toEqual(hook);
      expect(valueOf(JSON.stringify(hook), contentType)).toEqual(hook);
      expect(valueOf(`\uFEFF \r\n${JSON.stringify(hook)}`, contentType)).toEqual(hook);
    },
  );

  it('keeps all seven levels of a custom field, and all fields of a long body', () => {
    const fields = Array.from({ length: 3000 }, (_, at) => ({ id: String(at), values: [{ value: 'X' }] }));
    const body = { leads: { add: [{ custom_fields: fields }] } };

    expect(valueOf(httpBuildQuery(body))).toEqual(body);
  });

  it('keeps ids that stand as indexes', () => {
    const body = { contacts: { update: [{ linked_leads_id: { 10438403: { ID: '10438403' } } }] } };

    expect(valueOf(httpBuildQuery(body))).toEqual(body);
    expect(valueOf(JSON.stringify(body))).toEqual(body);
  });

  it.each([
    ['numbers in any order', 'x[1]=b&x[0]=a'],
    ['empty brackets', 'x[]=a&x[]=b'],
    ['encoded brackets', 'x%5B0%5D=a&x%5b1%5d=b'],
    ['a list of JSON', '{"x":["a","b"]}'],
    ['an object of JSON by number', '{"x":{"0":"a","1":"b"}}'],
  ])('has a list from %s', (_, body) => {
    expect(valueOf(body)).toEqual({ x: ['a', 'b'] });
  });

  it('opens an entry with each pair of empty brackets', () => {
    expect(valueOf('x[][a]=1&x[][a]=2&y[0][]=3&y[0][]=4')).toEqual({
      x: [{ a: '1' }, { a: '2' }],
      y: [['3', '4']],
    });
  });

  it('keeps a list with gaps as an object, written either way', () => {
    expect(valueOf('x[0]=a&x[25]=b')).toEqual({ x: { 0: 'a', 25: 'b' } });
    expect(valueOf('{"x":{"0":"a","25":"b"}}')).toEqual({ x: { 0: 'a', 25: 'b' } });
  });

  it.each([
    'note[type]=4&note[type][uuid]=x&note[type][id]=y',
    'note[type][uuid]=x&note[type]=4&note[type][id]=y',
  ])('keeps a value whose name has members as well: %s', (body) => {
    expect(valueOf(body)).toEqual({ note: { type: { 0: '4', uuid: 'x', id: 'y' } } });
  });

  it('takes the last of two values with the same name', () => {
    expect(valueOf('a=1&a=2&b[c]=3&b[c]=4')).toEqual({ a: '2', b: { c: '4' } });
  });

  it('keeps broken percent codes as text, and puts U+FFFD for broken UTF-8', () => {
    expect(valueOf('a=100%&b=%zz&c=x%FFy&d=1+2')).toEqual({ a: '100%', b: '%zz', c: 'x\uFFFDy', d: '1 2' });
    expect(valueOf(Buffer.from([...Buffer.from('{"a":"x'), 0xff, ...Buffer.from('"}')]))).toEqual({
      a: 'x\uFFFD',
    });
  });

  it('has nothing that PostgreSQL refuses: no NUL, no lone surrogates, no infinite numbers', () => {
    expect(valueOf('a=x%00y&b%00=%ED%A0%80')).toEqual({ a: 'xy', b: '\uFFFD\uFFFD\uFFFD' });
    expect(
      valueOf(
        String.raw`{"a":"x\u0000y","b\ud800":"\udc00😀","c":1e999,"d":-1e999,"e":12345678901234567890}`,
      ),
    ).toEqual({ a: 'xy', 'b\uFFFD': '\uFFFD😀', c: 'Infinity', d: '-Infinity', e: 12345678901234567000 });
  });

  it('loses names that every object has as a member, and pollutes nothing', () => {
    const bodies = [
      '__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1&a[constructor]=2&a[toString]=3&a[b]=4',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1},"constructor":2,"toString":3,"b":"4"}}',
      String.raw`{"\u0000__proto__":{"polluted":1},"a":{"b":"4"}}`,
    ];
    for (const body of bodies) {
      const value = valueOf(body);

      expect(value).toEqual({ a: { b: '4' } });
      expect(Object.keys(value)).toEqual(['a']);
      expect(Object.getPrototypeOf(value['a'])).toBe(Object.prototype);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['', /empty/],
    [' \r\n', /empty/],
    ['[{"event":1}]', /list/],
    ['"event"', /text/],
    ['123', /cut off/],
    ['null', /cut off/],
    ['<event/>', /markup/],
    ['hello', /cut off/],
    ['event[type]=15&event[da', /cut off/],
    ['{"event":{"type":15', /cut off/],
    ['{"0":1}', /list/],
    ['0=1', /list/],
    ['--x\r\nContent-Disposition: form-data; name="event"\r\n\r\n1\r\n--x--', /multipart/],
  ])('is refused with a reason: %j', (body, reason) => {
    expect(reasonOf(body)).toMatch(reason);
  });

  it('is refused as multipart by its content type', () => {
    expect(reasonOf('a=1', 'Multipart/Form-Data; boundary=x')).toMatch(/multipart/);
  });

  it.each([
    ['ten thousand brackets', `a${'[b]'.repeat(10_000)}=1`, /levels deep/],
    ['ten thousand open brackets', `a${'['.repeat(10_000)}=1`, /levels deep/],
    ['ten thousand objects', `{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, /levels deep/],
    ['ten thousand lists', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, /levels deep/],
    ['a hundred thousand fields', 'a[b]=1&'.repeat(100_000), /fields/],
  ])('is refused with %s', (_, body, reason) => {
    expect(reasonOf(body)).toMatch(reason);
  });

  it('comes out as it went into the form, from PHP and from the sandbox', () => {
    fc.assert(
      fc.property(fieldsArbitrary, (fields) => {
        const expected = asForm(fields);
        for (const encoded of [httpBuildQuery(fields), encodeForm(fields)]) {
          expect(read(encoded)).toEqual(
            encoded === ''
              ? { ok: false, reason: expect.stringMatching(/empty/) as string }
              : { ok: true, value: expected },
          );
        }
      }),
    );
  });

  it('comes out as it went into JSON', () => {
    fc.assert(
      fc.property(fieldsArbitrary, (fields) => {
        expect(read(JSON.stringify(fields))).toEqual({ ok: true, value: fields });
      }),
    );
  });

  it('never throws and can always be stored', () => {
    const sign = fc.constantFrom(
      '[',
      ']',
      '&',
      '=',
      '%',
      '%00',
      '%5B',
      '{',
      '}',
      '"',
      ':',
      ',',
      '0',
      '1',
      'a',
      '__proto__',
    );
    const texts = fc.oneof(
      fc.array(sign, { maxLength: 40 }).map((signs) => signs.join('')),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          texts.map((text) => Buffer.from(text)),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (body) => {
          const result = readHookBody(body, undefined);
          const stored = JSON.stringify(result);

          expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/);
          if (result.ok) expect(JSON.parse(stored)).toEqual(result);
          else expect(result.reason).toMatch(/^The .*\.$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const names = fc
  .string({
    minLength: 1,
    maxLength: 8,
    unit: fc.constantFrom('a', 'b', 'é', '_', '-', ' ', '.', '+', '%', '&', '=', 'ю', '7'),
  })
  // A number as a name is an index, a space at the front of a body is cut, and an object has no members of its own.
  .map((name) => `n${name}`);

const { fields: fieldsArbitrary } = fc.letrec<{ value: PhpValue; fields: { [key: string]: PhpValue } }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
      fc.integer(),
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      tie('fields'),
    ),
    fields: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }),
);

/** What is left of it on the wire: every leaf a string, empty containers gone, gaps closed by nobody. */
function asForm(value: PhpValue): unknown {
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = Object.entries(value)
    .map(([name, one]: [string, PhpValue]) => [name, asForm(one)] as const)
    .filter(([, one]) => typeof one !== 'object' || Object.keys(one as object).length > 0);
  const fields = Object.fromEntries(inner);
  const isList = inner.length > 0 && inner.every(([name], index) => name === String(index));
  return isList ? Object.values(fields) : fields;
}
