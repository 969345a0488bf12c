import type { Example } from './example.js';
import { type Json, minimalManifest } from './widget.js';

/** The texts that the minimal manifest names. */
const words = {
  widget: {
    name: 'Parcels',
    description: 'Tells where a parcel is',
    short_description: 'Where a parcel is',
    tour_description: 'Shows the way of a parcel in the card of its lead',
  },
  settings: { login: 'Login' },
};

const lines = JSON.stringify(words, null, 2);

const right: Example['right'] = { files: { 'i18n/en.json': `${lines}\n` } };

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function wrongly(text: string | Buffer): Example {
  return { wrong: { files: { 'i18n/en.json': text } }, right };
}

function nested(depth: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < depth; level += 1) value = { deeper: value };
  return value;
}

export const jsonExamples: Readonly<Record<string, Example>> = {
  'json/syntax': wrongly(lines.replace('"Parcels",', '"Parcels"')),
  'json/comment': wrongly(`// The texts of the widget\n${lines}\n`),
  'json/trailing-comma': wrongly(lines.replace('"Login"', '"Login",')),
  'json/duplicate-key': wrongly(lines.replace('"login": "Login"', '"login": "User",\n    "login": "Login"')),
  'json/byte-order-mark': wrongly(`\uFEFF${lines}\n`),
  'json/line-ends': wrongly(`${lines}\n`.replaceAll('\n', '\r\n')),
  'json/not-utf8': wrongly(latin(lines.replace('Parcels', 'Envíos'))),
  'json/too-deep': {
    wrong: {
      files: { 'i18n/en.json': JSON.stringify({ ...words, more: nested(1000) }) },
      said: 'i18n/en.json holds an object in an object in an object, a thousand times.',
    },
    right: { ...right, said: 'i18n/en.json holds texts, and groups of texts.' },
  },
  'json/too-large': {
    wrong: {
      files: { 'manifest.json': `${JSON.stringify(minimalManifest)}${' '.repeat(1024 * 1024)}` },
      said: 'manifest.json has a megabyte of spaces at its end.',
    },
    right: { said: 'manifest.json ends with its last brace.' },
  },
};
