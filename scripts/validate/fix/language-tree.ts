import { type Node, parseTree } from 'jsonc-parser';

/** The values of a JSON file in their order, with everything but objects as it was written. */
export type Tree = Text | Group;

/** A text, or any other value that is no object. */
export interface Text {
  readonly kind: 'value';
  /** As it stands in the file. */
  readonly source: string;
  /** `null` when the value is no text. */
  readonly text: string | null;
}

export interface Group {
  readonly kind: 'group';
  readonly members: readonly Member[];
}

export interface Member {
  readonly key: string;
  readonly value: Tree;
}

/** A language file that can be laid out anew. */
export interface LanguageTree {
  readonly root: Group;
  /** The whole file with another content, in the indentation that it has. */
  print(root: Group): string;
}

/** Reads strict JSON; `null` when the file holds no object. */
export function readLanguageTree(source: string): LanguageTree | null {
  const node = parseTree(source);
  if (node?.type !== 'object') return null;
  const indentation = /^\s*\{[ \t]*\n([ \t]+)/.exec(source)?.[1] ?? '  ';
  return {
    root: toGroup(node, source),
    print: (root) =>
      source.slice(0, node.offset) +
      printTree(root, '\n', indentation) +
      source.slice(node.offset + node.length),
  };
}

function toTree(node: Node, source: string): Tree {
  if (node.type === 'object') return toGroup(node, source);
  const text = node.type === 'string' ? String(node.value) : null;
  return { kind: 'value', source: source.slice(node.offset, node.offset + node.length), text };
}

function toGroup(node: Node, source: string): Group {
  const members = (node.children ?? []).flatMap(({ children: [key, value] = [] }): Member[] =>
    key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), value: toTree(value, source) }],
  );
  return { kind: 'group', members };
}

function printTree(tree: Tree, lineStart: string, indentation: string): string {
  if (tree.kind === 'value') return tree.source;
  if (tree.members.length === 0) return '{}';
  const inner = lineStart + indentation;
  const lines = tree.members.map(
    ({ key, value }) => `${inner}${JSON.stringify(key)}: ${printTree(value, inner, indentation)}`,
  );
  return `{${lines.join(',')}${lineStart}}`;
}
