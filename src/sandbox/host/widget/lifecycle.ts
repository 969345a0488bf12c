import { announce } from '../announce.js';
import { amdLoad, forgetModules } from '../amd/amd.js';
import { $ } from '../jquery.js';
import { isThenable, type Recorder } from '../report/recorder.js';
import type { AccountApi } from '../account-api.js';
import type { Area } from '../area.js';
import type { PlatformApp } from '../app/app.js';
import type { ListedWidget } from '../../account/widgets/list.js';
import { type BaseParts, construct, type Widget } from './base.js';
import { explainConstructor, explainLoading } from './explain.js';
import { systemSettings } from './system-settings.js';

/** Starts, keeps and destroys the widgets of an area, as the platform does (`platform/widget.md §4.2`). */
export interface Lifecycle {
  /** Step 1: destroys every widget that is not `init_once`. */
  leave(): void;
  /** Steps 2 to 8 for every widget of the area; resolves when each was started or dropped. */
  enter(area: Area): Promise<void>;
  /** The same for one widget, in an area of its own such as a settings modal. It is destroyed there first. */
  open(code: string, area: Area): Promise<boolean>;
  /** Destroys one widget, `init_once` or not: it was disabled. */
  remove(code: string): void;
  /** Calls a callback; undefined when the widget is not there, has no such callback, or throws. */
  call(code: string, name: string, ...args: unknown[]): unknown;
  /** Calls a callback of a group, such as `leads.selected`. */
  callIn(code: string, group: string, name: string, ...args: unknown[]): unknown;
  has(code: string, name: string): boolean;
  /** Codes of the live widgets. */
  codes(): readonly string[];
  /** Its files are new: the next start loads them. */
  forget(code: string): void;
}

export interface LifecycleParts {
  readonly api: Pick<AccountApi, 'listWidgets'>;
  readonly app: PlatformApp;
  readonly recorder: Recorder;
  /** Watches what a widget leaves on the page. */
  readonly watch: { started(code: string, area: string): void; destroyed(code: string, area: string): void };
  readonly base: Omit<BaseParts, 'code' | 'area'>;
}

/** Milliseconds that a page waits for a promise of `render`; the widget goes on when it is kept later. */
const renderPatience = 2_000;

/** What the platform calls in every widget (`platform/widget.md §4.2`, step 6). */
const required = ['render', 'init', 'bind_actions'] as const;

export function createLifecycle({ api, app, recorder, watch, base }: LifecycleParts): Lifecycle {
  const list = app.widgets.list as Record<string, Widget>;
  /** Where each live widget was started last. */
  const places = new Map<string, Area>();

  const areaOf = (code: string): string => places.get(code)?.name ?? app.widgetsArea;
  const callbackOf = (
    code: string,
    path: readonly string[],
  ): { owner: object; call: unknown } | undefined => {
    try {
      let owner: unknown = list[code]?.callbacks;
      for (const step of path.slice(0, -1)) owner = (owner as Record<string, unknown> | undefined)?.[step];
      if (typeof owner !== 'object' || owner === null) return undefined;
      return { owner, call: (owner as Record<string, unknown>)[path.at(-1) ?? ''] };
    } catch (error) {
      // A getter of the widget's threw.
      recorder.exception(code, areaOf(code), error);
      return undefined;
    }
  };
  const run = (code: string, path: readonly string[], args: unknown[]): unknown => {
    const found = callbackOf(code, path);
    if (typeof found?.call !== 'function') return undefined;
    const { call, owner } = found;
    return recorder.run(code, areaOf(code), path.join('.'), () => Reflect.apply(call, owner, args) as unknown)
      .returned;
  };
  const has = (code: string, name: string): boolean => typeof callbackOf(code, [name])?.call === 'function';

  const remove = (code: string): void => {
    if (list[code] === undefined) return;
    const area = areaOf(code);
    run(code, ['destroy'], []);
    $(document).off(`.widget:${code}`);
    app.release(code);
    $(`#widgets_block .card-widgets__widget-${code}`).remove();
    Reflect.deleteProperty(list, code);
    places.delete(code);
    watch.destroyed(code, area);
  };

  const isEverywhere = (code: string): boolean => {
    const { locations } = base.session().widgets.find((widget) => widget.code === code)?.manifest ?? {};
    return Array.isArray(locations) && locations.includes('everywhere');
  };

  const drop = (code: string, area: Area, reason: string, error?: unknown): void => {
    app.release(code);
    Reflect.deleteProperty(list, code);
    places.delete(code);
    recorder.dropped(code, area.name, reason, error);
  };

  /** Step 7. Whether the widget is ready, `init` included. */
  const begin = async (code: string): Promise<boolean> => {
    const widget = list[code];
    const rendered = run(code, ['render'], []);
    run(code, ['bind_actions'], []);
    if (!rendered) return false;
    if (isThenable(rendered) && !(await isKept(rendered))) return false;
    if (list[code] !== widget) return false;
    announce($(document), `widget:${code}:loaded`);
    run(code, ['init'], []);
    return true;
  };

  const start = async (listed: ListedWidget, area: Area): Promise<boolean> => {
    const { code } = listed;
    // What is still in the list is init_once: such a widget is only rendered again (step 3).
    if (list[code] !== undefined) {
      places.set(code, area);
      run(code, ['render'], []);
      return true;
    }
    let Constructor: unknown;
    let words: unknown;
    watch.started(code, area.name);
    const version = `?v=${listed.installed_version}`;
    try {
      [Constructor, words] = await amdLoad([
        `optional!${listed.src}${version}`,
        `json!${listed.lang}${version}`,
      ]);
    } catch (error) {
      drop(code, area, explainLoading(error), error);
      return false;
    }
    const reason = explainConstructor(Constructor);
    if (reason !== undefined) {
      drop(code, area, reason);
      return false;
    }
    const constructed = recorder.run(code, area.name, 'constructor', () =>
      construct(Constructor, { ...base, code, area: () => places.get(code) ?? area }),
    );
    if (constructed.error !== undefined) {
      drop(code, area, 'Its constructor threw.', constructed.error);
      return false;
    }
    const widget = constructed.returned as Widget;
    list[code] = widget;
    places.set(code, area);
    try {
      equip(widget, listed, words);
    } catch (error) {
      drop(code, area, 'It did not take its settings and texts.', error);
      return false;
    }
    const missing = required.filter((name) => !has(code, name));
    if (missing.length > 0) {
      drop(
        code,
        area,
        `Its callbacks lack ${missing.join(', ')}; the platform needs ${required.join(', ')}.`,
      );
      return false;
    }
    recorder.loaded(code, area.name);
    return within(begin(code), renderPatience);
  };

  return {
    leave() {
      for (const [code, widget] of Object.entries(list)) {
        if (widget.init_once !== true) remove(code);
      }
    },
    async enter(area) {
      app.startIn(area);
      const listed = Object.values(await api.listWidgets(area.name));
      // There the list has every widget, for its modal to be opened.
      const inSettings = area.system === 'settings';
      await Promise.all(
        listed
          .filter(
            ({ active, code, init_once }) =>
              active === 'Y' && (!inSettings || init_once === 'Y' || isEverywhere(code)),
          )
          .map((one) => start(one, area)),
      );
      announce($(document), 'widgets:load');
    },
    async open(code, area) {
      app.startIn(area);
      if (list[code]?.init_once !== true) remove(code);
      const listed = (await api.listWidgets(area.name))[code];
      return listed !== undefined && start(listed, area);
    },
    remove,
    call: (code, name, ...args) => run(code, [name], args),
    callIn: (code, group, name, ...args) => run(code, [group, name], args),
    has,
    codes: () => Object.keys(list),
    forget(code) {
      remove(code);
      forgetModules(`/upl/${code}/`);
    },
  };
}

/** Step 5. Throws what a widget does whose own methods stand in the place of the base class's. */
function equip(widget: Widget, listed: ListedWidget, words: unknown): void {
  widget.ns = `.widget:${listed.code}`;
  widget.init_once = listed.init_once === 'Y';
  if (typeof widget.callbacks !== 'object') return;
  widget.set_lang({ ...(words as object), ...nameOf(words, listed) });
  widget.set_settings(systemSettings(listed));
}

/** The server's name and description stand over those of the language file (step 5). */
function nameOf(words: unknown, { name, description }: ListedWidget): object {
  const { widget } = (words ?? {}) as { widget?: unknown };
  return typeof widget === 'object' && widget !== null
    ? { widget: { ...widget, name, ...(description === '' ? {} : { description }) } }
    : {};
}

async function isKept(promise: PromiseLike<unknown>): Promise<boolean> {
  try {
    await promise;
    return true;
  } catch {
    return false;
  }
}

/** What comes in time, else false. */
function within(answer: Promise<boolean>, milliseconds: number): Promise<boolean> {
  return Promise.race([
    answer,
    new Promise<boolean>((resolve) => {
      setTimeout(resolve, milliseconds, false);
    }),
  ]);
}
