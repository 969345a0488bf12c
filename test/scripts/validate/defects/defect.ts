import type { ExampleParts } from '../../../../scripts/validate/examples/index.js';
import type { Severity } from '../../../../scripts/validate/index.js';
import type { Situation } from '../../../../scripts/validate/situation.js';

/** A widget that is valid but for one thing, and the finding that this must lead to. */
export interface Defect {
  /** Completes the sentence “finds …”. */
  name: string;
  parts: Omit<ExampleParts, 'said'>;
  code: string;
  severity: Severity;
  /** `null` where the archive as a whole is meant. */
  file: string | null;
  /** A text that stands in the line of the finding, or the line; absent where the finding has none. */
  line?: string | number;
  /** Texts that the finding has in its message, `expected` or `found`. */
  says?: readonly string[];
  /** Where the defect is one, if not in a private widget for Kommo. */
  situation?: Partial<Situation>;
  /** Codes of other findings that the same defect leads to; by default there are none. */
  also?: readonly string[];
}
