import type { Levels } from '../../situation.js';
import { type CodeCheck, codeAt } from '../../script/check.js';
import { globalPath } from '../../script/names.js';
import { advised, refused } from './levels.js';

/** The page's own dialogs, which stop everything until they are answered. */
export const dialogChecks: readonly CodeCheck[] = [
  dialog('alert', refused, 'platform/widget.md §8 rule 9', 'APP.notifications.show_message or a modal'),
  dialog(
    'confirm',
    { kommo: advised, amocrm: refused },
    'platform/widget.md §8 rule 9: amoCRM names it, Kommo does not',
    'lib/components/base/modal',
  ),
  dialog(
    'prompt',
    advised,
    'platform/widget.md §8 rule 9: inferred from alert and confirm',
    'lib/components/base/modal',
  ),
];

function dialog(name: string, severity: Levels, source: string, instead: string): CodeCheck {
  return {
    code: `script/${name}`,
    severity,
    title: `Scripts don’t call ${name}.`,
    help: `${name} holds up the whole page of the account. Moderation wants the platform’s own notifications and modals in its place: APP.notifications, or lib/components/base/modal.`,
    source,
    inVendor: name,
    traces: new RegExp(`\\b${name}["'\`\\s)\\]?.]*[(/]`),
    visit: {
      CallExpression: ({ node }, context) =>
        globalPath(node.callee, context)?.join('.') === name
          ? {
              start: node.start,
              message: `${name} holds up the page; moderation wants what the platform has for it.`,
              expected: instead,
              found: codeAt(context, node),
            }
          : null,
    },
  };
}
