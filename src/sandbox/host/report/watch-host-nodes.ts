import { isDrawn } from '../dom.js';
import { intercept, interceptSetter } from './intercept.js';
import type { Watcher, WatchTools } from './watcher.js';
import type { Frame } from './who.js';

/**
 * What every page stands on, and the controls that moderation protects (`platform/widget.md §8`, 29 and 36). The
 * content of a form is a widget's to change: documented examples do.
 */
const kept = [
  '#left_menu',
  '#page_holder',
  '#notifications',
  '#widgets_block',
  '.widget-settings__base-space',
  '.js-widget-install',
  '.js-widget-uninstall',
  '.js-widget-save',
  '.js-trigger-save',
  '.js-trigger-cancel',
  '.digital-pipeline__save-button',
].join(', ');

/** Sees when a widget removes what the host cannot do without. */
export function watchHostNodes({ actingWidget, breach }: WatchTools): Watcher {
  const going = (roots: Iterable<unknown>, frame: Frame): void => {
    const names = [...roots].flatMap((root) =>
      root instanceof Element && root.isConnected ? keptIn(root) : [],
    );
    if (names.length === 0) return;
    const widget = actingWidget(frame);
    if (widget !== null) for (const name of names) breach(widget, 'host-node-removed', name);
  };
  const watch = (owner: object, name: string, rootsOf: (self: Node, args: readonly unknown[]) => unknown) => {
    intercept(
      owner,
      name,
      () => undefined,
      ({ self, args, frame }) => {
        going([rootsOf(self as Node, args)].flat(), frame);
        return undefined;
      },
    );
  };
  const children = (self: Node): unknown => (self instanceof Element ? [...self.children] : []);

  watch(Node.prototype, 'removeChild', (_self, [child]) => child);
  watch(Node.prototype, 'replaceChild', (_self, [, child]) => child);
  watch(Element.prototype, 'remove', (self) => self);
  watch(Element.prototype, 'replaceWith', (self) => self);
  watch(Element.prototype, 'replaceChildren', children);
  for (const [owner, name] of [
    [Element.prototype, 'innerHTML'],
    [Node.prototype, 'textContent'],
    [HTMLElement.prototype, 'innerText'],
  ] as const) {
    interceptSetter(owner, name, {
      before({ self, frame }) {
        going(children(self as Node) as unknown[], frame);
      },
    });
  }
  interceptSetter(Element.prototype, 'outerHTML', {
    before({ self, frame }) {
      going([self], frame);
    },
  });
  return {};
}

/** The selectors of the kept elements in it that the host drew. */
function keptIn(root: Element): string[] {
  if (!isDrawn(root)) return [];
  const found = [root, ...root.querySelectorAll(kept)].filter((one) => isDrawn(one) && one.matches(kept));
  return found.map(
    (one) => kept.split(', ').find((selector) => one.matches(selector)) ?? one.tagName.toLowerCase(),
  );
}
