/** A number as it would be dialled. */
export interface DialledDigits {
  /** Whether it is spelled in full, with a plus before the country's code. */
  readonly plus: boolean;
  /** ASCII digits. */
  readonly digits: string;
}

export interface PhoneSpellings {
  /** What stands between commas, words and the like, in the order of the text. */
  readonly spellings: readonly DialledDigits[];
  /** Parts of those, for numbers that stand closer together; also what letters of a keypad spell. */
  readonly pieces: readonly DialledDigits[];
}

/** No field for a phone number is longer; what follows is not looked at. */
const longestField = 256;

/** Digits that a number can have with the prefix that dials abroad: E.164 allows 15. */
const mostDigits = 20;
const fewestDigits = 5;

/** Digits and what people put between them. A plus may only begin a number. */
const run = /(?:\+[\s()[\]]*)?\d(?:[\d\s()[\].\-/~·•_]*\d)?/g;

/** The numbers in what was typed into a phone field, whatever stands around them. */
export function phoneSpellings(text: string): PhoneSpellings {
  const plain = plainText(text.slice(0, longestField));
  const spellings: DialledDigits[] = [];
  const pieces: DialledDigits[] = [];
  for (const [found] of plain.matchAll(run)) {
    spellings.push(...dialled(found));
    if (found.includes('/')) pieces.push(...found.split('/').flatMap(dialled));
    pieces.push(...sideBySide(found));
  }
  return {
    spellings: spellings.filter(hasLength),
    pieces: [...pieces, ...lettered(plain)].filter(hasLength),
  };
}

/** Compatibility forms (full-width digits, non-breaking spaces) and digits of every script become plain ones. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/^\s*tel:(.*);phone-context=(\+[\d-]+).*$/i, '$2$1');
}

/** Every script's digits stand in a row of ten; NFKC has taken care of the rows that touch each other. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/** One spelling, and the same without the zero that `+44 (0)20` tells people at home to dial. */
function dialled(text: string): DialledDigits[] {
  const plus = text.trimStart().startsWith('+');
  const trunk = plus ? [text.replace(/[([]\s*0\s*[)\]]/, ''), text] : [text];
  return [...new Set(trunk)].map((one) => ({ plus, digits: one.replace(/\D/g, '') }));
}

/** `89123456789 89131234567`: numbers with nothing but a space between them, each whole by itself. */
function sideBySide(text: string): DialledDigits[] {
  const words = text.trim().split(/\s+/);
  const whole = words.length > 1 && words.every((word) => word.replace(/\D/g, '').length >= 7);
  return whole ? words.flatMap(dialled) : [];
}

const keypad = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** `1-800-FLOWERS`: digits that go on in letters, which a keypad has. */
function lettered(text: string): DialledDigits[] {
  const found = /\+?\d[\d\s().-]*-[A-Za-z][A-Za-z\d-]*/.exec(text)?.[0];
  if (found === undefined) return [];
  return dialled(
    found.replace(/[a-z]/gi, (letter) =>
      String(keypad.findIndex((letters) => letters.includes(letter.toLowerCase())) + 2),
    ),
  );
}

function hasLength({ digits }: DialledDigits): boolean {
  return digits.length >= fewestDigits && digits.length <= mostDigits;
}
