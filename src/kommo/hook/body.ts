import { readForm } from './form.js';
import { cleanValue } from './clean-value.js';

export type HookBodyResult =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  /** `reason` is a sentence for whoever sent it. */
  | { readonly ok: false; readonly reason: string };

/** Levels of a body; the deepest that the platform sends, fields of an incoming lead, has eleven (`§4.2`, `§10`). */
const mostLevels = 16;

/** Fields of a form; bodies of 1500 are real (`platform/server.md §10`). */
const mostFields = 20_000;

/**
 * The body of a hook, which is a form with PHP's brackets where the documentation prints JSON. The first sign decides
 * between the two, whatever the content type says (`platform/server.md §0.1`). Never throws, takes linear time and
 * expects a body whose size is limited already.
 *
 * | of the body                               | becomes                                                         |
 * | ----------------------------------------- | --------------------------------------------------------------- |
 * | names from 0 upwards without a gap, lists | a list                                                          |
 * | other names, numbers with gaps as well    | an object: ids stand as names (`linked_leads_id[7]`)            |
 * | names that every object has as a member   | nothing: `__proto__`, `constructor`, `toString`, …              |
 * | a name with both a value and members      | an object, the value in it as `0`                               |
 * | the same name twice                       | the last one, as PHP has it                                     |
 * | NUL, lone surrogates, broken UTF-8        | nothing, U+FFFD, U+FFFD: PostgreSQL takes none of them          |
 * | broken percent codes                      | the text as it stands                                           |
 * | numbers of JSON beyond what can be stored | their text                                                      |
 */
export function readHookBody(body: Buffer, contentType: string | undefined): HookBodyResult {
  const text = body
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text === '') return refused('The body is empty; a form or a JSON object was expected.');
  if (contentType?.trim().toLowerCase().startsWith('multipart/') === true || text.startsWith('--')) {
    return refused('The body is multipart; application/x-www-form-urlencoded or JSON was expected.');
  }
  const parsed = /^[[{"<]/.test(text) ? readJson(text) : readForm(text, { mostLevels, mostFields });
  if (!parsed.ok) return parsed;
  const cleaned = cleanValue(parsed.value, mostLevels);
  if (!cleaned.ok) return refused(`The body is nested more than ${mostLevels} levels deep.`);
  const { value } = cleaned;
  if (Array.isArray(value)) return refused('The body is a list; an object with named fields was expected.');
  return { ok: true, value: value as Record<string, unknown> };
}

function readJson(text: string): HookBodyResult {
  if (!text.startsWith('{')) {
    return refused(
      text.startsWith('<')
        ? 'The body is markup; a form or a JSON object was expected.'
        : `The body is ${text.startsWith('[') ? 'a list' : 'a text'}; an object with named fields was expected.`,
    );
  }
  try {
    return { ok: true, value: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return refused('The body begins like JSON and is none: it may have been cut off.');
  }
}

function refused(reason: string): HookBodyResult {
  return { ok: false, reason };
}
