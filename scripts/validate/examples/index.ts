import { archiveExamples } from './archive.js';
import type { Example } from './example.js';
import { jsonExamples } from './json.js';
import { textExamples } from './text.js';

export type { Example, ExampleParts } from './example.js';

/** An example for each rule, by its code. */
export const examples: Readonly<Record<string, Example>> = {
  ...archiveExamples,
  ...textExamples,
  ...jsonExamples,
};
