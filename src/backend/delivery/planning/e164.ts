// "max" holds the patterns of every kind of number: which of several readings of a spelling is a real number decides
// here, and the lengths alone ("min") don't tell. Its 150 kB do not matter on a server.
import { getExampleNumber, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { phoneSpellings } from './phone-spelling.js';
import type { DialledDigits } from './phone-spelling.js';

/**
 * A phone number as a person has typed or pasted it → E.164, as `+16175550110`; undefined when there is none in it.
 * `country` is the ISO 3166 code of the country whose national spellings are understood: the account's.
 *
 * | spelling                                       | is read as                                    |
 * | ---------------------------------------------- | --------------------------------------------- |
 * | `+…`, `00…`, the country's own prefix (`011…`) | international                                 |
 * | anything else                                  | national, if there is such a number           |
 * | 11 digits and more that are not national       | international without its plus, if it exists  |
 * | several numbers                                | the first that exists                         |
 *
 * Numbers that the numbering plan knows come first. After them comes what is merely as long as a number of the
 * country: plans change more often than this package, and ranges kept free for trying things out (+1 555 555 01xx)
 * belong to no one. Whether somebody is there is for the chat service to say.
 */
export function toE164(spelling: string, country: string | undefined): string | undefined {
  const home = countryCode(country);
  const { spellings, pieces } = phoneSpellings(spelling);
  for (const digits of [...spellings, ...pieces]) {
    const exact = readings(digits, home).find((number) => number.isValid());
    if (exact) return exact.number;
  }
  for (const digits of spellings) {
    const likely = readings(digits, home).find((number) => isLikely(number, digits));
    if (likely) return likely.number;
  }
  return undefined;
}

/** E.164 → as it is written for people, `+1 617 555 0110`; a text that is none comes back as it is. */
export function phoneForPeople(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

function countryCode(country: string | undefined): CountryCode | undefined {
  const code = country?.trim().toUpperCase();
  return code !== undefined && isSupportedCountry(code) ? code : undefined;
}

/** What a spelling may stand for, the likeliest first. */
function readings({ plus, digits }: DialledDigits, home: CountryCode | undefined): PhoneNumber[] {
  const found: (PhoneNumber | undefined)[] = [];
  if (!plus) found.push(parse(home === 'MX' ? withoutFormerPrefix(digits) : digits, home));
  if (!plus && digits.startsWith('00')) found.push(parse(`+${digits.slice(2)}`));
  // Ten digits and fewer are a local number more often than a foreign one whose plus was forgotten.
  if (plus || digits.length >= 11) found.push(parse(`+${digits}`));
  return found.filter((number) => number !== undefined);
}

function parse(text: string, home?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(withoutFormerDigit(text), home && { defaultCountry: home });
}

/** Mexico dropped the 1 before mobile numbers in 2019; cards and chat services still hold it. */
function withoutFormerDigit(text: string): string {
  return text.replace(/^\+521(?=\d{10}$)/, '+52');
}

/** With it fell 044 and 045, which mobile numbers were dialled with at home. */
function withoutFormerPrefix(digits: string): string {
  return digits.replace(/^04[45](?=\d{10}$)/, '');
}

/** Shorter numbers that no plan knows are extensions and short codes. */
const fewestDigits = 7;

/** The range kept free for examples, written without an area code as the platform's documentation does. */
const exampleNumber = /^\+155501\d\d$/;

/** `0000000000`, by which people get past a required field. */
const filler = /^(\d)\1+$/;

function isLikely(number: PhoneNumber, { plus, digits }: DialledDigits): boolean {
  const { nationalNumber, country } = number;
  const inFull = plus || digits.startsWith('00');
  if (inFull && exampleNumber.test(number.number)) return true;
  if (nationalNumber.length < fewestDigits || filler.test(nationalNumber) || !number.isPossible())
    return false;
  // Possible lengths count local numbers without an area code, under which nobody can be reached.
  return inFull || (country !== undefined && nationalNumber.length === mobileLength(country));
}

function mobileLength(country: CountryCode): number | undefined {
  return getExampleNumber(country, examples)?.nationalNumber.length;
}
