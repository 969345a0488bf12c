import type { AnyNode } from 'acorn';
import { startCallbacks } from '../../../../src/kommo/location-callbacks.js';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, keyName, meant, memberOf, propertyName, textOf } from '../../script/names.js';
import { isFunction, nearestAround, type Visit, walk } from '../../script/walk.js';

type FunctionNode = Extract<AnyNode, { type: 'FunctionExpression' | 'ArrowFunctionExpression' }>;

/** Of the location `salesbot_designer`: skeletons have them for nothing. */
const ofSalesbot = { severity: 'warning', location: 'salesbot_designer' } as const;

/** What the platform expects the callbacks to give back. */
export const returnChecks: readonly CodeCheck[] = [
  {
    code: 'script/render-without-result',
    severity: 'warning',
    title: 'render says that the widget can start.',
    help: 'The platform calls init only when render returned true or a promise. A render without return leaves the widget standing still.',
    source: 'platform/widget.md §4.1, §4.2',
    visit: withoutResult('render', 'the platform never calls init'),
  },
  {
    code: 'script/save-without-result',
    severity: 'warning',
    title: 'onSave says that the settings may be saved.',
    help: 'The platform installs and saves only when onSave returned true or a promise that resolves.',
    source: 'platform/widget.md §4.1, §6',
    visit: withoutResult('onSave', 'the platform saves nothing'),
  },
  {
    code: 'script/salesbot-settings-without-exits',
    ...ofSalesbot,
    title: 'salesbotDesignerSettings gives the exits of the step.',
    help: 'The designer draws the exits of the step from what the callback returns: { exits: [{ code, title }] }.',
    source: 'platform/widget.md §4.1',
    visit: onCallback('salesbotDesignerSettings', (made) => {
      const [only, ...more] = results(made);
      const lacksExits =
        more.length === 0 &&
        only?.type === 'ObjectExpression' &&
        memberOf(only, 'exits') === null &&
        only.properties.every(({ type }) => type === 'Property');
      if (hasResult(made) && !lacksExits) return null;
      return say(
        made,
        'salesbotDesignerSettings returns no exits, which the designer needs to draw the step.',
        'return { exits: [{ code: "…", title: "…" }] };',
      );
    }),
  },
  {
    code: 'script/salesbot-save-not-text',
    ...ofSalesbot,
    title: 'onSalesbotDesignerSave gives the steps as a JSON text.',
    help: 'The platform stores the text that the callback returns as the steps of the bot: return JSON.stringify([…]).',
    source: 'platform/widget.md §4.1',
    visit: onCallback('onSalesbotDesignerSave', (made) => {
      const wrong = results(made).some(
        ({ type }) => type === 'ObjectExpression' || type === 'ArrayExpression',
      );
      if (hasResult(made) && !wrong) return null;
      return say(
        made,
        wrong
          ? 'onSalesbotDesignerSave returns the steps themselves, where the platform wants them as JSON text.'
          : 'onSalesbotDesignerSave returns nothing, so the step does nothing.',
        'return JSON.stringify([{ question: […] }]);',
      );
    }),
  },
  {
    code: 'script/salesbot-execute-handlers',
    ...ofSalesbot,
    title: 'The steps of a bot are not wrapped in execute_handlers.',
    help: 'Steps in execute_handlers do nothing when they come from onSalesbotDesignerSave, and nobody says so. Return a list of { question: […] }.',
    source: 'platform/widget.md §4.1, §9: seen in public code',
    visit: onCallback('onSalesbotDesignerSave', (made, context) => {
      let place: AnyNode | null = null;
      walk(made, ({ node }) => {
        if (keyName(node) === 'execute_handlers' || textOf(node) === 'execute_handlers') place ??= node;
      });
      const found = place as AnyNode | null;
      if (found === null) return null;
      const message = 'Steps in execute_handlers do nothing here.';
      return { start: found.start, message, expected: '{ question: […] }', found: codeAt(context, found) };
    }),
  },
];

function withoutResult(name: string, consequence: string): NonNullable<CodeCheck['visit']> {
  return onCallback(name, (made) =>
    hasResult(made)
      ? null
      : say(
          made,
          `${name} returns ${results(made).length === 0 ? 'nothing' : 'no more than false'}, so ${consequence}.`,
          'return true;',
        ),
  );
}

function onCallback(
  name: string,
  judge: (made: FunctionNode, context: ScriptContext) => Remark | null,
): NonNullable<CodeCheck['visit']> {
  return {
    Property: ({ node, parent }, context) => {
      if (keyName(node) !== name || !holdsCallbacks(parent)) return null;
      const made = functionIn(node.value, context);
      return made === null ? null : judge(made, context);
    },
    AssignmentExpression: ({ node }, context) => {
      const { left, right } = node;
      if (propertyName(left) !== name) return null;
      const isOfCallbacks = left.type === 'MemberExpression' && propertyName(left.object) === 'callbacks';
      const made = isOfCallbacks ? functionIn(right, context) : null;
      return made === null ? null : judge(made, context);
    },
  };
}

/**
 * An object that is assigned to `callbacks`, or has the three callbacks of every widget. With fewer it may as well be
 * the module of a bundle whose functions the callbacks call.
 */
function holdsCallbacks(visit: Visit | null): boolean {
  const object = visit?.node;
  if (object?.type !== 'ObjectExpression') return false;
  const holder = visit?.parent?.node;
  if (holder?.type === 'AssignmentExpression' && propertyName(holder.left) === 'callbacks') return true;
  if (holder !== undefined && keyName(holder) === 'callbacks') return true;
  const names = object.properties.map(keyName);
  return startCallbacks.every((name) => names.includes(name));
}

/** A function that is written out, has a name, or is bound with `bind` or `proxy`. */
function functionIn(node: AnyNode, context: ScriptContext): FunctionNode | null {
  const given = meant(node, context);
  if (isCallable(given)) return given;
  if (given?.type !== 'CallExpression' || !/^(?:bind|proxy)$/.test(calledName(given) ?? '')) return null;
  const bound = given.callee.type === 'MemberExpression' ? [given.callee.object, ...given.arguments] : [];
  return bound.map((one) => meant(one, context)).find(isCallable) ?? null;
}

function isCallable(node: AnyNode | null): node is FunctionNode {
  return node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}

/** Whether it gives back more than `false` or nothing on some way; a promise is something. */
function hasResult(made: FunctionNode): boolean {
  return made.async || made.generator || !results(made).every(isNothing) || throws(made);
}

function isNothing(node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && !node.value) || (node.type === 'Identifier' && node.name === 'undefined')
  );
}

function results(made: FunctionNode): AnyNode[] {
  if (made.body.type !== 'BlockStatement') return [made.body];
  const found: AnyNode[] = [];
  walk(made.body, (visit) => {
    const { node } = visit;
    if (node.type !== 'ReturnStatement' || node.argument == null || isInner(visit)) return;
    found.push(node.argument);
  });
  return found;
}

function throws(made: FunctionNode): boolean {
  let found = false;
  walk(made.body, (visit) => {
    if (visit.node.type === 'ThrowStatement' && !isInner(visit)) found = true;
  });
  return found;
}

/** Inside of another function than the one whose body is walked through. */
function isInner(visit: Visit): boolean {
  const inner = nearestAround(visit, 'FunctionExpression', 'FunctionDeclaration', 'ArrowFunctionExpression');
  return inner !== null && isFunction(inner.node);
}

function say({ start }: FunctionNode, message: string, expected: string): Remark {
  return { start, message, expected, found: 'no such return' };
}
