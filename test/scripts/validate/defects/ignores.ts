import type { Defect } from './defect.js';

const inStyles = { severity: 'warning', file: 'style.css' } as const;

function styles(text: string): Defect['parts'] {
  return { files: { 'style.css': text } };
}

/** What is said to the validator itself. */
export const ignoreDefects: readonly Defect[] = [
  {
    name: 'an ignore above a line with nothing to ignore',
    parts: styles(
      '.my-a {\n  margin: 0;\n}\n/* widget-ignore styles/global-selector because it stays */\n.my-b {\n  margin: 0;\n}\n',
    ),
    ...inStyles,
    code: 'ignore/unused',
    line: 'widget-ignore',
  },
  {
    name: 'an ignore whose code is misspelt',
    parts: styles('.my-a {\n  margin: 0; /* widget-ignore styles/global-selectors because it stays */\n}\n'),
    ...inStyles,
    code: 'ignore/unknown-code',
    line: 'widget-ignore',
    says: ['Did you mean "styles/global-selector"?'],
  },
  {
    name: 'an ignore without its reason',
    parts: styles('/* widget-ignore styles/global-selector */\nbody {\n  margin: 0;\n}\n'),
    ...inStyles,
    code: 'ignore/without-reason',
    line: 'widget-ignore',
    also: ['styles/global-selector'],
  },
  {
    name: 'an ignore of the configuration for a file that has another name',
    parts: {
      ...styles('body {\n  margin: 0;\n}\n'),
      configuration: {
        ignore: [{ code: 'styles/global-selector', file: 'styles.css', because: 'it stays' }],
      },
    },
    severity: 'warning',
    file: 'widget.config.json',
    code: 'config/unused-ignore',
    line: 3,
    says: ['styles.css'],
    also: ['styles/global-selector'],
  },
];
