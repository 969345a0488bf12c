import { isDrawn } from '../dom.js';
import { intercept, interceptSetter, type Seen } from './intercept.js';
import { isLeft, nameElement, type Maker, type Watcher, type WatchTools } from './watcher.js';

/** Tells whose element one is that the host did not draw. */
export type OwnerOf = (element: Element) => string | null;

type Asked = Omit<Seen, 'returned'>;

/**
 * Sees what widgets put into the host's elements, and what of it is left when they are gone. Only the topmost
 * element is remembered: what a widget does within its own elements is its own matter, and costs nothing here.
 */
export function watchNodes({ maker }: WatchTools): Watcher & { readonly ownerOf: OwnerOf } {
  const makers = new WeakMap<Element, Maker>();
  const note = (elements: Iterable<unknown>, frame: Asked['frame']): void => {
    const unknown = [...elements].filter(
      (one): one is Element => one instanceof Element && !isDrawn(one) && !makers.has(one),
    );
    if (unknown.length === 0) return;
    const by = maker(frame);
    if (by !== null) for (const element of unknown) makers.set(element, by);
  };
  watchInsertions(note);

  return {
    leftovers: (widget, life) =>
      topmost(document.documentElement).flatMap((element) => {
        if (!isLeft(makers.get(element), widget, life) || isInPlaceOf(widget, element)) return [];
        makers.delete(element);
        return [{ kind: 'node', detail: `${nameElement(element)} in ${whereabouts(element)}` }];
      }),
    ownerOf(element) {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const made = makers.get(at);
        if (made !== undefined) return made.widget;
      }
      return null;
    },
  };
}

/** Calls `note` with what was put directly into an element of the host. */
function watchInsertions(note: (elements: Iterable<unknown>, frame: Asked['frame']) => void): void {
  const nodesOf = (args: readonly unknown[]): unknown[] =>
    args.flatMap((one) => (one instanceof DocumentFragment ? [...one.children] : [one]));
  const watch = (owner: object, name: string, parentOf: (self: Node) => Node | null): void => {
    intercept(
      owner,
      name,
      () => undefined,
      ({ self, args, frame }) => {
        const parent = parentOf(self as Node);
        if (parent instanceof Element && isDrawn(parent)) note(nodesOf(args), frame);
        return undefined;
      },
    );
  };
  for (const name of ['appendChild', 'insertBefore', 'replaceChild']) {
    watch(Node.prototype, name, (self) => self);
  }
  for (const name of ['append', 'prepend', 'replaceChildren']) watch(Element.prototype, name, (self) => self);
  for (const name of ['before', 'after', 'replaceWith']) {
    watch(Element.prototype, name, (self) => self.parentNode);
  }
  // With these the elements are there only afterwards, or the parent is the element or its own parent.
  const children = (self: unknown): Iterable<unknown> =>
    self instanceof Element && isDrawn(self) ? self.children : [];
  for (const name of ['insertAdjacentElement', 'insertAdjacentHTML']) {
    intercept(Element.prototype, name, ({ self, frame }) => {
      note([...children(self), ...children((self as Element).parentElement)], frame);
    });
  }
  interceptSetter(Element.prototype, 'innerHTML', {
    after({ self, frame }) {
      note(children(self), frame);
    },
  });
  let parent: unknown;
  interceptSetter(Element.prototype, 'outerHTML', {
    before({ self }) {
      parent = (self as Element).parentElement;
    },
    after({ frame }) {
      note(children(parent), frame);
    },
  });
}

/** The topmost elements that the host did not draw, without those of styles and scripts: other watchers' matter. */
function topmost(element: Element): Element[] {
  if (isDrawn(element)) return [...element.children].flatMap(topmost);
  return /^(style|link|script)$/i.test(element.tagName) ? [] : [element];
}

/** Places that the host has drawn for this widget, and windows that go by themselves. */
function isInPlaceOf(code: string, element: Element): boolean {
  const name = CSS.escape(code);
  const own = [
    `#${name}`,
    `.${name}`,
    `#work-area-${name}`,
    `#${name}_custom_content`,
    `.card-widgets__widget-${name}`,
    `[data-widget-code="${name}"]`,
    '.modal',
    '.digital-pipeline__edit-bubble',
  ].join(', ');
  const isBox = element.classList.contains(`card-widgets__widget-${code}`);
  return isBox || element.parentElement?.closest(own) != null;
}

/** The nearest element above it that can be told by its id, or the parent. */
function whereabouts(element: Element): string {
  const parent = element.parentElement;
  const named = parent?.closest('[id]') ?? parent;
  return named === null ? 'the document' : nameElement(named);
}
