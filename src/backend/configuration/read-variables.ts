import type { ConfigFault, Environment } from '../config.js';
import { type Values, type Variable, type VariableName, variables } from './variables.js';

/** Reads every variable by itself. A value that is wrong counts as not set, and gives a fault. */
export function readVariables(environment: Environment): { values: Partial<Values>; faults: ConfigFault[] } {
  const values: Record<string, unknown> = {};
  const faults: ConfigFault[] = [];
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const text = given(environment, name) ?? variable.default;
    if (text === undefined) continue;
    const read = variable.format.safeParse(text);
    if (read.success) values[name] = read.data;
    else faults.push({ name, message: `Expected ${variable.expected}; got ${shown(text, variable)}.` });
  }
  return { values, faults };
}

/** An empty value is none: `NAME=` in a file of variables. */
export function given(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}

/** The fault of a variable that is needed and was not given. */
export function missing(name: VariableName, why?: string): ConfigFault {
  const { expected, help }: Variable = variables[name];
  return {
    name,
    message: `Expected ${expected}${why === undefined ? '' : `, ${why}`}; it is not set. ${help}`,
  };
}

function shown(text: string, { secret }: Variable): string {
  if (secret === true) return `${text.length} characters that are something else`;
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�').replace(/\/\/[^/@]*@/g, '//…@');
  return `"${safe.length > 80 ? `${safe.slice(0, 80)}…` : safe}"`;
}
