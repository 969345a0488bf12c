import type { AnyNode, CallExpression } from 'acorn';
import { globalPath, keyName, meant, type Names, startOfText, textOf } from './names.js';
import { isFunction } from './walk.js';

/** A module that a script asks for. */
export interface Dependency {
  /** The id as it is written, or how it begins. */
  readonly id: string;
  /** Nothing is put to it while the script runs. */
  readonly whole: boolean;
  readonly start: number;
  /** `define` loads it before the module can be; `require` and `import` on demand; `paths` says where it is. */
  readonly by: 'define' | 'require' | 'import' | 'paths';
}

/** What a call of `define` or `require` asks for; nothing for other calls. */
export function dependenciesOf(node: CallExpression, names: Names): Dependency[] {
  const called = globalPath(node.callee, names)?.join('.');
  switch (called) {
    case 'define': {
      const ids = node.arguments.slice(0, 2).find(({ type }) => type === 'ArrayExpression');
      return inList(ids, 'define', names);
    }
    case 'require':
    case 'requirejs': {
      const [ids] = node.arguments;
      return textOf(ids) === null ? inList(ids, 'require', names) : dependency(ids, 'require', names);
    }
    case 'require.config':
    case 'requirejs.config':
      return pathsOf(node.arguments[0], names);
    default:
      return [];
  }
}

/** What a call of `define` or `require` asks for without saying its name, or where it is. */
export function unnamedIn(node: CallExpression, names: Names): AnyNode[] {
  const called = globalPath(node.callee, names)?.join('.');
  const asked = called === 'define' ? listOfDefine(node) : isRequire(called) ? node.arguments[0] : undefined;
  if (asked === undefined || asked.type === 'ObjectExpression') return [];
  const elements = asked.type === 'ArrayExpression' ? asked.elements : [asked];
  return elements.filter((element): element is NonNullable<typeof element> => !tellsName(element, names));
}

function listOfDefine({ arguments: given }: CallExpression): AnyNode | undefined {
  const list = given.slice(0, 2).find(({ type }) => type === 'ArrayExpression');
  if (list !== undefined) return list;
  // A factory alone, or a name and a factory, ask for nothing.
  const rest = textOf(given[0]) === null ? given : given.slice(1);
  const [first] = rest;
  return rest.length < 2 || first === undefined || isFunction(first) ? undefined : first;
}

/** Whether it begins with a text, or has the name of a file in one: `path + '/parcels.js'`. */
function tellsName(element: AnyNode | null, names: Names): boolean {
  const node = meant(element, names);
  if (node === null) return true;
  switch (node.type) {
    case 'ConditionalExpression':
      return tellsName(node.consequent, names) && tellsName(node.alternate, names);
    case 'LogicalExpression':
      return tellsName(node.left, names) && tellsName(node.right, names);
    default:
      return (startOfText(node) ?? '') !== '' || textsOf(node).some((text) => /[\w-]\.\w/.test(text));
  }
}

/** The texts that an expression is put together from. */
function textsOf(node: AnyNode): string[] {
  const texts: string[] = [];
  let rest = node;
  while (rest.type === 'BinaryExpression' && rest.operator === '+') {
    texts.push(textOf(rest.right) ?? '');
    rest = rest.left;
  }
  if (rest.type !== 'TemplateLiteral') return [...texts, textOf(rest) ?? ''];
  return [...texts, ...rest.quasis.map(({ value }) => value.cooked ?? '')];
}

function isRequire(called: string | undefined): boolean {
  return called === 'require' || called === 'requirejs';
}

/** The module that a text asks for; nothing where the id is not written out. */
export function dependency(
  node: AnyNode | null | undefined,
  by: Dependency['by'],
  names: Names,
): Dependency[] {
  const said = meant(node, names);
  const id = startOfText(said);
  return id === null || node == null ? [] : [{ id, whole: textOf(said) !== null, start: node.start, by }];
}

function inList(list: AnyNode | undefined, by: Dependency['by'], names: Names): Dependency[] {
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((element) => dependency(element, by, names));
}

/** `baseUrl`, and what is in `paths`: one place for each name, or several of which the first that answers counts. */
function pathsOf(options: AnyNode | undefined, names: Names): Dependency[] {
  if (options?.type !== 'ObjectExpression') return [];
  return options.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    if (keyName(property) === 'baseUrl') return dependency(property.value, 'paths', names);
    if (keyName(property) !== 'paths' || property.value.type !== 'ObjectExpression') return [];
    return property.value.properties.flatMap((path) => {
      if (path.type !== 'Property') return [];
      return path.value.type === 'ArrayExpression'
        ? inList(path.value, 'paths', names)
        : dependency(path.value, 'paths', names);
    });
  });
}
