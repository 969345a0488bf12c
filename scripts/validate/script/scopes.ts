import type { AnyNode, Program, VariableDeclarator } from 'acorn';
import { analyze, type Variable } from 'eslint-scope';

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
  /** What a name stands for everywhere: the value of a variable that is given one only where it is declared. */
  readonly valueOf: (node: AnyNode) => AnyNode | null;
}

/** Beyond it the analysis would take seconds; the program has to be parsed with `ranges`. */
export const maxScopedLength = 2 * 1024 * 1024;

/** The places that read a variable, with its value; none where it is not plain to see. */
function usesWithValue({ defs, references }: Variable): [AnyNode, AnyNode][] {
  const [definition, ...more] = defs;
  const declared = definition?.node as AnyNode | undefined;
  if (definition === undefined || declared?.type !== 'VariableDeclarator' || more.length > 0) return [];
  if (references.some((reference) => reference.isWrite() && !reference.init)) return [];
  const value = valueIn(declared, definition.name as unknown as AnyNode);
  if (value === null) return [];
  return references.filter((one) => one.isRead()).map(({ identifier }) => [identifier as AnyNode, value]);
}

/** `x` for `const a = x`, and `x.a` for `const { a } = x`. */
function valueIn({ id, init }: VariableDeclarator, name: AnyNode): AnyNode | null {
  if (init == null) return null;
  if (id.type === 'Identifier') return init;
  if (id.type !== 'ObjectPattern') return null;
  for (const property of id.properties) {
    if (property.type !== 'Property' || property.value !== name || property.computed) continue;
    const { start, end, key } = property;
    return {
      type: 'MemberExpression',
      object: init,
      property: key,
      computed: false,
      optional: false,
      start,
      end,
    };
  }
  return null;
}

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
    const values = new Map(manager.scopes.flatMap(({ variables }) => variables.flatMap(usesWithValue)));
    return {
      uses: scope.through.map((reference) => ({
        name: (reference.identifier as { name: string }).name,
        start: (reference.identifier as unknown as { start: number }).start,
        written: reference.isWrite(),
        read: reference.isRead(),
      })),
      declared,
      isGlobal: (node) => nodes.has(node),
      valueOf: (node) => values.get(node) ?? null,
    };
  } catch (error) {
    // What eslint-scope cannot follow must not end the check of everything else.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}
