import type { Defect } from './defect.js';

const place = { severity: 'warning', file: 'manifest.json' } as const;
const notRaised = { ...place, code: 'manifest/version-not-raised', line: '"version"' } as const;

function version(text: string, uploaded: string): Defect['parts'] {
  return { manifest: { widget: { version: text } }, uploaded: { version: uploaded } };
}

/** Beside what was uploaded last. */
export const uploadedDefects: readonly Defect[] = [
  {
    name: 'the version that was uploaded already',
    parts: version('1.4.2', '1.4.2'),
    ...notRaised,
    says: ['the one that was uploaded last', 'higher than 1.4.2'],
  },
  {
    name: 'a version whose numbers are lower, though its text is not',
    parts: version('1.9.0', '1.10.0'),
    ...notRaised,
    says: ['"1.9.0" is not higher than "1.10.0"'],
  },
  { name: 'a version that only has a zero more', parts: version('1.9.0', '1.9'), ...notRaised },
  {
    name: 'a text for a version that was uploaded already',
    parts: version('beta', 'beta'),
    ...notRaised,
    also: ['manifest/no-version'],
  },
  {
    name: 'the code of another widget',
    parts: {
      manifest: { widget: { code: 'parcels_new', version: '1.0.0' } },
      uploaded: { code: 'parcels', version: '2.0.0' },
    },
    ...place,
    code: 'manifest/code-changed',
    line: '"code"',
    says: ['"parcels_new"', '"parcels"'],
    also: ['manifest/legacy-key'],
  },
];
