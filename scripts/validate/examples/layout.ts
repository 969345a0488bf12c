import type { Example } from './example.js';
import { plainScript } from './widget.js';

/** Examples of files that have no place in an archive, and of secrets in those that have. */
export const layoutExamples: Readonly<Record<string, Example>> = {
  'archive/secret-file': {
    wrong: { files: { '.env': 'TOKEN=not-a-real-one\n' } },
    right: { files: { '.env': null } },
  },
  'archive/source-map': {
    wrong: { files: { 'script.js.map': '{"version":3,"sources":[],"mappings":""}\n' } },
    right: { files: { 'script.js.map': null } },
  },
  'archive/nested-archive': {
    wrong: { files: { 'widget.zip': 'the archive of the last build\n' } },
    right: { files: { 'widget.zip': null } },
  },
  'archive/source-file': {
    wrong: { files: { 'src/script.ts': 'export const parcels: string[] = [];\n' } },
    right: { files: { 'src/script.ts': null } },
  },
  'archive/unusual-name': {
    wrong: { files: { 'images/parcel late.json': '{}\n' } },
    right: { files: { 'images/parcel-late.json': '{}\n' } },
  },
  'archive/unused-file': {
    wrong: { files: { 'images/parcel.svg': '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n' } },
    right: { files: { 'images/parcel.svg': null } },
  },
  'archive/private-key': {
    wrong: { files: { 'script.js': `// -----BEGIN PRIVATE KEY-----\n${plainScript}` } },
    right: { files: { 'script.js': plainScript } },
  },
  'archive/token': {
    wrong: {
      files: { 'config.json': { client_secret: 'notarealsecretnotarealsecretnotarealsecret' } },
    },
    right: { files: { 'config.json': { server: 'https://www.kommo.com/' } } },
  },
};
