import type { AnyNode } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, globalPath, keyName, propertyName, textOf, unwrap } from '../../script/names.js';
import { quote } from '../../words.js';
import { advised, refusedAndHarmful } from './levels.js';

/** The members that the documentation names (`platform/widget.md §3.5`); `null` where it says nothing of what is below. */
const documented: Readonly<Record<string, readonly string[] | null>> = {
  lang_id: null,
  getBaseEntity: null,
  isCard: null,
  getWidgetsArea: null,
  getV3WidgetsArea: null,
  constant: null,
  addNotificationCallback: null,
  data: ['current_view', 'current_list', 'current_card'],
  sdk: ['showUserStatus', 'setCallingStatus', 'getCallingStatus'],
  notifications: ['show_message', 'show_message_error', 'show_notification', 'add_error', 'add_call'],
};

const constants = ['user', 'user_rights', 'account', 'managers', 'groups', 'task_types'];

/** How the widget uses the platform's global object. */
export const appChecks: readonly CodeCheck[] = [
  {
    code: 'script/writes-to-app',
    severity: refusedAndHarmful,
    title: 'Scripts only read APP.',
    help: 'APP belongs to the platform and to all widgets of the page. Keep what you need in variables of your own.',
    source: 'platform/widget.md §8 rule 13, §3.5',
    visit: {
      AssignmentExpression: ({ node }, context) => write(node, node.left, context),
      UpdateExpression: ({ node }, context) => write(node, node.argument, context),
      UnaryExpression: ({ node }, context) =>
        node.operator === 'delete' ? write(node, node.argument, context) : null,
      CallExpression: ({ node }, context) => {
        const called = globalPath(node.callee, context)?.join('.');
        const [first] = node.arguments;
        const copies = ['assign', 'defineProperty', 'extend'].includes(calledName(node) ?? '');
        if (copies && first !== undefined) return write(node, first, context);
        const setsConstant = called === 'APP.constant' || called === 'AMOCRM.constant';
        return setsConstant && node.arguments.length > 1 ? write(node, node.callee, context) : null;
      },
    },
  },
  {
    code: 'script/undocumented-app-member',
    severity: advised,
    title: 'Scripts use the documented members of APP alone.',
    help: 'Moderation refuses widgets that lean on anything else, since it may be gone with the next version of the platform; an official sample does so all the same. Documented are lang_id, getBaseEntity, isCard, getWidgetsArea, constant with six keys, addNotificationCallback, and parts of data, sdk and notifications.',
    source: 'platform/widget.md §8 rule 13, §3.5; an official sample reads element_types, hence no error',
    visit: {
      MemberExpression: ({ node, parent }, context) => {
        const isInner = parent?.node.type === 'MemberExpression' && parent.node.object === node;
        if (isInner || isWritten(node, parent?.node)) return null;
        const path = globalPath(node, context);
        // What a name of the script's own stands for is told of where the name is given.
        if (path === null || path.length - stepsWritten(node) > 1) return null;
        return undocumented(path, node.start);
      },
      VariableDeclarator: ({ node: { id, init } }, context) => {
        const path = init == null || id.type !== 'ObjectPattern' ? null : globalPath(init, context);
        if (path === null || id.type !== 'ObjectPattern') return null;
        return id.properties.flatMap((property) => {
          const name = keyName(property);
          return (name === null ? null : undocumented([...path, name], property.start)) ?? [];
        });
      },
      CallExpression: ({ node }, context) => {
        const path = globalPath(node.callee, context);
        if (path === null || !isApp(path) || path[1] !== 'constant' || path.length !== 2) return null;
        const key = textOf(node.arguments[0]);
        if (key === null || constants.includes(key)) return null;
        return {
          start: node.start,
          message: `The constant ${quote(key)} is not documented; the platform may drop it.`,
          expected: constants.join(', '),
          found: codeAt(context, node),
        };
      },
    },
  },
  {
    code: 'script/deprecated-alias',
    severity: advised,
    title: 'APP is used by its current name.',
    help: 'AMOCRM is the old name of APP, kept for old widgets. Write APP.',
    source: 'platform/widget.md §3.5',
    visit: {
      Identifier: ({ node, parent }, { isGlobal }) =>
        node.name === 'AMOCRM' && isGlobal(node) && parent?.node.type !== 'Property'
          ? alias(node.start)
          : null,
      MemberExpression: ({ node }, context) =>
        globalPath(node, context)?.join('.') === 'AMOCRM' ? alias(node.start) : null,
    },
  },
];

function undocumented(path: readonly string[], start: number): Remark | null {
  if (!isApp(path) || path.length < 2) return null;
  const [root = '', member = '', below] = path;
  const members = Object.hasOwn(documented, member) ? documented[member] : undefined;
  const isDocumented =
    members !== undefined && (members === null || below === undefined || members.includes(below));
  if (isDocumented) return null;
  const shown = [root, member, ...(members == null || below === undefined ? [] : [below])].join('.');
  return {
    start,
    message: `${shown} is not documented; the platform may drop it.`,
    expected: 'a documented member of APP',
    found: shown,
    ...(path.slice(1, 3).join('.') === 'widgets.legal_handlers' && { permittedBy: 'amocrm' as const }),
  };
}

/** How many members an expression names itself. */
function stepsWritten(node: AnyNode): number {
  let steps = 0;
  for (let at = unwrap(node); at.type === 'MemberExpression'; at = unwrap(at.object)) steps += 1;
  return steps;
}

/** Of these tells script/writes-to-app. */
function isWritten(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent?.type === 'AssignmentExpression') return parent.left === node;
  if (parent?.type === 'UpdateExpression') return true;
  return parent?.type === 'UnaryExpression' && parent.operator === 'delete';
}

function isApp([root]: readonly string[]): boolean {
  return root === 'APP' || root === 'AMOCRM';
}

function write(node: AnyNode, target: AnyNode, context: ScriptContext): Remark | null {
  // A member whose name is worked out belongs to what it is a member of.
  const isWorkedOut = target.type === 'MemberExpression' && propertyName(target) === null;
  const path = globalPath(isWorkedOut ? target.object : target, context);
  if (path === null || !isApp(path)) return null;
  const isDocumented = path.slice(1, 3).join('.') === 'widgets.legal_handlers';
  return {
    start: node.start,
    message: `This changes ${path.slice(0, 4).join('.')}, which belongs to the platform.`,
    expected: 'a variable of your own',
    found: codeAt(context, node),
    ...(isDocumented && { permittedBy: 'amocrm' as const }),
  };
}

function alias(start: number): Remark {
  return {
    start,
    message: 'AMOCRM is the deprecated name of APP.',
    expected: 'APP',
    found: 'AMOCRM',
  };
}
