/**
 * Builds, inside an empty context, a page with an AMD loader where everything else is a stand-in that answers
 * anything with itself. The source of this function is what runs, so it may use nothing from outside.
 *
 * @param {string} othersJson the other scripts of the archive by their path
 */
export function buildPage(othersJson) {
  /** @typedef {(...given: unknown[]) => unknown} Factory */
  /** @typedef {{ name: string | null, dependencies: string[] | null, factory: unknown }} Definition */
  /** @type {unknown} */
  const given = JSON.parse(othersJson);
  const others = new Map(Object.entries(/** @type {Record<string, string>} */ (given)));
  /** @type {Map<unknown, string>} the stand-ins for dependencies and the ids that asked for them */
  const origins = new Map();
  /** @type {Map<string, unknown>} */
  const loaded = new Map();
  /** @type {Definition[]} */
  let queue = [];
  const page = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));

  /** @param {string} origin @returns {unknown} */
  function standIn(origin) {
    /** @type {unknown} */
    const self = new Proxy(function () {}, {
      get(target, key) {
        if (key === Symbol.toPrimitive) return () => '';
        if (key === Symbol.iterator) return () => [][Symbol.iterator]();
        if (key === 'prototype') return /** @type {unknown} */ (target.prototype);
        if (typeof key === 'string' && copying.has(key)) return copy;
        return key === 'then' || key === '__esModule' ? undefined : self;
      },
      set: () => true,
      has: () => true,
      deleteProperty: () => true,
      defineProperty: () => true,
      apply: (_target, _this, given) => handOver(given),
      construct: (_target, given) => /** @type {object} */ (handOver(given)),
    });
    /** @param {unknown[]} given */
    const handOver = (given) => {
      for (const one of given) handed.add(one);
      return self;
    };
    /** As `extend` of jQuery and underscore do. @param {...unknown} given @returns {unknown} */
    const copy = (...given) => {
      const objects = given.filter((one) => typeof one === 'object' && one !== null);
      const [first, ...others] = objects;
      if (objects.length < 2 || given.some((one) => origins.has(one))) return handOver(given);
      return Object.assign(/** @type {object} */ (first), ...others);
    };
    origins.set(self, origin);
    return self;
  }

  /** What libraries copy the members of objects with. */
  const copying = new Set(['extend', 'assign', 'merge', 'defaults']);
  /** What the script has given to stand-ins, which may have done anything to it. */
  const handed = new Set();

  /** @param {...unknown} given */
  function define(...given) {
    const name = typeof given[0] === 'string' ? String(given.shift()) : null;
    const dependencies = Array.isArray(given[0])
      ? /** @type {unknown[]} */ (given.shift()).map(String)
      : null;
    queue.push({ name, dependencies, factory: given[0] });
  }
  define.amd = { jQuery: true };

  /** @param {Definition} definition @param {string} folder @param {Map<string, Definition>} named @returns {unknown} */
  function evaluate({ dependencies, factory }, folder, named) {
    if (typeof factory !== 'function') return factory;
    const module = { exports: /** @type {unknown} */ ({}), id: '', uri: '' };
    /** @param {string} id */
    const resolve = (id) => {
      if (id === 'require') return makeRequire(folder, named);
      if (id === 'exports') return module.exports;
      return id === 'module' ? module : load(id, folder, named);
    };
    const implied = ['require', 'exports', 'module'].slice(0, factory.length);
    const result = /** @type {Factory} */ (factory).apply(page, (dependencies ?? implied).map(resolve));
    const exportsAsked =
      dependencies === null || dependencies.some((id) => id === 'exports' || id === 'module');
    return result === undefined && exportsAsked ? module.exports : result;
  }

  /** @param {string} id @param {string} folder @param {Map<string, Definition>} named @returns {unknown} */
  function load(id, folder, named) {
    const own = named.get(id);
    const path = id.startsWith('.') ? join(folder, id) : id;
    const file = [path, `${path}.js`].find((candidate) => others.has(candidate));
    const key = own === undefined ? (file ?? id) : `named ${id}`;
    if (!loaded.has(key)) {
      loaded.set(key, standIn(id));
      if (own !== undefined) loaded.set(key, evaluate(own, folder, named));
      else if (file !== undefined) loaded.set(key, loadFile(file));
    }
    return loaded.get(key);
  }

  /** @param {string} file @returns {unknown} */
  function loadFile(file) {
    const outer = queue;
    queue = [];
    (0, eval)(others.get(file) ?? '');
    const inner = queue;
    queue = outer;
    return finish(inner, file.slice(0, file.lastIndexOf('/') + 1)).value;
  }

  /**
   * @param {Definition[]} definitions @param {string} folder
   * @returns {{ anonymous: Definition | undefined, value: unknown }}
   */
  function finish(definitions, folder) {
    const anonymous = definitions.find(({ name }) => name === null);
    const named = new Map(definitions.map((definition) => [definition.name ?? '', definition]));
    return { anonymous, value: anonymous && evaluate(anonymous, folder, named) };
  }

  /** @param {string} folder @param {Map<string, Definition>} named */
  function makeRequire(folder, named) {
    /** @param {unknown} id */
    const require = (id) => (typeof id === 'string' ? load(id, folder, named) : undefined);
    return Object.assign(require, { config: () => undefined, toUrl: String, undef: () => undefined });
  }

  /** @param {string} folder @param {string} id */
  function join(folder, id) {
    /** @type {string[]} */
    const steps = [];
    for (const step of `${folder}${id}`.split('/')) {
      if (step === '..') steps.pop();
      else if (step !== '.' && step !== '') steps.push(step);
    }
    return steps.join('/').replace(/\?.*$/, '');
  }

  /** @param {unknown} value */
  function judge(value) {
    const origin = origins.get(value);
    if (origin !== undefined) {
      const remote = /^(?:https?:)?\/\//.test(origin);
      return remote
        ? { kind: 'remote', detail: origin }
        : { kind: 'undecided', detail: `it gives what comes from “${origin}”` };
    }
    if (typeof value !== 'function') return { kind: 'no-function', detail: describe(value) };
    const source = Function.prototype.toString.call(value);
    if (/^class\b/.test(source)) return { kind: 'not-extendable', detail: 'a class' };
    if (/^async\b/.test(source)) return { kind: 'not-extendable', detail: 'an async function' };
    if (!Object.hasOwn(value, 'prototype') && !source.includes('[native code]')) {
      return { kind: 'not-extendable', detail: 'an arrow function' };
    }
    return { kind: 'function', detail: '' };
  }

  /** @param {unknown} value */
  function describe(value) {
    if (value === undefined || value === null) return 'nothing';
    if (typeof value !== 'object') return `a ${typeof value}`;
    const isWrapped = 'default' in value && typeof value.default === 'function';
    return isWrapped ? 'an object whose default is a function' : 'an object';
  }

  /** @type {unknown} the module of the script, once it was asked for */
  let module;

  /** Constructs the widget as the platform does: with the methods of its base class in place already. */
  function construct() {
    const given = /** @type {Factory & { prototype: object | undefined }} */ (module);
    /** @type {unknown} */
    const created = Object.create(given.prototype ?? Object.prototype);
    const base = /** @type {Record<string, unknown>} */ (created);
    for (const name of methods.split(' ')) base[name] = standIn(name);
    base['ns'] = '.widget:code';
    /** @type {new () => unknown} */
    const Extended = /** @type {never} */ (function () {});
    Extended.prototype = base;
    /** @type {unknown} */
    const made = Reflect.construct(given, [], Extended);
    const { callbacks } = /** @type {Record<string, unknown>} */ (made);
    if (origins.has(callbacks)) {
      return JSON.stringify({ kind: 'undecided', detail: 'its callbacks come from the platform' });
    }
    if (callbacks === undefined ? handed.has(made) : handed.has(callbacks)) {
      return JSON.stringify({ kind: 'undecided', detail: 'a library has a hand in its callbacks' });
    }
    if (typeof callbacks !== 'object' || callbacks === null) {
      return JSON.stringify({ kind: 'no-callbacks', detail: describe(callbacks) });
    }
    return JSON.stringify({ kind: 'callbacks', callbacks: callbacksIn(callbacks) });
  }

  /** @param {object} holder @param {string} [group] @returns {{ name: string, empty: boolean }[]} */
  function callbacksIn(holder, group = '') {
    return namesOf(holder).flatMap((name) => {
      const value = /** @type {Record<string, unknown>} */ (holder)[name];
      if (typeof value === 'function') {
        return [
          { name: `${group}${name}`.slice(0, 80), empty: isEmpty(Function.prototype.toString.call(value)) },
        ];
      }
      const isGroup = group === '' && typeof value === 'object' && value !== null && !origins.has(value);
      return isGroup ? callbacksIn(value, `${name}.`) : [];
    });
  }

  /** Own names and those of classes that the object is of. @param {object} holder @returns {string[]} */
  function namesOf(holder) {
    /** @type {Set<string>} */
    const names = new Set();
    /** @type {unknown} */
    let at = holder;
    for (let steps = 0; steps < 5 && at !== null && at !== Object.prototype; steps += 1) {
      for (const name of Object.getOwnPropertyNames(at).slice(0, 200)) names.add(name);
      at = Object.getPrototypeOf(at);
    }
    names.delete('constructor');
    return [...names];
  }

  /** @param {string} source of a function */
  function isEmpty(source) {
    const body = source
      .slice(source.indexOf(')') + 1)
      .replace(/^\s*=>/, '')
      .trim();
    return /^(?:\{\s*(?:return\b[^;{}()]*;?\s*)?\}|true|undefined|null|\(\{\}\))$/.test(body);
  }

  function answer() {
    const definitions = queue;
    if (definitions.length === 0) {
      return JSON.stringify({ kind: 'no-define', detail: 'it does not call define while it loads' });
    }
    const { anonymous, value } = finish(definitions, '');
    module = value;
    if (anonymous === undefined) {
      const names = definitions.slice(0, 10).map(({ name }) => name);
      return JSON.stringify({ kind: 'only-named', detail: names.join('\n') });
    }
    return JSON.stringify(judge(value));
  }

  // What the base class of the platform has: `platform/widget.md §3.2`.
  const methods =
    'params langs get_settings set_settings get_version get_install_status set_status i18n set_lang system ' +
    'get_accounts_current get_current_card_contacts_data crm_post $authorizedAjax list_selected widgetsOverlay ' +
    'add_action add_source get_pipeline_id setSdkCatalogId listenSocketChannel render render_template';
  const stood =
    'document navigator location history screen performance crypto console ' +
    'XMLHttpRequest fetch Image Audio WebSocket FormData Headers Request Response AbortController ' +
    'Event CustomEvent EventTarget Node Element HTMLElement DocumentFragment MutationObserver ' +
    'ResizeObserver IntersectionObserver DOMParser URL URLSearchParams Blob File FileReader TextEncoder ' +
    'TextDecoder MessageChannel Worker getComputedStyle matchMedia addEventListener removeEventListener ' +
    'dispatchEvent setTimeout setInterval setImmediate requestAnimationFrame requestIdleCallback ' +
    'clearTimeout clearInterval cancelAnimationFrame queueMicrotask structuredClone btoa atob ' +
    'alert confirm prompt $ jQuery _ Backbone Twig moment APP AMOCRM AMO Modernizr';
  for (const name of stood.split(' ')) page[name] = standIn(name);
  // Empty, as in a browser where nobody has switched anything on.
  for (const name of ['localStorage', 'sessionStorage']) {
    const nothing = () => undefined;
    page[name] = { getItem: () => null, setItem: nothing, removeItem: nothing, clear: nothing, length: 0 };
  }
  for (const name of ['window', 'self', 'top', 'parent', 'frames']) page[name] = page;
  page['define'] = define;
  page['require'] = page['requirejs'] = makeRequire('', new Map());
  Object.defineProperty(page, '__answer', { value: answer });
  Object.defineProperty(page, '__construct', { value: construct });
}
