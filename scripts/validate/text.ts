/** What can be wrong with a file as text. */
export interface TextFlaw extends Position {
  kind: 'not-utf8' | 'byte-order-mark' | 'line-ends';
  found: string;
}

export interface DecodedText {
  /** Without the byte order mark; `null` when the bytes are not UTF-8. */
  text: string | null;
  flaws: TextFlaw[];
}

/** Decodes a text file as the platform wants it: UTF-8 without byte order mark and with `\n` line ends. */
export function decodeText(bytes: Buffer): DecodedText {
  const otherEncoding = utf16Name(bytes);
  if (otherEncoding !== null) {
    return { text: null, flaws: [{ kind: 'not-utf8', line: 1, column: 1, found: otherEncoding }] };
  }
  const flaws: TextFlaw[] = [];
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasMark) flaws.push({ kind: 'byte-order-mark', line: 1, column: 1, found: 'EF BB BF' });
  const content = hasMark ? bytes.subarray(3) : bytes;
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return { text: null, flaws: [...flaws, locateBadByte(content)] };
  }
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn !== -1) {
    const found = text[carriageReturn + 1] === '\n' ? 'CR LF' : 'CR';
    flaws.push({ kind: 'line-ends', ...makeLocator(text)(carriageReturn), found });
  }
  return { text, flaws };
}

export interface Position {
  /** Both from 1; the column in UTF-16 code units. */
  line: number;
  column: number;
}

/** Finds the line and column of offsets in a text. A line ends with `\n`, `\r\n` or `\r`. */
export function makeLocator(text: string): (offset: number) => Position {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: end }) => index + end.length)];
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function utf16Name(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE';
  return null;
}

/** The first byte that begins no UTF-8 character, found by how far a decoder gets. */
function locateBadByte(bytes: Buffer): TextFlaw {
  let low = 0;
  let high = bytes.byteLength;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (startsWell(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, low), {
    stream: true,
  });
  const bad = bytes[Buffer.byteLength(before)] ?? 0;
  return { kind: 'not-utf8', ...makeLocator(before)(before.length), found: `byte ${hex(bad)}` };
}

function startsWell(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
