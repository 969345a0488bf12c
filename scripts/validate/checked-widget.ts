import type { WidgetFiles } from '../archive/files.js';
import type { Severity, ValidationReport } from './finding.js';
import { isPictureName } from './picture/index.js';
import { failLevels } from './situation.js';
import { decodeText } from './text.js';

/** Who has said what the widget is for: the person, a file beside the widget, its own manifest, or nobody. */
export interface SituationOrigin {
  readonly target: 'option' | 'config' | 'manifest' | 'default';
  readonly audience: 'option' | 'config' | 'default';
}

/** A widget and what was found in it: what every reporter takes, one or several at once. */
export interface CheckedWidget {
  /** What was checked, as the person named it. */
  readonly subject: string;
  /** The folder or archive, absolute; `null` for files that lie nowhere. */
  readonly path: string | null;
  readonly kind: 'folder' | 'archive';
  readonly report: ValidationReport;
  readonly origin: SituationOrigin;
  /** The configuration that was followed, as an absolute path; `null` for none. */
  readonly configuration: string | null;
  /** Findings of this severity and of graver ones make the check fail. */
  readonly failLevel: Severity;
  /**
   * A file of the report as text, for the code frames; `null` for pictures, for what is no text and for what is
   * not there.
   */
  sourceOf(file: string): string | null;
}

/** Whether a widget has findings that make the check fail. */
export function fails({
  report: { summary },
  failLevel,
}: Pick<CheckedWidget, 'report' | 'failLevel'>): boolean {
  const counts = { error: summary.errors, warning: summary.warnings, notice: summary.notices };
  return failLevels.slice(0, failLevels.indexOf(failLevel) + 1).some((severity) => counts[severity] > 0);
}

/** Reads sources out of the files that were checked; each is decoded once. */
export function sourcesOf(files: WidgetFiles): CheckedWidget['sourceOf'] {
  const known = new Map<string, string | null>();
  return (file) => {
    let source = known.get(file);
    if (source === undefined) {
      source = readSource(file, files.get(file));
      known.set(file, source);
    }
    return source;
  };
}

function readSource(file: string, bytes: Buffer | undefined): string | null {
  if (bytes === undefined || isPictureName(file)) return null;
  const { text } = decodeText(bytes);
  return text?.includes('\0') === true ? null : text;
}
