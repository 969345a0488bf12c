/**
 * A view of an object that tells of everything that is written, at any depth: `data.current_card` for
 * `APP.data.current_card = …`. The write takes effect. The object itself stays silent, for its owner.
 *
 * Only plain objects and arrays are looked into: models, elements and widgets come as they are. One object has
 * one view, so that comparisons hold.
 */
export function reportWrites<Root extends object>(root: Root, onWrite: (member: string) => void): Root {
  const views = new WeakMap<object, object>();

  const viewOf = (target: object, path: string): object => {
    const known = views.get(target);
    if (known !== undefined) return known;
    const pathOf = (name: string | symbol): string =>
      path === '' ? String(name) : `${path}.${String(name)}`;
    const view = new Proxy(target, {
      get(object, name, receiver) {
        const value = Reflect.get(object, name, receiver) as unknown;
        return isPlain(value) && !isFixed(object, name) ? viewOf(value, pathOf(name)) : value;
      },
      set(object, name, value) {
        onWrite(pathOf(name));
        return Reflect.set(object, name, value);
      },
      defineProperty(object, name, descriptor) {
        onWrite(pathOf(name));
        return Reflect.defineProperty(object, name, descriptor);
      },
      deleteProperty(object, name) {
        onWrite(pathOf(name));
        return Reflect.deleteProperty(object, name);
      },
    });
    views.set(target, view);
    views.set(view, view);
    return view;
  };
  return viewOf(root, '') as Root;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

/** A proxy has to give such a value as it is. */
function isFixed(object: object, name: string | symbol): boolean {
  const property = Reflect.getOwnPropertyDescriptor(object, name);
  return property?.configurable === false && property.writable !== true;
}
