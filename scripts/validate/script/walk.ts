import type { AnyNode } from 'acorn';

/** A node on the way through a script, and the way that leads to it. */
export interface Visit<Node extends AnyNode = AnyNode> {
  readonly node: Node;
  readonly parent: Visit | null;
}

/**
 * Calls `enter` for every node in the order of the text. It keeps its own stack: sums of thousands of texts, which
 * bundlers make, nest deeper than recursion goes.
 */
export function walk(root: AnyNode, enter: (visit: Visit) => void): void {
  const waiting: Visit[] = [{ node: root, parent: null }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    enter(visit);
    const first = waiting.length;
    const { node } = visit;
    for (const key in node) {
      const value = node[key as keyof AnyNode] as unknown;
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) waiting.push({ node: item, parent: visit });
      } else if (isNode(value)) {
        waiting.push({ node: value, parent: visit });
      }
    }
    reverseFrom(waiting, first);
  }
}

/** The nodes around a node, from the nearest on. */
export function* around(visit: Visit): Generator<Visit> {
  for (let outer = visit.parent; outer !== null; outer = outer.parent) yield outer;
}

/** The nearest node around of one of these types. */
export function nearestAround(visit: Visit, ...types: readonly AnyNode['type'][]): Visit | null {
  for (const outer of around(visit)) if (types.includes(outer.node.type)) return outer;
  return null;
}

export function isFunction(
  node: AnyNode,
): node is Extract<
  AnyNode,
  { type: 'FunctionExpression' | 'FunctionDeclaration' | 'ArrowFunctionExpression' }
> {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression'
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';
}

function reverseFrom(items: unknown[], first: number): void {
  for (let low = first, high = items.length - 1; low < high; low += 1, high -= 1) {
    [items[low], items[high]] = [items[high], items[low]];
  }
}
