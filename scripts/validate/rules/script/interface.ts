import type { AnyNode } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, textOf } from '../../script/names.js';
import { advised, refusedAndHarmful } from './levels.js';

/** What a widget must leave to the user and to the platform in its interface. */
export const interfaceChecks: readonly CodeCheck[] = [
  {
    code: 'script/virtual-install',
    severity: refusedAndHarmful,
    title: 'Only the user presses Install and Uninstall.',
    help: 'Moderation forbids pressing these buttons for the user. Take the click out; Save alone may be pressed by code, where there is nothing to set.',
    source: 'platform/widget.md §8 rule 36',
    visit: {
      CallExpression: ({ node }, context) => {
        if (!isClick(node)) return null;
        const { callee } = node;
        const selected = callee.type === 'MemberExpression' ? selectorOf(callee.object, context) : null;
        const button = /\bjs-widget-(?:un)?install\b/.exec(selected ?? '')?.[0];
        if (button === undefined) return null;
        return {
          start: node.start,
          message: `This presses ${button === 'js-widget-install' ? 'Install' : 'Uninstall'} in place of the user, which moderation forbids.`,
          expected: 'a user who presses the button',
          found: codeAt(context, node),
        };
      },
    },
  },
  {
    code: 'script/switcher-class',
    severity: advised,
    title: 'The state of a switch is read from its value.',
    help: 'The classes switcher__on and switcher__off are deprecated and may go. Read .val() or .prop("checked") of the input.',
    source: 'platform/widget.md §8 rule 19, §5.4',
    visit: {
      Literal: ({ node }) => switcherClass(textOf(node), node.start),
      TemplateElement: ({ node }) => switcherClass(node.value.cooked, node.start),
    },
  },
];

function switcherClass(text: string | null | undefined, start: number): Remark | null {
  const name = /\bswitcher__(?:on|off)\b/.exec(text ?? '')?.[0];
  if (name === undefined) return null;
  return {
    start,
    message: `The class ${name} is deprecated: read the value of the switch.`,
    expected: '.val() or .prop("checked")',
    found: name,
  };
}

/** `.click()`, `.trigger('click')` and their like, without a handler. */
function isClick(node: Extract<AnyNode, { type: 'CallExpression' }>): boolean {
  const name = calledName(node);
  if (name === 'click') return node.arguments.length === 0;
  const event = textOf(node.arguments[0])?.split('.', 1)[0];
  return (name === 'trigger' || name === 'triggerHandler') && event === 'click';
}

/** The selectors in a chain such as `$('.modal').find('.js-widget-install')`. */
function selectorOf(node: AnyNode, context: ScriptContext): string {
  const texts: string[] = [];
  let at: AnyNode = node;
  for (let steps = 0; steps < 50; steps += 1) {
    if (at.type === 'CallExpression') {
      texts.push(...at.arguments.map((argument) => textOf(argument) ?? ''));
      at = at.callee;
    } else if (at.type === 'MemberExpression') {
      at = at.object;
    } else {
      const value = context.valueOf(at);
      if (value === null) break;
      at = value;
    }
  }
  return texts.join(' ');
}
