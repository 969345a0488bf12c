import { isDrawn } from '../dom.js';
import { intercept } from './intercept.js';
import { globalSelectors } from './selectors.js';
import { widgetOf } from './who.js';
import type { OwnerOf } from './watch-nodes.js';
import type { Watcher, WatchTools } from './watcher.js';

type Sheet = HTMLStyleElement | HTMLLinkElement;

/** How many selectors of one sheet are named. */
const named = 3;

/** Sees sheets of widgets with rules for the whole page (`platform/widget.md §8`, 20, 21 and 24). */
export function watchStyles({ breach, onlyWidget }: WatchTools, ownerOf: OwnerOf): Watcher {
  const sheets = new Map<Sheet, string | null>();
  const told = new WeakSet<Sheet>();

  const check = (element: Sheet): void => {
    const widget = sheets.get(element);
    const rules = rulesOf(element);
    if (widget === undefined || rules === undefined || told.has(element)) return;
    const selectors = globalSelectors(rules, widget);
    if (selectors.length === 0) return;
    told.add(element);
    const rest = selectors.length - named;
    const source = element.getAttribute('href');
    breach(
      widget,
      'global-style',
      `${selectors.slice(0, named).join(' | ')}${rest > 0 ? ` and ${rest} more` : ''}${source === null ? '' : ` in ${source}`}`,
    );
  };
  const found = (element: Sheet): void => {
    if (isDrawn(element)) return;
    sheets.set(element, ownerOf(element) ?? widgetOf(element.getAttribute('href') ?? '') ?? onlyWidget());
    if (element instanceof HTMLLinkElement) {
      element.addEventListener('load', () => {
        check(element);
      });
    }
    check(element);
  };

  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      // The text of a style that is on the page already.
      const style =
        target instanceof Element ? target.closest('style') : target.parentElement?.closest('style');
      if (style instanceof HTMLStyleElement) check(style);
      for (const node of addedNodes) sheetsIn(node).forEach(found);
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
  intercept(CSSStyleSheet.prototype, 'insertRule', ({ self }) => {
    const { ownerNode } = self as CSSStyleSheet;
    if (ownerNode !== null && sheets.has(ownerNode as Sheet)) check(ownerNode as Sheet);
  });
  return {};
}

function sheetsIn(node: Node): Sheet[] {
  if (!(node instanceof Element)) return [];
  return [node, ...node.querySelectorAll('style, link[rel~="stylesheet"]')].filter(
    (one): one is Sheet =>
      one instanceof HTMLStyleElement ||
      (one instanceof HTMLLinkElement && one.relList.contains('stylesheet')),
  );
}

/** Undefined while it is loading, and for one from another host. */
function rulesOf({ sheet }: Sheet): CSSRuleList | undefined {
  try {
    return sheet?.cssRules;
  } catch {
    return undefined;
  }
}
