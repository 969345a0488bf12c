import type { Rule } from '../../rule.js';
import { markupRules } from './markup.js';
import { namingRules } from './naming.js';
import { syntaxRules } from './syntax.js';

/** Every `.twig` of the archive: `platform/widget.md §3.3`, `§8`. */
export const templateRules: readonly Rule[] = [...syntaxRules, ...namingRules, ...markupRules];
