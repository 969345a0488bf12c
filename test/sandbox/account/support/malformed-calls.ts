import fc from 'fast-check';
import { soundBodies } from './sound-bodies.js';

/** Names that the API knows somewhere, so that random bodies reach more than the first check. */
const names = fc.constantFrom(
  ...['id', 'name', 'price', 'status_id', 'pipeline_id', 'responsible_user_id', 'created_by', 'tags'],
  ...['custom_fields_values', 'field_id', 'field_code', 'values', 'value', 'enum_id', 'enum_code', 'enums'],
  ...['_embedded', 'contacts', 'companies', 'leads', 'source', 'external_id', 'metadata', 'is_main'],
  ...['entity_id', 'entity_type', 'to_entity_id', 'to_entity_type', 'note_type', 'params', 'text', 'service'],
  ...['complete_till', 'result', 'direction', 'duration', 'phone', 'uniq', 'call_responsible', 'request_id'],
  ...[
    'source_uid',
    'source_name',
    'destination',
    'settings',
    'sort',
    'services',
    'add',
    'element_id',
    'type',
  ],
  ...['bot_id', 'data', 'execute_handlers', 'contact_id', 'chat_id', 'user_id', 'users', 'phone_number'],
  ...['__proto__', 'constructor', 'toString', '', '\u0000', 'имя', '💬'],
);

/** Values that fit somewhere, and others that fit nowhere. */
const leaf = fc.oneof(
  fc.constantFrom(7001, 8001, 9001, 6001, 11, 142, 50, 501, 1, 2, 12, 15, true, false, null, '', 'leads'),
  fc.constantFrom('common', 'contacts', 'add_lead', 'inbound', 'PHONE', 'WORK', '+15550100', 'text', '7001'),
  fc.constantFrom(2 ** 53, 1e308, -1, 0.5, '\ud800', '__proto__', 'x'.repeat(300)),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.uniqueArray(fc.tuple(names, tie('any')), { maxLength: 8, selector: ([name]) => name }),
  ),
})).any;

/** JSON text with keys as drawn: an object in JavaScript would lose `__proto__`. */
function jsonOf(drawn: unknown): string {
  if (!Array.isArray(drawn)) return JSON.stringify(drawn);
  const isObject = drawn.length > 0 && drawn.every((one) => Array.isArray(one) && typeof one[0] === 'string');
  if (!isObject) return `[${drawn.map(jsonOf).join(',')}]`;
  const members = drawn.map(([key, one]: [string, unknown]) => `${JSON.stringify(key)}:${jsonOf(one)}`);
  return `{${members.join(',')}}`;
}

const object = fc
  .uniqueArray(fc.tuple(names, value), { maxLength: 10, selector: ([name]) => name })
  .map((members) => (members.length === 0 ? '{}' : jsonOf(members)));
/** How to make a body: drawn instead of its bytes, so that a failing one can be read. */
type Recipe = readonly [kind: keyof typeof makers, text: string, count: number];
const makers = {
  text: (text: string) => text,
  cut: (text: string, count: number) => text.slice(0, count),
  many: (text: string, count: number) => `[${Array<string>(count).fill(text).join(',')}]`,
  lists: (_text: string, count: number) => '['.repeat(count) + ']'.repeat(count),
  deep: (name: string, count: number) =>
    `[{"entity_id":7001,"${name}":${'{"a":'.repeat(count)}1${'}'.repeat(count)}}]`,
  blanks: (_text: string, count: number) => ' '.repeat(count),
} as const;
const makersOf = (kind: keyof typeof makers, text: fc.Arbitrary<string>, count: fc.Arbitrary<number>) =>
  fc.tuple(fc.constant(kind), text, count);
const list = fc.array(object, { maxLength: 4 }).map((items) => `[${items.join(',')}]`);
const no = { text: fc.constant(''), count: fc.constant(0) } as const;
const bodies: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 4, arbitrary: makersOf('text', list, no.count) },
  { weight: 2, arbitrary: makersOf('text', object, no.count) },
  makersOf(
    'text',
    list.map((items) => `{"add":${items}}`),
    no.count,
  ),
  makersOf('text', value.map(jsonOf), no.count),
  makersOf('text', fc.string({ unit: 'binary', maxLength: 60 }), no.count),
  makersOf('cut', list, fc.nat(200)),
  makersOf('many', fc.constantFrom('{"name":"x"}', '{}', '1'), fc.constantFrom(51, 250, 251, 300)),
  makersOf('lists', no.text, fc.constantFrom(2, 100, 5000, 200_000)),
  makersOf(
    'deep',
    names.filter((name) => name !== '\u0000'),
    fc.constantFrom(20, 70, 20_000),
  ),
  makersOf('blanks', no.text, fc.constantFrom(1, 100_000)),
);

const contentTypes = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    ...['application/hal+json', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded'],
    ...['text/plain', 'multipart/form-data', 'application', '', 'application/json, text/html'],
  ),
);
const parameters = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('7001', '8001', '9001', '6001', '1') },
  fc.constantFrom(
    ...['7001', '8001', '9001', '6001', '11', '50', '501', '99', '0', '-1', '9'.repeat(40), '1e3', '007'],
    ...['leads', '__proto__', 'constructor', '%00', '%ff', '%', '%2e%2e', '%F0%9F%92%AC', 'a'.repeat(300)],
  ),
);
const queries = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc
    .array(
      fc.tuple(
        fc.constantFrom(
          ...['filter', 'filter[id][]', 'filter[created_at][from]', 'filter[entity_id][0]', 'filter[name]'],
          ...[
            'page',
            'limit',
            'with',
            'query',
            'order[id]',
            'filter[statuses][0][status_id]',
            '__proto__[a]',
          ],
          ...['filter[__proto__]', 'filter[custom_fields_values][1][]', 'a'.concat('[a]'.repeat(30))],
        ),
        fc.constantFrom('1', '0', '-1', '250', '251', 'x', '', '%', '%ff', '9'.repeat(30), 'a,b', '{}', '[]'),
      ),
      { maxLength: 4 },
    )
    .map((pairs) => `?${pairs.map(([name, one]) => `${name}=${one}`).join('&')}`),
);

/** A body that is sound but for one thing: `at` says where, a step at a time, and what stands there then. */
const flaw = fc.record({
  at: fc.array(fc.nat(20), { maxLength: 6 }),
  put: fc.oneof(
    value.map(jsonOf),
    fc.constantFrom(20, 70, 5000).map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
  ),
  sample: fc.nat(),
});

function flawed(
  body: unknown,
  { at, put }: { readonly at: readonly number[]; readonly put: string },
): string {
  const [step, ...rest] = at;
  if (step === undefined || typeof body !== 'object' || body === null) return put;
  const members = Object.entries(body);
  const chosen = step % Math.max(1, members.length);
  const printed = members.map(([name, one], index) => {
    const text = index === chosen ? flawed(one, { at: rest, put }) : JSON.stringify(one);
    return Array.isArray(body) ? text : `${JSON.stringify(name)}:${text}`;
  });
  return Array.isArray(body) ? `[${printed.join(',')}]` : `{${printed.join(',')}}`;
}

/** A call to one of the routes, by its number, with whatever may be wrong with it. */
export const malformedCall = fc.record({
  route: fc.nat(),
  parameters: fc.array(parameters, { minLength: 3, maxLength: 3 }),
  query: queries,
  contentType: contentTypes,
  body: bodies,
  flaw: fc.option(flaw, { freq: 3 }),
  // Bytes that are no UTF-8.
  isLatin: fc.boolean(),
});
export type MalformedCall = typeof malformedCall extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The body of a call to this route. */
export function bodyOf({ body: [kind, text, count], flaw: wanted }: MalformedCall, path: string): string {
  const sound = soundBodies.filter(([end]) => end.test(path.replaceAll(/\([^)]*\)/g, '')));
  const sample = wanted === null ? undefined : sound[wanted.sample % Math.max(1, sound.length)];
  return wanted === null || sample === undefined ? makers[kind](text, count) : flawed(sample[1], wanted);
}
