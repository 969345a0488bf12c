import { type OutsideAddress, outsideAddress } from '../outside-address.js';

/** Something in a template's HTML that a person should know of. */
export interface MarkupSpot {
  offset: number;
  /** The opening tag as it stands there, cut. */
  tag: string;
}

export interface AddressSpot extends MarkupSpot {
  text: string;
  address: OutsideAddress;
  /** Whether the page loads what is there by itself, as a picture or a stylesheet. */
  loads: boolean;
}

export interface Markup {
  scripts: readonly MarkupSpot[];
  addresses: readonly AddressSpot[];
}

/** Elements that load what their attribute names. A frame is allowed to be another's: `platform/widget.md §8`, rule 18. */
const loading = /^(?:img|link|source|video|audio|embed|object|track|input)$/;

/** Finds script elements and addresses of other hosts in a template. Comments of HTML and Twig are passed over. */
export function readMarkup(template: string): Markup {
  const text = blankComments(template);
  const scripts: MarkupSpot[] = [];
  const addresses: AddressSpot[] = [];
  for (const { index, 0: whole, 1: name = '' } of text.matchAll(/<([a-z][a-z\d]*)(?![\w-])[^<>]*/gi)) {
    const spot = { offset: index, tag: `${whole.replace(/\s+/g, ' ').slice(0, 80)}>` };
    const element = name.toLowerCase();
    if (element === 'script') scripts.push(spot);
    for (const [, double, single] of whole.matchAll(
      /\s(?:src|href|data|poster)\s?=\s?(?:"([^"]*)"|'([^']*)')/gi,
    )) {
      const value = double ?? single ?? '';
      const address = outsideAddress(value);
      if (address !== null && element !== 'script')
        addresses.push({ ...spot, text: value, address, loads: loading.test(element) });
    }
  }
  return { scripts, addresses };
}

/** With spaces in their place, so that everything else stays where it is. */
function blankComments(text: string): string {
  let done = '';
  let at = 0;
  for (;;) {
    const start = /<!--|\{#/g;
    start.lastIndex = at;
    const begin = start.exec(text);
    const end = begin === null ? -1 : text.indexOf(begin[0] === '{#' ? '#}' : '-->', begin.index);
    if (begin === null || end === -1) return done + text.slice(at);
    const stop = end + (begin[0] === '{#' ? 2 : 3);
    done += text.slice(at, begin.index) + text.slice(begin.index, stop).replace(/[^\n]/g, ' ');
    at = stop;
  }
}
