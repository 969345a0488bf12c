import { maxSheetLength } from '../styles/sheet.js';
import type { Example } from './example.js';

/** A widget with this stylesheet. */
function sheet(css: string): Example['wrong'] {
  return { files: { 'style.css': css } };
}

const tooLarge = {
  ...sheet(' '.repeat(maxSheetLength + 1)),
  said: 'style.css has more than three megabytes.',
};

/** The rules of stylesheets, each broken and kept. */
export const styleExamples: Readonly<Record<string, Example>> = {
  'styles/syntax': {
    wrong: sheet('.parcel-tracker__list {\n  margin: 0;\n'),
    right: sheet('.parcel-tracker__list {\n  margin: 0;\n}\n'),
  },
  'styles/line-comment': {
    wrong: sheet('// Parcels\n.parcel-tracker__list {\n  margin: 0;\n}\n'),
    right: sheet('/* Parcels */\n.parcel-tracker__list {\n  margin: 0;\n}\n'),
  },
  'styles/too-large': {
    wrong: tooLarge,
    right: sheet('.parcel-tracker {\n  color: red;\n}\n'),
  },
  'styles/global-selector': {
    wrong: sheet('p {\n  margin: 0;\n}\n'),
    right: sheet('.parcel-tracker p {\n  margin: 0;\n}\n'),
  },
  'styles/system-class': {
    wrong: sheet('.modal-body {\n  padding: 0;\n}\n'),
    right: sheet('.parcel-tracker .modal-body {\n  padding: 0;\n}\n'),
  },
  'styles/palette-redefined': {
    wrong: sheet('.parcel-tracker {\n  --palette-text-primary: #333;\n}\n'),
    right: sheet(
      '.parcel-tracker {\n  --parcel-tracker-text: #333;\n  color: var(--palette-text-primary, var(--parcel-tracker-text));\n}\n',
    ),
  },
  'styles/variable-name': {
    wrong: sheet('.parcel-tracker {\n  --blue: #0057a9;\n}\n'),
    right: sheet('.parcel-tracker {\n  --parcel-tracker-blue: #0057a9;\n}\n'),
  },
  'styles/commented-out': {
    wrong: sheet('.parcel-tracker {\n  color: red;\n  /* margin: 0 auto; */\n}\n'),
    right: sheet(
      '.parcel-tracker {\n  /* Red as in the list: late parcels stand out. */\n  color: red;\n}\n',
    ),
  },
  'styles/external-import': {
    wrong: sheet('@import "https://cdn.parcels.io/kit.css";\n'),
    right: sheet('@import "kit.css";\n'),
  },
  'styles/external-url': {
    wrong: sheet('.parcel-tracker {\n  background: url("https://cdn.parcels.io/van.svg");\n}\n'),
    right: sheet('.parcel-tracker {\n  background: url("images/van.svg");\n}\n'),
  },
  'styles/mixed-content': {
    wrong: sheet('.parcel-tracker {\n  background: url("http://cdn.parcels.io/van.svg");\n}\n'),
    right: sheet('.parcel-tracker {\n  background: url("images/van.svg");\n}\n'),
  },
  'styles/local-url': {
    wrong: sheet('.parcel-tracker {\n  background: url("http://localhost:8080/van.svg");\n}\n'),
    right: sheet('.parcel-tracker {\n  background: url("images/van.svg");\n}\n'),
  },
};
