import { archiveExamples } from './archive.js';
import { copiedTextExamples } from './copied-texts.js';
import type { Example } from './example.js';
import { i18nExamples } from './i18n.js';
import { ignoreExamples } from './ignores.js';
import { imageExamples } from './images.js';
import { jsonExamples } from './json.js';
import { layoutExamples } from './layout.js';
import { manifestExamples } from './manifest.js';
import { scriptExamples } from './script.js';
import { styleExamples } from './styles.js';
import { templateExamples } from './templates.js';
import { textExamples } from './text.js';

export type { Example, ExampleParts } from './example.js';

/** An example for each code that a finding can have. */
export const examples: Readonly<Record<string, Example>> = {
  ...archiveExamples,
  ...layoutExamples,
  ...textExamples,
  ...jsonExamples,
  ...manifestExamples,
  ...i18nExamples,
  ...copiedTextExamples,
  ...imageExamples,
  ...scriptExamples,
  ...styleExamples,
  ...templateExamples,
  ...ignoreExamples,
};
