import type { AnyNode } from 'acorn';
import type { LocationCode } from '../../../src/kommo/locations.js';
import type { Problem, Rule } from '../rule.js';
import type { Target } from '../situation.js';
import type { Names } from './names.js';
import type { Globals } from './scopes.js';
import type { Visit } from './walk.js';

/** What a check says of a place in a script. */
export interface Remark extends Pick<Problem, 'message' | 'expected' | 'found'> {
  /** In UTF-16 code units from the start of the file. */
  start: number;
  /** The platform that permits it. */
  permittedBy?: Target;
}

/** What a check may know of the script that it looks at. */
export interface ScriptContext extends Names {
  /** Its path below the folder that holds the widget. */
  readonly file: string;
  readonly text: string;
  /** All files of the widget. */
  readonly names: ReadonlySet<string>;
  /** `null` when it is not known what the names refer to. */
  readonly globals: Globals | null;
  /** What `make` finds in the script, found once however often it is asked for. */
  readonly once: <Value>(make: (text: string) => Value) => Value;
}

type Visitors = {
  readonly [Type in AnyNode['type']]?: (
    visit: Visit<Extract<AnyNode, { type: Type }>>,
    context: ScriptContext,
  ) => Said;
};

/** Nothing, one thing or several. */
export type Said = Remark | readonly Remark[] | null | undefined;

/** A rule about what is written in scripts, looked for in one walk together with all the others. */
export interface CodeCheck extends Omit<Rule, 'check'> {
  /**
   * What it is in code of others, e.g. `eval`: `script/in-vendor-code` tells of it there. Absent for what matters only
   * in code of one's own.
   */
  readonly inVendor?: string;
  /**
   * What a text must have for the check to say anything of it, wherever comments, brackets and quotes stand. Code of
   * others that has none of it is not taken apart, which would take longer than all else. It is looked for in what
   * `plainText` gives.
   */
  readonly traces?: RegExp;
  /** It matters as much in what a bundler adds. */
  readonly inBundler?: boolean;
  /** It matters only where the manifest lists this location: skeletons have the callbacks of all of them. */
  readonly location?: LocationCode;
  readonly visit?: Visitors;
}

/** `code` as it is written, on one line and cut, for messages. */
export function codeAt({ text }: ScriptContext, { start, end }: { start: number; end: number }): string {
  const code = text.slice(start, Math.min(end, start + 200)).replace(/\s+/g, ' ');
  return code.length <= 60 ? code : `${code.slice(0, 59)}…`;
}
