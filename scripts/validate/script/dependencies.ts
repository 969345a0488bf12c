import type { AnyNode, CallExpression } from 'acorn';
import { globalPath, type IsGlobal, keyName, startOfText, textOf } from './names.js';

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
export function dependenciesOf(node: CallExpression, isGlobal: IsGlobal): Dependency[] {
  const called = globalPath(node.callee, isGlobal)?.join('.');
  switch (called) {
    case 'define': {
      const ids = node.arguments.slice(0, 2).find(({ type }) => type === 'ArrayExpression');
      return inList(ids, 'define');
    }
    case 'require':
    case 'requirejs': {
      const [ids] = node.arguments;
      return textOf(ids) === null ? inList(ids, 'require') : dependency(ids, 'require');
    }
    case 'require.config':
    case 'requirejs.config':
      return pathsOf(node.arguments[0]);
    default:
      return [];
  }
}

/** The module that a text asks for; nothing where the id is not written out. */
export function dependency(node: AnyNode | null | undefined, by: Dependency['by']): Dependency[] {
  const id = startOfText(node);
  return id === null || node == null ? [] : [{ id, whole: textOf(node) !== null, start: node.start, by }];
}

function inList(list: AnyNode | undefined, by: Dependency['by']): Dependency[] {
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((element) => dependency(element, by));
}

function pathsOf(options: AnyNode | undefined): Dependency[] {
  if (options?.type !== 'ObjectExpression') return [];
  return options.properties.flatMap((property) => {
    if (property.type !== 'Property' || keyName(property) !== 'paths') return [];
    if (property.value.type !== 'ObjectExpression') return [];
    return property.value.properties.flatMap((path) =>
      path.type === 'Property' ? dependency(path.value, 'paths') : [],
    );
  });
}
