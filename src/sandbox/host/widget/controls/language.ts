import { translator } from '../../words/words.js';
import type { ControlTranslate } from './control.js';
import { controlWords } from './words.js';

/** The words of controls in the page's language. */
export const controlLanguage = (): ControlTranslate =>
  translator(controlWords, document.documentElement.lang);
