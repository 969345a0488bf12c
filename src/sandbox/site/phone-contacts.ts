import type { Account } from '../account/state.js';
import type { PhoneMessage } from '../phone-wire.js';

/** Finds the contact of the account who has a number. */
export type FindContact = (number: string) => PhoneMessage['contact'];

/** Digits at the end by which candidates are found: no number in use has fewer. */
const ending = 7;

/** Reads the contacts once, for many numbers. Numbers are compared by their digits, however they are written. */
export function contactFinder({ contacts }: Pick<Account, 'contacts'>): FindContact {
  const byEnding = new Map<
    string,
    { readonly digits: string; readonly id: number; readonly name: string }[]
  >();
  for (const { id, name, is_deleted, custom_fields_values } of contacts.values()) {
    if (is_deleted) continue;
    for (const { field_code, values } of custom_fields_values ?? []) {
      if (field_code !== 'PHONE') continue;
      for (const { value } of values) {
        const digits = digitsOf(String(value));
        const key = digits.slice(-ending);
        if (key.length === ending) byEnding.set(key, [...(byEnding.get(key) ?? []), { digits, id, name }]);
      }
    }
  }
  return (number) => {
    const digits = digitsOf(number);
    const candidates = byEnding.get(digits.slice(-ending)) ?? [];
    const found =
      candidates.find((one) => one.digits === digits) ??
      candidates.find((one) => isNationalForm(one.digits, digits));
    return found === undefined ? null : { id: found.id, name: found.name };
  };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Whether the digits may be the number as it is written within its country: without the country's code, after 0 or 8. */
function isNationalForm(digits: string, number: string): boolean {
  const national = digits.replace(/^0+/, '');
  if (number.endsWith(national)) return true;
  return national.length === 11 && national.startsWith('8') && number.endsWith(national.slice(1));
}
