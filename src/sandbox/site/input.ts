import { isRecord } from '../account/oauth/fields.js';
import { Refusal } from './room.js';

/** A JSON body by its fields. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws Refusal 400 when the body is no object. */
export function inputOf(body: unknown): Input {
  if (!isRecord(body)) throw new Refusal(400, `A JSON object was expected, not ${shown(body)}.`);
  return body;
}

/** @throws Refusal 400 that says what was expected and what came. */
export function refuse(name: string, expected: string, value: unknown): never {
  throw new Refusal(400, `${name}: ${expected} was expected, not ${shown(value)}.`);
}

export function wholeOf(
  input: Input,
  name: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER } = {},
): number {
  const value = input[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return refuse(name, `a whole number ${range}`, value);
}

export function textOf(input: Input, name: string): string {
  const value = input[name];
  return typeof value === 'string' && value.trim() !== '' ? value : refuse(name, 'a text', value);
}

export function flagOf(input: Input, name: string): boolean {
  const value = input[name];
  return typeof value === 'boolean' ? value : refuse(name, 'true or false', value);
}

export function choiceOf<const Choice extends string | number | null>(
  input: Input,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = input[name];
  const chosen = choices.find((choice) => choice === value);
  return chosen === undefined ? refuse(name, `one of ${choices.map(String).join(', ')}`, value) : chosen;
}

/** The value as JSON, cut to a length that fits a sentence. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
