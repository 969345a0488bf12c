import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import $ from 'jquery';
import { onTestFinished } from 'vitest';
import type { App } from '../../../src/kommo/app.js';
import type { ErrorNotification } from '../../../src/kommo/notifications.js';
import type { TwigTemplate } from '../../../src/kommo/render.js';
import type { WidgetInstance } from '../../../src/kommo/widget.js';
import * as connect from '../../../src/widget/connection/attempt/index.js';
import * as dpForm from '../../../src/widget/dp-form/index.js';
import PipelineMessenger from '../../../src/widget/script.js';
import * as settingsPanel from '../../../src/widget/settings/index.js';
import { createRender, type Twig } from '../../../src/sandbox/host/widget/render.js';
import { plugAmdRequire } from './amd-require.js';
import { createArchive, pending } from './archive.js';
import { type Language, languages, lookUp } from './words.js';

/** The platform's own version: package.json holds twig at it. */
const engine = createRequire(import.meta.url)('twig') as Twig;

const render = createRender(engine);

/** The platform's `render` of its own controls and of twig text. */
export const renderControl = (options: unknown, params?: unknown): unknown =>
  // Of files of the archive only: those are rendered by {@link createTemplates}.
  render(options, params, { load: () => undefined, fault: () => undefined });

export const code = 'pipeline_messenger_test';

export const systemSettings = {
  id: 501,
  widget_code: code,
  path: 'https://example.kommo.com/upl/pipeline_messenger_test/widget',
  version: '1.2.3',
};

export interface HostOptions {
  language?: Language;
  /** Laid over {@link systemSettings}. */
  settings?: Record<string, unknown>;
  /** Whether words and settings are there at once; the platform gives them after the constructor. */
  filled?: boolean;
  /** Members of the platform's base class to put in the place of the usual ones. */
  base?: object;
}

export type Host = ReturnType<typeof startWidget>;

/**
 * Starts the widget as the platform does (`platform/widget.md §3.1` and `§4.2`): its base becomes the prototype
 * of the constructor that `script.js` returns, words and settings follow. Everything is taken back when the
 * test ends.
 */
export function startWidget({ language = 'en', settings = {}, filled = true, base = {} }: HostOptions = {}) {
  const archive = createArchive({
    'dp-form.js': { exports: dpForm },
    'settings.js': { exports: settingsPanel, needs: ['vendor.js'] },
    'connect.js': { exports: connect, needs: ['vendor.js'] },
    'vendor.js': { exports: {} },
  });
  const templates = createTemplates();
  const notifications: ErrorNotification[] = [];
  const app = {
    notifications: { show_message_error: (message: ErrorNotification) => notifications.push(message) },
  };
  const unplug = plugAmdRequire(archive.require);
  Object.assign(window, { APP: app as unknown as App, require: { undef: archive.undef } });

  let words: unknown = {};
  const params: Record<string, unknown> = {};
  const prototype = {
    params,
    get_settings: () => params,
    get_version: () => params['version'],
    get_install_status: () => 'installed',
    // A backend that never answers.
    $authorizedAjax: () => $.Deferred().promise(),
    i18n: (key: string) => lookUp(words, key),
    render: (options: object, values?: object): unknown => {
      if (!('href' in options)) return renderControl(options, values);
      templates.load(options as TemplateRequest);
      return undefined;
    },
    ...base,
  };
  const Constructor = extend(prototype, PipelineMessenger);
  const widget = new Constructor();
  const { callbacks } = widget;
  const fill = (): void => {
    words = languages[language];
    Object.assign(params, systemSettings, settings);
  };
  if (filled) fill();

  onTestFinished(() => {
    callbacks.destroy?.();
    document.body.replaceChildren();
    unplug();
    Reflect.deleteProperty(window, 'APP');
    Reflect.deleteProperty(window, 'require');
  });
  return { widget, callbacks, archive, templates, notifications, fill, app };
}

/** Only a function with a prototype can be extended; an arrow function or a class fails here as on the platform. */
function extend(base: object, script: (this: WidgetInstance) => WidgetInstance): new () => WidgetInstance {
  function Child(this: WidgetInstance): WidgetInstance {
    return script.apply(this, []);
  }
  if (!Object.hasOwn(script, 'prototype')) throw new TypeError('script.js has to return a plain function.');
  Child.prototype = Object.assign(Object.create(script.prototype as object) as object, base);
  return Child as unknown as new () => WidgetInstance;
}

interface TemplateRequest {
  href: string;
  base_path: string;
  v?: string;
  load: (template: TwigTemplate) => void;
}

/** Templates of the archive, compiled by the platform's engine; they answer later than the call. */
function createTemplates() {
  const requests: string[] = [];
  let gate = Promise.resolve();
  const load = ({ href, base_path, v, load: done }: TemplateRequest): void => {
    requests.push(`${base_path}${href}?v=${String(v)}`);
    void gate.then(() => {
      done(engine.twig({ data: templateSource(href), rethrow: true }));
    });
  };
  return {
    requests,
    load,
    /** Whoever asks from now on waits. Returns what lets the templates come; without the call they never do. */
    hold(): () => void {
      const { promise, resolve } = pending();
      gate = promise;
      return resolve;
    },
  };
}

function templateSource(href: string): string {
  return readFileSync(path.join(import.meta.dirname, '../../..', href), 'utf8');
}

/** Lets everything happen that was only waiting for its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
