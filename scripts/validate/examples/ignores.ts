import type { Example } from './example.js';
import type { WidgetParts } from './widget.js';

/** A style that restyles every page, and a comment above it. */
function pageStyle(comment: string): WidgetParts {
  return { files: { 'style.css': `/* ${comment} */\nbody {\n  overflow-x: hidden;\n}\n` } };
}

const decided = pageStyle('widget-ignore styles/global-selector because the support asked for it');

/** Examples of what is said to the validator itself, in comments and in its configuration. */
export const ignoreExamples: Readonly<Record<string, Example>> = {
  'ignore/unused': {
    wrong: {
      files: {
        'style.css':
          '/* widget-ignore styles/global-selector because the support asked for it */\n.my-widget {\n  overflow-x: hidden;\n}\n',
      },
    },
    right: decided,
  },
  'ignore/unknown-code': {
    wrong: pageStyle('widget-ignore global-selector because the support asked for it'),
    right: decided,
  },
  'ignore/without-reason': {
    wrong: pageStyle('widget-ignore styles/global-selector'),
    right: decided,
  },
  'config/unused-ignore': {
    wrong: { configuration: { ignore: [{ code: 'manifest/no-tour', because: 'the tour comes later' }] } },
    right: {
      manifest: { tour: null },
      configuration: { ignore: [{ code: 'manifest/no-tour', because: 'the tour comes later' }] },
    },
  },
};
