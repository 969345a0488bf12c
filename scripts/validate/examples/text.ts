import type { Example } from './example.js';
import { plainScript } from './widget.js';

export const textExamples: Readonly<Record<string, Example>> = {
  'text/not-utf8': {
    wrong: {
      files: { 'style.css': Buffer.from('.my-widget::before { content: "\xe9t\xe9"; }\n', 'latin1') },
      said: 'style.css was saved as Windows-1252, where é is the byte E9.',
    },
    right: {
      files: { 'style.css': '.my-widget::before { content: "été"; }\n' },
      said: 'style.css was saved as UTF-8, where é is the bytes C3 A9.',
    },
  },
  'text/byte-order-mark': {
    wrong: { files: { 'script.js': `\uFEFF${plainScript}` } },
    right: {},
  },
  'text/line-ends': {
    wrong: { files: { 'style.css': '.my-widget {\r\n  margin: 0;\r\n}\r\n' } },
    right: { files: { 'style.css': '.my-widget {\n  margin: 0;\n}\n' } },
  },
};
