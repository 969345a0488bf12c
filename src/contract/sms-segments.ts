/** How an SMS carries a text. A segment is one SMS on the bill. */
export interface SmsSize {
  encoding: 'GSM-7' | 'UCS-2';
  /** 0 for an empty text. */
  segments: number;
  /** Septets (GSM-7) or UTF-16 units (UCS-2) that the text takes, without those lost at the edges of segments. */
  units: number;
}

/** The basic alphabet of 3GPP TS 23.038 §6.2.1: one septet each. */
const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The extension table of the same section: an escape and the character, two septets that stay together. */
const gsmExtension = '\f^{}\\[~]|€';

/** Units that fit into a text of one segment, and into each segment of a longer one (3GPP TS 23.040 §9.2.3.24.1). */
const capacity = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } } as const;

/** Counts the segments of a text as a network does: neither an escape pair nor a surrogate pair is torn apart. */
export function smsSize(text: string): SmsSize {
  const characters = Array.from(text);
  const gsm = characters.map(septets);
  const fitsGsm = gsm.every((width) => width > 0);
  const encoding = fitsGsm ? 'GSM-7' : 'UCS-2';
  const widths = fitsGsm ? gsm : characters.map((character) => character.length);
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { single, joined } = capacity[encoding];
  return { encoding, units, segments: units <= single ? Math.min(units, 1) : packed(widths, joined) };
}

/** Septets of a character, 0 when GSM-7 cannot write it. */
function septets(character: string): number {
  if (gsmBasic.includes(character)) return 1;
  return gsmExtension.includes(character) ? 2 : 0;
}

function packed(widths: number[], room: number): number {
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > room) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}
