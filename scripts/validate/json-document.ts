import { type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { findJsonFlaws, type JsonFlaw, maxJsonBytes, nestsTooDeep, tooDeep, tooLarge } from './json-flaws.js';
import { decodeText, makeLocator, type TextFlaw } from './text.js';

/** Where something stands in a file, ready to be spread into a problem. */
export interface Spot {
  file: string;
  line: number;
  column: number;
}

/** A JSON file with its flaws, its value and the place of everything in it. */
export interface JsonDocument {
  file: string;
  textFlaws: readonly TextFlaw[];
  jsonFlaws: readonly (JsonFlaw & Spot)[];
  /**
   * What the file says; `undefined` when it cannot be read for sure. Comments and trailing commas are flaws,
   * but they leave no doubt about the value.
   */
  value: unknown;
  /** The value at a path, `undefined` when there is none. Inherited properties are none. */
  get(path: JSONPath): unknown;
  /** Where the value of a path stands; what is not there is looked for at the object around it. */
  spot(path: JSONPath): Spot;
  /** Where the key at the end of a path stands. */
  keySpot(path: JSONPath): Spot;
}

/** Reads a JSON file. Never throws. */
export function readJson(file: string, bytes: Buffer): JsonDocument {
  const { text, flaws: textFlaws } = decodeText(bytes);
  const locate = makeLocator(text ?? '');
  let jsonFlaws: JsonFlaw[] = [];
  let root: Node | undefined;
  if (text !== null) {
    if (bytes.byteLength > maxJsonBytes) {
      jsonFlaws = [tooLarge(bytes.byteLength)];
    } else if (nestsTooDeep(text)) {
      jsonFlaws = [tooDeep()];
    } else {
      const lenient = parseTree(text, [], { disallowComments: false, allowTrailingComma: true });
      jsonFlaws = findJsonFlaws(text, lenient, locate);
      if (!jsonFlaws.some((flaw) => flaw.kind === 'syntax')) root = lenient;
    }
  }
  const value = root === undefined ? undefined : toValue(root);
  const finder = makeFinder(root);
  const at = (offset: number): Spot => ({ file, ...locate(offset) });
  return {
    file,
    textFlaws,
    jsonFlaws: jsonFlaws.map((flaw) => ({ ...flaw, ...at(flaw.offset) })),
    value,
    get: (path) => valueAt(value, path),
    spot: (path) => at(finder.value(path)?.offset ?? 0),
    keySpot: (path) => at(finder.key(path)?.offset ?? 0),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property of an object; `undefined` for anything else. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function valueAt(value: unknown, path: JSONPath): unknown {
  let current = value;
  for (const step of path) {
    current =
      typeof step === 'number' && Array.isArray(current) ? current[step] : property(current, String(step));
  }
  return current;
}

/** `getNodeValue` of jsonc-parser would take a key `__proto__` for the prototype. */
function toValue(node: Node): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries((node.children ?? []).flatMap(toEntry));
    case 'array':
      return (node.children ?? []).map(toValue);
    default:
      return node.value;
  }
}

function toEntry(node: Node): [string, unknown][] {
  const [key, value] = node.children ?? [];
  return key === undefined || value === undefined ? [] : [[String(key.value), toValue(value)]];
}

/** Where things stand in a tree. What is not there is looked for at the object around it. */
function makeFinder(root: Node | undefined): Record<'value' | 'key', (path: JSONPath) => Node | undefined> {
  const members = new WeakMap<Node, Map<unknown, Node>>();
  const membersOf = (node: Node): Map<unknown, Node> => {
    const known = members.get(node);
    if (known !== undefined) return known;
    const entries = (node.children ?? []).map((child, index): [unknown, Node | undefined] =>
      node.type === 'object' ? [child.children?.[0]?.value, child.children?.[1]] : [index, child],
    );
    const made = new Map(entries.filter((entry): entry is [unknown, Node] => entry[1] !== undefined));
    members.set(node, made);
    return made;
  };
  const find = (path: JSONPath): Node | undefined =>
    path.reduce<Node | undefined>((node, step) => node && membersOf(node).get(step), root);
  const key = (path: JSONPath): Node | undefined => {
    if (path.length === 0) return root;
    const node = find(path);
    if (node === undefined) return key(path.slice(0, -1));
    return node.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node;
  };
  return { value: (path) => find(path) ?? key(path.slice(0, -1)), key };
}
