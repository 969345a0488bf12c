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
  /** Whether it is the page of a frame. */
  isFrame: boolean;
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
    if (element === 'script') continue;
    for (const { value, loads } of [...namedBy(whole, element), ...stylesOf(whole)]) {
      const address = outsideAddress(value);
      if (address !== null)
        addresses.push({ ...spot, text: value, address, loads, isFrame: /^i?frame$/.test(element) });
    }
  }
  return { scripts, addresses };
}

interface Named {
  value: string;
  loads: boolean;
}

/** What the attributes of a tag name, in quotes or without. */
function namedBy(tag: string, element: string): Named[] {
  const attributes = tag.matchAll(
    /\s(?:src|srcset|href|data|poster|action)\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/gi,
  );
  return Array.from(attributes, ([, double, single, bare]) => ({
    // Of several pictures in a srcset the first speaks for all.
    value: (double ?? single ?? bare ?? '').trim().split(/\s/, 1)[0] ?? '',
    loads: loading.test(element),
  }));
}

/** What `style="background: url(…)"` loads. */
function stylesOf(tag: string): Named[] {
  if (!/\sstyle\s?=/i.test(tag)) return [];
  return Array.from(tag.matchAll(/\burl\(\s?["']?([^"')\s]+)/gi), ([, value = '']) => ({
    value,
    loads: true,
  }));
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
