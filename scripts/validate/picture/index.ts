import { imageSize } from 'image-size';
import { readGif } from './gif.js';
import { readJpeg } from './jpeg.js';
import { pixelBudget, readPng } from './png.js';

export type PictureFormat = 'png' | 'jpeg' | 'gif';

export interface Picture {
  /** By the content, whatever the name says; `null` when it is none of the three. */
  format: PictureFormat | null;
  /** In a few words what the content is when it is no picture. */
  looksLike: string;
  /** In pixels; `null` when it cannot be read. */
  size: { width: number; height: number } | null;
  animated: boolean;
  /** Why the picture cannot be shown in full; `null` when nothing is wrong. */
  damage: string | null;
  bytes: number;
}

/** What a reader of one format finds out. */
export interface PictureScan {
  damage: string | null;
  animated: boolean;
}

export function isPictureName(name: string): boolean {
  return /\.(?:png|jpe?g|gif)$/i.test(name);
}

/** The format that a name promises. */
export function formatOfName(name: string): PictureFormat | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === 'jpg' || extension === 'jpeg') return 'jpeg';
  return extension === 'png' || extension === 'gif' ? extension : null;
}

const readers = { png: readPng, jpeg: readJpeg, gif: readGif };

/** Looks into a picture. Never throws, whatever the bytes are; pixels are unpacked as far as the budget goes. */
export function readPicture(content: Buffer, { budget = pixelBudget() } = {}): Picture {
  const format = formatOfContent(content);
  const bytes = content.byteLength;
  if (format === null) {
    return { format, looksLike: guess(content), size: null, animated: false, damage: null, bytes };
  }
  const scan = readers[format](content, budget);
  const size = measure(content);
  const damage = scan.damage ?? (size === null ? 'its size cannot be read' : null);
  return { format, looksLike: format, size, animated: scan.animated, damage, bytes };
}

function formatOfContent(content: Buffer): PictureFormat | null {
  const head = content.subarray(0, 8).toString('latin1');
  if (head === '\x89PNG\r\n\x1a\n') return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  return /^GIF8[79]a/.test(head) ? 'gif' : null;
}

function measure(content: Buffer): Picture['size'] {
  try {
    const { width, height } = imageSize(content);
    return { width, height };
  } catch {
    return null;
  }
}

function guess(content: Buffer): string {
  if (content.byteLength === 0) return 'an empty file';
  const head = content.subarray(0, 512);
  const text = head.toString('utf8').trimStart();
  if (/^RIFF....WEBP/s.test(head.toString('latin1'))) return 'a WebP picture';
  if (head.toString('latin1').startsWith('BM')) return 'a BMP picture';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<svg/i.test(text)) return 'an SVG picture';
  if (/^<(?:!doctype|html)/i.test(text)) return 'an HTML page';
  return head.includes(0) || text.includes('\uFFFD') ? 'unknown data' : 'a text file';
}
