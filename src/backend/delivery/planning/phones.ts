import { toE164 } from './e164.js';

export { phoneForPeople, toE164 } from './e164.js';

/** What of a contact this reads (`platform/server.md §5.4`). */
export interface ContactFields {
  readonly custom_fields_values?: readonly CustomFieldValues[] | null;
}

export interface CustomFieldValues {
  readonly field_code?: string | null;
  readonly values?: readonly CustomFieldValue[] | null;
}

export interface CustomFieldValue {
  readonly value?: unknown;
  readonly enum_code?: string | null;
  /** The same in older answers. */
  readonly enum?: string | null;
}

export type PhoneResult =
  | {
      readonly ok: true;
      /** E.164. */
      readonly phone: string;
    }
  | { readonly ok: false; readonly reason: 'no_phone' }
  | {
      readonly ok: false;
      readonly reason: 'invalid_phone';
      /** What stands in the card. */
      readonly spelling: string;
    };

/**
 * The number to write to: the first of the contact's phone numbers that is one, in the order of the card, fax numbers
 * last. The field is known by its code alone, which stays when an account renames it and is the same in every language.
 */
export function phoneOf(contact: ContactFields, country: string | undefined): PhoneResult {
  const values = valuesOf(contact, 'PHONE');
  const spellings = [...values.filter((value) => !isFax(value)), ...values.filter(isFax)].map(textOf);
  const [first] = spellings;
  if (first === undefined) return { ok: false, reason: 'no_phone' };
  for (const spelling of spellings) {
    const phone = toE164(spelling, country);
    if (phone !== undefined) return { ok: true, phone };
  }
  return { ok: false, reason: 'invalid_phone', spelling: first };
}

/** The contact's first e-mail address. */
export function emailOf(contact: ContactFields): string | undefined {
  return valuesOf(contact, 'EMAIL')
    .map(textOf)
    .find((text) => text.includes('@'));
}

function valuesOf({ custom_fields_values }: ContactFields, code: string): CustomFieldValue[] {
  return listOf<CustomFieldValues>(custom_fields_values)
    .filter((field) => field.field_code === code)
    .flatMap((field) => listOf<CustomFieldValue>(field.values))
    .filter((value) => textOf(value) !== '');
}

function isFax({ enum_code, enum: older }: CustomFieldValue): boolean {
  return (enum_code ?? older) === 'FAX';
}

function textOf({ value }: CustomFieldValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function listOf<T extends object>(value: unknown): T[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((one): one is T => typeof one === 'object' && one !== null);
}
