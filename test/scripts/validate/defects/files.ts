import { archiveExamples } from '../../../../scripts/validate/examples/archive.js';
import { gif, jpeg, png } from '../../../../scripts/validate/examples/pictures.js';
import { minimalManifest, plainScript, widgetFiles } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const logo = { severity: 'error', file: 'images/logo.png' } as const;
const { tour } = minimalManifest;
const size = { width: 130, height: 100 };

export const imageDefects: readonly Defect[] = [
  {
    name: 'a missing logo',
    parts: { files: { 'images/logo.png': null, 'images/Logo.png': png(size) } },
    ...logo,
    code: 'images/missing',
    says: ['Is it images/Logo.png?', '130×100'],
  },
  {
    name: 'the missing logo of the digital pipeline',
    parts: {
      manifest: {
        locations: ['settings', 'digital_pipeline'],
        dp: { settings: {}, action_multiple: true },
      },
      files: { 'images/logo_dp.png': null },
    },
    severity: 'error',
    file: 'images/logo_dp.png',
    code: 'images/missing',
    says: ['digital_pipeline', '174×109'],
  },
  {
    name: 'a PNG that is a text file',
    parts: { files: { 'images/logo.png': 'not a picture\n' } },
    ...logo,
    code: 'images/not-a-picture',
    says: ['a text file'],
  },
  {
    name: 'a PNG that is an SVG',
    parts: { files: { 'images/extra.png': '<svg xmlns="http://www.w3.org/2000/svg"/>\n' } },
    severity: 'warning',
    file: 'images/extra.png',
    also: ['archive/unused-file'],
    code: 'images/other-not-a-picture',
    says: ['an SVG picture'],
  },
  {
    name: 'a PNG that is cut off',
    parts: { files: { 'images/logo.png': png(size).subarray(0, -20) } },
    ...logo,
    code: 'images/damaged',
    says: ['cut off'],
  },
  {
    name: 'a PNG whose pixels are not all there',
    parts: { files: { 'images/logo.png': png({ ...size, missingRows: 1 }) } },
    ...logo,
    code: 'images/damaged',
    says: ['not complete'],
  },
  {
    name: 'a PNG with a changed byte',
    parts: { files: { 'images/logo.png': withChangedByte(png(size), 50) } },
    ...logo,
    code: 'images/damaged',
    says: ['checksum'],
  },
  {
    name: 'a JPEG that is cut off',
    parts: { files: { 'images/extra.jpg': jpeg(size).subarray(0, -2) } },
    severity: 'warning',
    file: 'images/extra.jpg',
    also: ['archive/unused-file'],
    code: 'images/other-damaged',
  },
  {
    name: 'a GIF that is cut off',
    parts: { files: { 'images/extra.gif': gif(size).subarray(0, -1) } },
    severity: 'warning',
    file: 'images/extra.gif',
    also: ['archive/unused-file'],
    code: 'images/other-damaged',
  },
  {
    name: 'a JPEG that is named like a PNG',
    parts: { files: { 'images/logo.png': jpeg(size) } },
    severity: 'warning',
    file: 'images/logo.png',
    code: 'images/wrong-extension',
    says: ['JPEG'],
  },
  {
    name: 'a logo that is no PNG',
    parts: { files: { 'images/logo.png': null, 'images/logo.gif': gif(size) } },
    severity: 'warning',
    file: 'images/logo.gif',
    code: 'images/not-png',
  },
  {
    name: 'a logo of another size',
    parts: { files: { 'images/logo.png': png({ width: 131, height: 100 }) } },
    ...logo,
    code: 'images/wrong-size',
    says: ['130×100 pixels', '131×100 pixels'],
  },
  {
    name: 'a logo that is too heavy',
    parts: { files: { 'images/logo.png': png({ ...size, ballast: 300 * 1024 }) } },
    ...logo,
    code: 'images/too-heavy',
  },
  {
    name: 'a logo that may be too heavy',
    parts: { files: { 'images/logo.png': png({ ...size, ballast: 301_000 }) } },
    severity: 'warning',
    file: 'images/logo.png',
    code: 'images/almost-too-heavy',
  },
  {
    name: 'an animated logo',
    parts: { files: { 'images/logo.png': png({ ...size, extra: [['acTL', Buffer.alloc(8)]] }) } },
    severity: 'warning',
    file: 'images/logo.png',
    code: 'images/animated',
  },
  {
    name: 'a picture of the tour that is not there',
    parts: { files: { 'images/tour/es.png': null } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-missing',
    line: '"/images/tour/es.png"',
  },
  {
    name: 'a picture of the tour of another size',
    parts: { files: { 'images/tour/es.png': png({ width: 400, height: 272 }) } },
    severity: 'warning',
    file: 'images/tour/es.png',
    code: 'images/tour-size',
    says: ['1188×616'],
  },
  {
    name: 'a path of the tour outside images/',
    parts: { manifest: { tour: { ...tour, tour_images: { ...tour.tour_images, en: ['/tour.png'] } } } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-path',
    line: '"/tour.png"',
  },
  {
    name: 'a tour without pictures in one language',
    parts: { manifest: { tour: { ...tour, tour_images: { ...tour.tour_images, en: [] } } } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-count',
    line: '"en": []',
  },
  {
    name: 'pictures of the tour for a language that is not listed',
    parts: {
      manifest: { tour: { ...tour, tour_images: { ...tour.tour_images, pt: ['/images/tour/pt.png'] } } },
    },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-language',
    line: '"pt"',
  },
  {
    name: 'a tour without pictures',
    parts: { manifest: { tour: { is_tour: true, tour_description: 'widget.tour_description' } } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-incomplete',
    line: '"tour"',
    says: ['The tour has no pictures.'],
  },
  {
    name: 'a tour with pictures for one language of two',
    parts: { manifest: { tour: { ...tour, tour_images: { en: ['/images/tour/en.png'] } } } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-incomplete',
    line: '"tour_images"',
    says: ['no pictures for "es"'],
  },
  {
    name: 'a picture of the tour of another kind',
    parts: {
      manifest: {
        tour: { ...tour, tour_images: { ...tour.tour_images, es: ['/images/tour/es.webp'] } },
      },
      files: { 'images/tour/es.webp': 'RIFF' },
    },
    severity: 'warning',
    file: 'manifest.json',
    code: 'images/tour-kind',
    line: '"/images/tour/es.webp"',
    says: ['a PNG'],
  },
  {
    name: 'a JPEG in the tour, in the marketplace',
    parts: {
      manifest: { tour: { ...tour, tour_images: { ...tour.tour_images, es: ['/images/tour/es.jpg'] } } },
      files: { 'images/tour/es.jpg': jpeg({ width: 1188, height: 616 }) },
    },
    severity: 'notice',
    situation: { audience: 'public' },
    file: 'images/tour/es.jpg',
    code: 'images/tour-not-png',
  },
  {
    name: 'a picture of the tour that comes twice',
    parts: {
      manifest: {
        tour: {
          ...tour,
          tour_images: { en: ['/images/tour/en.png'], es: ['/images/tour/es.png', '/images/tour/es.png'] },
        },
      },
    },
    severity: 'notice',
    file: 'manifest.json',
    code: 'images/tour-repeated',
    line: 37,
    says: ['images/tour/es.png'],
  },
  {
    name: 'six pictures in the tour, in the marketplace',
    parts: {
      manifest: {
        tour: {
          ...tour,
          tour_images: {
            ...tour.tour_images,
            es: Array.from({ length: 6 }, (_item, index) => `/images/tour/es-${index}.png`),
          },
        },
      },
    },
    severity: 'error',
    situation: { audience: 'public' },
    file: 'manifest.json',
    code: 'images/tour-count',
    line: '"es": [',
    says: ['6 pictures', '1 to 5'],
  },
  {
    name: 'an animated GIF as a logo, on amoCRM in the marketplace',
    parts: { files: { 'images/logo.png': null, 'images/logo.gif': gif({ ...size, frames: 2 }) } },
    severity: 'error',
    situation: { target: 'amocrm', audience: 'public' },
    file: 'images/logo.gif',
    code: 'images/animated',
  },
];

const script = { severity: 'error', file: 'script.js' } as const;

export const scriptDefects: readonly Defect[] = [
  { name: 'no script', parts: { files: { 'script.js': null } }, ...script, code: 'script/missing' },
  {
    name: 'no script where Kommo can do without',
    parts: {
      manifest: {
        locations: ['sms'],
        sms: { endpoint: 'https://www.kommo.com/sms' },
      },
      files: { 'script.js': null },
    },
    severity: 'warning',
    file: 'script.js',
    code: 'script/absent',
  },
  {
    name: 'a script that is no JavaScript',
    parts: { files: { 'script.js': 'define([], function () {\n  return function ( { };\n});\n' } },
    ...script,
    code: 'script/syntax',
    line: 2,
  },
  {
    name: 'a script that is an ES module',
    parts: { files: { 'script.js': 'const a = 1;\nexport default a;\n' } },
    ...script,
    code: 'script/syntax',
    line: 2,
    says: ['AMD'],
  },
  {
    name: 'a script that defines nothing',
    parts: { files: { 'script.js': 'window.widget = function () {};\n' } },
    ...script,
    code: 'script/not-amd',
  },
  {
    name: 'a script that defines its module too late',
    parts: { files: { 'script.js': 'setTimeout(function () { define([], function () {}); });\n' } },
    ...script,
    code: 'script/not-amd',
  },
  {
    name: 'a script with a named module only',
    parts: { files: { 'script.js': "define('parcels', [], function () { return function () {}; });\n" } },
    ...script,
    code: 'script/only-named-modules',
    says: ['parcels'],
  },
  {
    name: 'a module that is an object',
    parts: { files: { 'script.js': 'define([], function () {\n  return { render: 1 };\n});\n' } },
    ...script,
    code: 'script/no-function',
    line: 2,
    says: ['an object'],
  },
  {
    name: 'a bundle that wraps the function',
    parts: {
      files: {
        'script.js':
          'define([], function () { var e = {}; e["default"] = function () {}; return (function () { return e; })(); });\n',
      },
    },
    ...script,
    code: 'script/no-function',
    says: ['output.library.export'],
  },
  {
    name: 'an arrow function, which cannot be extended',
    parts: { files: { 'script.js': 'define([], () => {\n  return () => {};\n});\n' } },
    ...script,
    code: 'script/not-extendable',
    line: 2,
  },
  {
    name: 'a class, which cannot be extended',
    parts: { files: { 'script.js': 'define([], function () { class Widget {} return Widget; });\n' } },
    ...script,
    code: 'script/not-extendable',
    says: ['a class'],
  },
  {
    name: 'a loader of another server’s script',
    parts: {
      files: {
        'script.js': "define(['http://localhost:4000/script.js'], function (Widget) { return Widget; });\n",
      },
    },
    severity: 'warning',
    file: 'script.js',
    code: 'script/remote',
    says: ['http://localhost:4000/script.js'],
  },
  {
    name: 'a script that never ends',
    parts: { files: { 'script.js': 'define([], function () { for (;;) {} });\n' } },
    severity: 'notice',
    file: 'script.js',
    code: 'script/undecided',
    says: ['does not come to an end'],
  },
];

export const layoutDefects: readonly Defect[] = [
  {
    name: 'a folder around the widget',
    parts: archiveExamples['archive/top-folder']?.wrong ?? {},
    severity: 'error',
    file: null,
    code: 'archive/top-folder',
    says: ['"my-widget"'],
  },
  ...['parcels.zip', 'Widget.zip', 'widget (1).zip'].map((archiveName): Defect => ({
    name: `the name ${archiveName}, which amoCRM does not take`,
    parts: { archiveName },
    severity: 'warning',
    file: null,
    code: 'archive/name',
    says: [archiveName, 'widget.zip'],
    situation: { target: 'amocrm' },
  })),
  {
    name: 'what macOS leaves behind',
    parts: { files: { 'images/.DS_Store': 'x' } },
    severity: 'warning',
    file: 'images/.DS_Store',
    code: 'archive/leftover-file',
    says: ['macOS'],
  },
  {
    name: 'what a bundler leaves behind',
    parts: { files: { 'script.js.LICENSE.txt': 'MIT\n' } },
    severity: 'warning',
    file: 'script.js.LICENSE.txt',
    code: 'archive/leftover-file',
  },
  {
    name: 'a name that differs from another only in case',
    parts: { files: { 'Manifest.json': '{}' } },
    severity: 'warning',
    file: 'manifest.json',
    code: 'archive/same-name-in-other-case',
    says: ['"Manifest.json" and "manifest.json"'],
  },
  {
    name: 'what macOS leaves behind, in the marketplace',
    parts: { files: { '__MACOSX/._script.js': 'x' } },
    severity: 'error',
    situation: { audience: 'public' },
    file: '__MACOSX/._script.js',
    code: 'archive/leftover-file',
    says: ['macOS'],
  },
  ...[
    'Thumbs.db',
    'node_modules/left/index.js',
    'package.json',
    'README.md',
    'webpack.config.js',
    '.hidden',
  ].map((file): Defect => ({
    name: `the unneeded file ${file}`,
    parts: { files: { [file]: '{}\n' } },
    severity: 'warning',
    file,
    code: 'archive/leftover-file',
  })),
  ...(
    [
      ['.env', 'archive/secret-file'],
      ['keys/server.pem', 'archive/secret-file'],
      ['script.js.map', 'archive/source-map'],
      ['widget.zip', 'archive/nested-archive'],
      ['old/widget-1.rar', 'archive/nested-archive'],
      ['src/form.ts', 'archive/source-file'],
      ['tests/form.js', 'archive/source-file'],
      ['styles/main.scss', 'archive/source-file'],
    ] as const
  ).map(([file, code]): Defect => ({
    name: `the file ${file}`,
    parts: { files: { [file]: 'const a = 1;\n' } },
    severity: 'warning',
    file,
    code,
    says: [file],
  })),
  {
    name: 'a name that must be escaped in addresses',
    parts: { files: { 'images/logo large.svg': '<svg/>\n' } },
    severity: 'notice',
    file: 'images/logo large.svg',
    code: 'archive/unusual-name',
    says: ['" "'],
  },
  {
    name: 'a picture that nothing names',
    parts: { files: { 'images/parcel.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n' } },
    severity: 'notice',
    file: 'images/parcel.svg',
    code: 'archive/unused-file',
  },
  {
    name: 'a private key',
    parts: { files: { 'script.js': `${plainScript}// -----BEGIN RSA PRIVATE KEY-----\n` } },
    severity: 'error',
    situation: { audience: 'public' },
    file: 'script.js',
    code: 'archive/private-key',
    line: 'PRIVATE KEY',
  },
  {
    name: 'a token of an account',
    parts: {
      files: {
        'script.js': `${plainScript}var t = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'A'.repeat(20)}';\n`,
      },
    },
    severity: 'warning',
    file: 'script.js',
    code: 'archive/token',
    line: 'eyJ',
    says: ['a JSON Web Token'],
  },
  {
    name: 'the secret key of an integration',
    parts: {
      files: { 'script.js': `${plainScript}var config = { client_secret: '${'a1'.repeat(32)}' };\n` },
    },
    severity: 'warning',
    file: 'script.js',
    code: 'archive/token',
    line: 'client_secret',
    says: ['the secret key of an integration'],
  },
];

/** A valid widget inside a folder. */
export function insideFolder(folder: string): Map<string, Buffer> {
  return new Map([...widgetFiles()].map(([name, content]) => [`${folder}/${name}`, content]));
}

function withChangedByte(content: Buffer, offset: number): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(offset) ^ 1, offset);
  return copy;
}
