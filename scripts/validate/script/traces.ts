import { Script } from 'node:vm';
import type { CodeCheck } from './check.js';

/** A text of a script with every escape as the character that it stands for: `\x65val` as `eval`. */
export function plainText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([0-7]{1,3})|(\r\n|[\n\r\u2028\u2029])|([^]))/gi,
    (
      _whole: string,
      point?: string,
      unit?: string,
      byte?: string,
      octal?: string,
      lineEnd?: string,
      other?: string,
    ) => {
      if (lineEnd !== undefined) return '';
      const hex = point ?? unit ?? byte;
      if (hex === undefined && octal === undefined) return controls[other ?? ''] ?? other ?? '';
      const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? '' : String.fromCodePoint(code);
    },
  );
}

const controls: Partial<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  f: '\f',
  b: '\b',
};

/** Whether the checks that hold for code of others may find something in a text; see {@link CodeCheck.traces}. */
export function mayHoldRefused(text: string, checks: readonly CodeCheck[]): boolean {
  const plain = plainText(text);
  return checks.some(
    ({ inVendor, traces }) => inVendor !== undefined && (traces === undefined || traces.test(plain)),
  );
}

/** Whether Node itself takes a text for a script, which it tells far sooner than a parser that makes a tree. Runs nothing. */
export function isScript(text: string): boolean {
  if (text.startsWith('#!')) return false;
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}
