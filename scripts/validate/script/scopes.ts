import type { AnyNode, Program } from 'acorn';
import { analyze } from 'eslint-scope';

/** A name that no variable of the script stands for. */
export interface GlobalUse {
  readonly name: string;
  readonly start: number;
  /** It is given a value. */
  readonly written: boolean;
  /** It is asked for. */
  readonly read: boolean;
}

/** What a script knows and takes from the page. */
export interface Globals {
  readonly uses: readonly GlobalUse[];
  /** Names that the script declares for the page: `var` and functions outside of all functions. */
  readonly declared: ReadonlySet<string>;
  readonly isGlobal: (node: AnyNode) => boolean;
}

/** Beyond it the analysis would take seconds; the program has to be parsed with `ranges`. */
export const maxScopedLength = 2 * 1024 * 1024;

/** Every name that stands for no variable of the script. `null` when the script nests too deep to follow. */
export function globalsOf(program: Program): Globals | null {
  try {
    const manager = analyze(program as never, {
      ecmaVersion: 2022,
      sourceType: program.sourceType,
      // Otherwise nothing would be known of a function that calls eval.
      ignoreEval: true,
    });
    const scope = manager.globalScope;
    if (scope === null) return null;
    const nodes = new Set<unknown>(scope.through.map(({ identifier }) => identifier));
    const declared = new Set(scope.set.keys());
    return {
      uses: scope.through.map((reference) => ({
        name: (reference.identifier as { name: string }).name,
        start: (reference.identifier as unknown as { start: number }).start,
        written: reference.isWrite(),
        read: reference.isRead(),
      })),
      declared,
      isGlobal: (node) => nodes.has(node),
    };
  } catch (error) {
    // What eslint-scope cannot follow must not end the check of everything else.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}
