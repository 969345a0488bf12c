import { amdLoad } from './amd.js';
import type { PlatformApp } from './app.js';
import { construct, type Widget } from './base.js';
import type { Render } from './render.js';
import type { AccountState, RecordedCall } from './types.js';

export interface LifecycleParts {
  app: PlatformApp;
  state: AccountState;
  language: string;
  render: Render;
  callbacks: RecordedCall[];
  onStatus: (status: string) => void;
}

export interface Lifecycle {
  /** Steps 1 to 8 of `platform/widget.md §4.2`; resolves when `init` was called or the widget was dropped. */
  load(area: { loaderArea: string; systemArea: string }): Promise<void>;
  destroyAll: () => void;
  /** Calls a callback of the live widget; an exception is logged and gives undefined. */
  call(name: string, ...args: unknown[]): unknown;
  has(name: string): boolean;
  isLoaded: () => boolean;
}

/** Loads and destroys the widget under test, as the platform does. */
export function createLifecycle({
  app,
  state,
  language,
  render,
  callbacks,
  onStatus,
}: LifecycleParts): Lifecycle {
  const { code, path, manifest } = state;
  const list = app.widgets.list as Record<string, Widget>;
  const version = manifest.widget.version ?? '';

  const call = (name: string, ...args: unknown[]): unknown => {
    const callback = list[code]?.callbacks?.[name];
    if (typeof callback !== 'function') return undefined;
    callbacks.push({ name, arguments: args.map(plain) });
    try {
      return Reflect.apply(callback, list[code]?.callbacks, args) as unknown;
    } catch (error) {
      console.error(`${code}: ${name} threw`, error);
      return undefined;
    }
  };

  const destroyAll = (): void => {
    for (const widget of Object.values(list)) {
      if (widget.init_once === true) continue;
      call('destroy');
      $(document).off(`.widget:${code}`);
      $(`#widgets_block .card-widgets__widget-${code}`).remove();
      Reflect.deleteProperty(list, code);
    }
  };

  const start = async (): Promise<void> => {
    const widget = list[code];
    const rendered = call('render');
    call('bind_actions');
    if (!rendered || !(await settle(rendered)) || list[code] !== widget) return;
    $(document).trigger(`widget:${code}:loaded`);
    call('init');
  };

  const load: Lifecycle['load'] = async ({ loaderArea, systemArea }) => {
    app.widgets.system.area = loaderArea;
    destroyAll();
    // What is still in the list is init_once: such a widget is only rendered again.
    if (list[code] !== undefined) {
      call('render');
      return;
    }
    try {
      const [Constructor, words] = await amdLoad([
        `optional!${path}/script.js?v=${version}`,
        `json!${path}/i18n/${language}.json?v=${version}`,
      ]);
      if (Constructor === undefined) return;
      const widget = construct(Constructor, {
        render,
        code,
        area: systemArea,
        status: () => state.installation.status,
        onStatus,
      });
      list[code] = widget;
      widget.ns = `.widget:${code}`;
      widget.init_once = manifest.widget.init_once === true || manifest.widget.init_once === 'Y';
      widget.set_lang(words);
      widget.set_settings(settingsOf(state));
    } catch (error) {
      Reflect.deleteProperty(list, code);
      console.error(`${code} could not be loaded`, error);
      return;
    }
    const missing = ['init', 'bind_actions', 'render'].filter((name) => !hasCallback(list[code], name));
    if (missing.length > 0) {
      Reflect.deleteProperty(list, code);
      console.error(`${code} was dropped: it has no ${missing.join(', ')}`);
      return;
    }
    await start();
  };

  return {
    load,
    destroyAll,
    call,
    has: (name) => hasCallback(list[code], name),
    isLoaded: () => list[code] !== undefined,
  };
}

function hasCallback(widget: Widget | undefined, name: string): boolean {
  return typeof widget?.callbacks?.[name] === 'function';
}

/** The saved fields and the system's own of `platform/widget.md §3.2`. */
function settingsOf({ code, path, manifest, installation }: AccountState): Record<string, unknown> {
  const fields = Object.entries(installation.settings).map(([name, value]) => [name, parsed(value)]);
  return {
    ...(Object.fromEntries(fields) as Record<string, unknown>),
    id: 501,
    status: installation.status,
    active: installation.active ? 'Y' : 'N',
    widget_active: installation.active ? 'Y' : 'N',
    widget_code: code,
    path,
    images_path: `${path}/images`,
    version: manifest.widget.version ?? '',
    oauth_client_uuid: '00000000-0000-4000-8000-000000000501',
    support: manifest.widget.support ?? {},
    category_code: 'own_integrations',
  };
}

/** Stored values arrive JSON-parsed (`platform/widget.md §1.4`); a text that only looks like one stays. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Whether a thenable result of `render` was resolved, and with what the platform takes as a yes. */
async function settle(rendered: unknown): Promise<boolean> {
  try {
    await rendered;
    return true;
  } catch {
    return false;
  }
}

/** Arguments as a test can read them: an element or a jQuery object says only what it is. */
function plain(value: unknown): unknown {
  if (value instanceof $) return `jQuery(${String((value as JQuery).length)})`;
  try {
    return JSON.parse(JSON.stringify(value ?? null)) as unknown;
  } catch {
    return String(value);
  }
}
