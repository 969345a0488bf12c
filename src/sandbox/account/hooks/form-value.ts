import type { FormValue } from './form.js';

/** What was stored as JSON, as something that a form body can carry. Anything else, a function say, leaves no trace. */
export function formValue(value: unknown): FormValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map(formValue);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, formValue(inner)]));
}
