import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { findJsonFlaws, type JsonFlaw, nestsTooDeep, maxJsonBytes } from './json-flaws.js';
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
  const jsonFlaws: JsonFlaw[] = [];
  let root: Node | undefined;
  if (text !== null) {
    if (bytes.byteLength > maxJsonBytes) {
      jsonFlaws.push({ kind: 'too-large', offset: 0, message: 'The file is too large to be checked.' });
    } else if (nestsTooDeep(text)) {
      jsonFlaws.push({ kind: 'too-deep', offset: 0, message: 'The values nest too deep to be checked.' });
    } else {
      const lenient = parseTree(text, [], { disallowComments: false, allowTrailingComma: true });
      jsonFlaws.push(...findJsonFlaws(text, lenient, locate));
      if (!jsonFlaws.some((flaw) => flaw.kind === 'syntax')) root = lenient;
    }
  }
  const value = root === undefined ? undefined : toValue(root);
  const at = (offset: number): Spot => ({ file, ...locate(offset) });
  return {
    file,
    textFlaws,
    jsonFlaws: jsonFlaws.map((flaw) => ({ ...flaw, ...at(flaw.offset) })),
    value,
    get: (path) => valueAt(value, path),
    spot: (path) => at(nodeAround(root, path)?.offset ?? 0),
    keySpot: (path) => at(keyAround(root, path)?.offset ?? 0),
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

function nodeAround(root: Node | undefined, path: JSONPath): Node | undefined {
  if (root === undefined) return undefined;
  const node = lastNodeAt(root, path);
  return node ?? keyAround(root, path.slice(0, -1));
}

function keyAround(root: Node | undefined, path: JSONPath): Node | undefined {
  if (root === undefined || path.length === 0) return root;
  const node = lastNodeAt(root, path);
  if (node === undefined) return keyAround(root, path.slice(0, -1));
  const parent = node.parent;
  return parent?.type === 'property' ? (parent.children?.[0] ?? node) : node;
}

/** jsonc-parser finds the first of two equal keys, but the last one counts. */
function lastNodeAt(root: Node, path: JSONPath): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node =
      typeof step === 'number'
        ? findNodeAtLocation(node, [step])
        : node.children?.findLast((child) => node?.type === 'object' && child.children?.[0]?.value === step)
            ?.children?.[1];
  }
  return node;
}
