import type { Situation } from '../situation.js';
import type { WidgetParts } from './widget.js';

/** Shows a rule in the documentation and in `--explain`, and proves it in the tests. */
export interface Example {
  /** A valid widget but for what the rule finds: these parts are laid over a minimal one (`widgetFiles`). */
  readonly wrong: WidgetParts;
  /** The same with nothing left to find. */
  readonly right: WidgetParts;
  /** Where the rule holds, if it does not hold for a private widget in Kommo. */
  readonly situation?: Partial<Situation>;
}
