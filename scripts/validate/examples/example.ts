import type { ArchiveProblem } from '../../archive/files.js';
import type { Situation } from '../situation.js';
import type { Uploaded } from '../uploaded/uploaded.js';
import type { Json, WidgetParts } from './widget.js';

/** Shows a rule in the documentation and in `--explain`, and proves it in the tests. */
export interface Example {
  /** A valid widget but for what the rule finds: these parts are laid over a minimal one (`widgetFiles`). */
  readonly wrong: ExampleParts;
  /** The same with nothing left to find. */
  readonly right: ExampleParts;
  /** Where the rule holds, if it does not hold for a private widget in Kommo. */
  readonly situation?: Partial<Situation>;
}

export interface ExampleParts extends WidgetParts {
  /** What came to light when the archive was read, for rules about what no file can show. */
  readonly problems?: readonly ArchiveProblem[];
  /** The name of the archive; a folder has none. */
  readonly archiveName?: string;
  /** What `widget.config.json` says. */
  readonly configuration?: Json;
  /** The version that was uploaded last, and the code where it had one. */
  readonly uploaded?: Partial<Uploaded>;
  /** Said in the place of the parts, where they would not show a reader what is meant. */
  readonly said?: string;
}
