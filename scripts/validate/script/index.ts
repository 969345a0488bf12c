import type { WidgetFiles } from '../../archive/files.js';
import { decodeText } from '../text.js';
import { analyzeScript } from './analyze.js';
import { runScript, type ScriptInput, startScript } from './run.js';

/** What `script.js` gives to the platform that loads it as an AMD module: `platform/widget.md §3.1`. */
export type ScriptVerdict =
  | { kind: 'function' }
  /** It cannot be parsed. */
  | { kind: 'syntax'; line: number; column: number; reason: string }
  /** It never calls `define` while it loads. */
  | { kind: 'no-define'; reason: string }
  /** It only defines modules under names of their own, none for the file itself. */
  | { kind: 'only-named'; names: string[] }
  /** Its module is something else than a function. */
  | { kind: 'no-function'; found: string; line: number | null; column: number | null }
  /** Its module is a function that the platform cannot extend. */
  | { kind: 'not-extendable'; found: string; line: number | null; column: number | null }
  /** Its module is that of a script on another server. */
  | { kind: 'remote'; address: string }
  /** It cannot be told outside the platform. */
  | { kind: 'undecided'; reason: string };

/** A callback that the constructed widget has. */
export interface FoundCallback {
  /** `render`, or `leads.selected` for one in a group. */
  readonly name: string;
  /** There is nothing in it, as in the skeletons of templates. */
  readonly empty: boolean;
}

/** What the widget is that the function of `script.js` makes. */
export type WidgetInstanceFacts =
  | { kind: 'callbacks'; callbacks: readonly FoundCallback[] }
  /** It has no object `callbacks` when the constructor is done. */
  | { kind: 'no-callbacks'; found: string }
  | { kind: 'undecided'; reason: string };

export interface ScriptStudy {
  verdict: ScriptVerdict;
  /** `null` where there is no function to construct from. */
  instance: WidgetInstanceFacts | null;
}

/**
 * Finds out what `script.js` gives and which callbacks the widget has, by reading it and, where that doesn't tell, by
 * running it cut off from everything. `null` when there is no `script.js`. Never throws; takes a few seconds at the
 * very most.
 */
export function studyScript(files: WidgetFiles): ScriptStudy | null {
  const { study, run } = readMainScript(files);
  return run === null ? study : together(study, runScript(run));
}

/** {@link studyScript} beside other work: where the script has to run, it runs already when this returns. Never rejects. */
export async function studyScriptBeside(files: WidgetFiles): Promise<ScriptStudy | null> {
  const { study, run } = readMainScript(files);
  return run === null ? study : together(study, await startScript(run));
}

/** What reading tells, and what has to run for the rest. */
function readMainScript(files: WidgetFiles): { study: ScriptStudy | null; run: ScriptInput | null } {
  const bytes = files.get('script.js');
  if (bytes === undefined) return { study: null, run: null };
  const { text } = decodeText(bytes);
  if (text === null) {
    return {
      study: { verdict: { kind: 'undecided', reason: 'it is not UTF-8' }, instance: null },
      run: null,
    };
  }
  const { verdict, instance } = analyzeScript(text);
  const study = verdict === null ? null : { verdict, instance };
  const isTold = study !== null && (study.verdict.kind !== 'function' || instance !== null);
  return { study, run: isTold ? null : { script: text, others: otherScripts(files) } };
}

/** What was read is certain; a run may fail for lack of the platform. */
function together(read: ScriptStudy | null, ran: ScriptStudy): ScriptStudy {
  return read === null ? ran : { verdict: read.verdict, instance: instanceOf(ran) };
}

function instanceOf({ verdict, instance }: ScriptStudy): WidgetInstanceFacts | null {
  if (instance !== null || verdict.kind !== 'undecided') return instance;
  return { kind: 'undecided', reason: verdict.reason };
}

/** What the script may ask for by a relative path. */
function otherScripts(files: WidgetFiles): Record<string, string> {
  const scripts: Record<string, string> = {};
  for (const [name, bytes] of files) {
    if (name.endsWith('.js') && name !== 'script.js') scripts[name] = bytes.toString('utf8');
  }
  return scripts;
}
