import type { AnyNode, FunctionExpression, ObjectExpression } from 'acorn';
import type { FoundCallback, WidgetInstanceFacts } from './index.js';
import { keyName, propertyName } from './names.js';

/**
 * The callbacks of a widget as far as the text of its constructor tells for certain: they are one object that is
 * written out and assigned to `this.callbacks` or `self.callbacks`, and the script speaks of `callbacks` nowhere else.
 * `null` where only a run can tell.
 */
export function writtenInstance(constructor: FunctionExpression, text: string): WidgetInstanceFacts | null {
  if ((text.match(/\bcallbacks\b/g)?.length ?? 0) !== 1) return null;
  const assigned = constructor.body.body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'AssignmentExpression' &&
    propertyName(statement.expression.left) === 'callbacks'
      ? [statement.expression.right]
      : [],
  );
  const [callbacks] = assigned;
  if (callbacks?.type !== 'ObjectExpression') return null;
  const found = written(callbacks);
  return found === null ? null : { kind: 'callbacks', callbacks: found };
}

function written({ properties }: ObjectExpression): FoundCallback[] | null {
  const found: FoundCallback[] = [];
  for (const property of properties) {
    const name = keyName(property);
    if (property.type !== 'Property' || name === null) return null;
    const { value } = property;
    if (value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression') {
      found.push({ name, empty: isEmpty(value.body) });
    } else if (value.type === 'ObjectExpression' && value.properties.every(isMethod)) {
      found.push(...(written(value) ?? []).map((one) => ({ ...one, name: `${name}.${one.name}` })));
    } else {
      return null;
    }
  }
  return found;
}

function isMethod(property: AnyNode): boolean {
  return property.type === 'Property' && property.value.type === 'FunctionExpression';
}

/** Nothing but the answer that the platform wants. */
function isEmpty(body: AnyNode): boolean {
  if (body.type !== 'BlockStatement') return body.type === 'Literal';
  const [only, ...more] = body.body;
  if (only === undefined) return true;
  return more.length === 0 && only.type === 'ReturnStatement' && only.argument?.type === 'Literal';
}
