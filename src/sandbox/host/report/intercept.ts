import type { Frame } from './who.js';

/** A call that was let through. */
export interface Seen {
  readonly self: unknown;
  readonly args: readonly unknown[];
  readonly returned: unknown;
  /** The frame under which the caller's stack begins, for `whoActs`. */
  readonly frame: Frame;
}

/**
 * Lets every call of a method through and shows it to `after`, with what it returned. What callers get is the
 * same, and so is what the method is called and how many arguments it takes. Nothing happens where there is no
 * such method.
 *
 * @param before May change the arguments; sees the page as it is before the call.
 */
export function intercept(
  owner: object,
  name: string,
  after: (seen: Seen) => void,
  before?: (seen: Omit<Seen, 'returned'>) => readonly unknown[] | undefined,
): void {
  const original = Reflect.get(owner, name) as unknown;
  if (typeof original !== 'function') return;
  const apply = (target: Frame, self: unknown, args: unknown[]): unknown => {
    const changed = quietly(() => before?.({ self, args, frame: apply })) ?? args;
    const returned = Reflect.apply(target, self, changed as never[]) as unknown;
    quietly(() => {
      after({ self, args, returned, frame: apply });
    });
    return returned;
  };
  Reflect.set(owner, name, new Proxy(original as Frame, { apply }));
}

/** The same for the setter of a property such as `innerHTML`; `before` runs before the value is set. */
export function interceptSetter(
  owner: object,
  name: string,
  { before, after }: { before?: (seen: Omit<Seen, 'returned'>) => void; after?: (seen: Seen) => void },
): void {
  const property = Object.getOwnPropertyDescriptor(owner, name);
  const original = property && (Reflect.get(property, 'set') as Frame | undefined);
  if (original === undefined) return;
  const set = function (this: unknown, value: unknown): void {
    quietly(() => before?.({ self: this, args: [value], frame: set }));
    Reflect.apply(original, this, [value as never]);
    quietly(() => after?.({ self: this, args: [value], returned: undefined, frame: set }));
  };
  Object.defineProperty(owner, name, { ...property, set });
}

/** Whatever goes wrong in watching must not reach the page. */
function quietly<Value>(watch: () => Value): Value | undefined {
  try {
    return watch();
  } catch {
    return undefined;
  }
}
