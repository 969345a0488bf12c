import type { AnyNode, CallExpression, Expression, NewExpression, SpreadElement } from 'acorn';

/** What is known of the names in a script. */
export interface Names {
  /** Whether an identifier refers to a variable of the page rather than to one that the script declares. */
  readonly isGlobal: (node: AnyNode) => boolean;
  /** What a variable stands for that never changes; `null` for all others. */
  readonly valueOf: (node: AnyNode) => AnyNode | null;
}

/** So many names for one thing in a row are looked through. */
const maxDetours = 5;

const windowNames = new Set(['window', 'self', 'globalThis', 'top', 'parent']);

/**
 * The path of members that an expression names, e.g. `['APP', 'data', 'current_card']` for
 * `window.APP.data['current_card']`: from a variable of the page on, also by another name for it. `null` for
 * anything else.
 */
export function globalPath(node: AnyNode, { isGlobal, valueOf }: Names): string[] | null {
  let steps = memberSteps(node);
  for (let detours = 0; steps !== null && !isGlobal(steps.root); detours += 1) {
    const value = detours < maxDetours ? valueOf(steps.root) : null;
    const further = value === null ? null : memberSteps(value);
    steps = further === null ? null : { root: further.root, names: [...further.names, ...steps.names] };
  }
  if (steps === null) return null;
  const path = [steps.root.name, ...steps.names];
  while (path.length > 1 && windowNames.has(path[0] ?? '')) path.shift();
  return path;
}

/** The last name of what is called: `fetch` for `fetch()`, `post` for `$.post()`, `crm_post` for `self.crm_post()`. */
export function calledName({ callee }: CallExpression | NewExpression): string | null {
  const plain = unwrap(callee);
  if (plain.type === 'Identifier') return plain.name;
  return plain.type === 'MemberExpression' ? propertyName(plain) : null;
}

/** `name` for `x.name` and `x['name']`. */
export function propertyName(node: AnyNode): string | null {
  if (node.type !== 'MemberExpression') return null;
  if (node.computed) return textOf(node.property);
  return node.property.type === 'Identifier' ? node.property.name : null;
}

/** The key of a property in an object or a method in a class, when it is written out. */
export function keyName(node: AnyNode): string | null {
  if (node.type !== 'Property' && node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition') {
    return null;
  }
  if (!node.computed && node.key.type === 'Identifier') return node.key.name;
  return textOf(node.key);
}

/** The text that an expression is, when it is written out. */
export function textOf(node: AnyNode | null | undefined): string | null {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? null;
  }
  return null;
}

/** What stands for an expression: the value where it is the name of one that never changes. */
export function meant(node: AnyNode | null | undefined, { valueOf }: Names): AnyNode | null {
  return node == null ? null : (valueOf(node) ?? node);
}

/** The text that an expression begins with: `https://x/` for `'https://x/' + name`. */
export function startOfText(node: AnyNode | null | undefined): string | null {
  let first = node;
  while (first?.type === 'BinaryExpression' && first.operator === '+') first = first.left;
  if (first?.type === 'TemplateLiteral') return first.quasis[0]?.value.cooked ?? null;
  return textOf(first);
}

/** The member of an object that is written out, e.g. `async` in `$.ajax({ async: false })`. */
export function memberOf(node: Expression | SpreadElement | undefined, name: string): Expression | null {
  if (node?.type !== 'ObjectExpression') return null;
  for (const property of node.properties) {
    if (property.type === 'Property' && keyName(property) === name) return property.value;
  }
  return null;
}

/** Without what changes nothing: `eval` for `(0, eval)`, `f` for `f?.()`. */
export function unwrap(node: AnyNode): AnyNode {
  let plain = node;
  for (;;) {
    if (plain.type === 'SequenceExpression') plain = plain.expressions.at(-1) ?? plain;
    else if (plain.type === 'ChainExpression') plain = plain.expression;
    else if (plain.type === 'ParenthesizedExpression') plain = plain.expression;
    else return plain;
  }
}

function memberSteps(node: AnyNode): { root: AnyNode & { type: 'Identifier' }; names: string[] } | null {
  const names: string[] = [];
  let at = unwrap(node);
  while (at.type === 'MemberExpression') {
    const name = propertyName(at);
    if (name === null || names.length > 20) return null;
    names.unshift(name);
    at = unwrap(at.object);
  }
  return at.type === 'Identifier' ? { root: at, names } : null;
}
