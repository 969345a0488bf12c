import type { Severity } from '../../../../scripts/validate/index.js';
import type { Situation } from '../../../../scripts/validate/situation.js';
import type { WidgetParts } from '../../../support/widget-folder.js';

/** A widget that is valid but for one thing, and the finding that this must lead to. */
export interface Defect {
  /** Completes the sentence “finds …”. */
  name: string;
  parts: WidgetParts;
  code: string;
  severity: Severity;
  file: string;
  /** A text that stands in the line of the finding, or the line; absent where the finding has none. */
  line?: string | number;
  /** Texts that the finding has in its message, `expected` or `found`. */
  says?: readonly string[];
  /** Where the defect is one, if not in a private widget for Kommo. */
  situation?: Partial<Situation>;
  /** Codes of other findings that the same defect leads to; by default there are none. */
  also?: readonly string[];
}
