import { type Control, controls, controlVariants } from './controls/index.js';
import { controlLanguage } from './controls/language.js';

/** The part of twig.js 0.8.9 that is used. */
export interface Twig {
  twig(options: { data: string; rethrow: true }): TwigTemplate;
  extendFunction(name: string, body: (...args: never[]) => string): void;
  extend(extension: (twig: TwigCore) => void): void;
}

interface TwigCore {
  readonly log: { error: () => void };
  /** By id; `twig({ ref: id })` reads it. */
  readonly Templates: { readonly registry: Record<string, TwigTemplate> };
}

interface TwigTemplate {
  render(params?: unknown): string;
}

/** How the widget that renders hears of what comes later. */
export interface RenderHooks {
  /** Hands a loaded template to the widget's `load`. */
  readonly load: (listener: unknown, template: TwigTemplate) => void;
  /** The file is missing or broken; the platform would be silent. */
  readonly fault: (error: unknown) => void;
}

/** `render` in its three forms: HTML at once, a promise of a template, or nothing for `load`. */
export type Render = (options: unknown, params: unknown, hooks: RenderHooks) => unknown;

interface TemplateFile {
  readonly href: string;
  readonly base_path?: string;
  readonly v?: string;
  readonly load?: unknown;
  readonly promised?: unknown;
}

/**
 * `render` of a widget (`platform/widget.md §3.3`). A template that is wrong throws, and so does a control that
 * is not there: the widget has to learn of it. Templates get no id in twig's registry, where they would clash.
 */
export function createRender(twig: Twig): Render {
  // It would print every error that it throws.
  twig.extend(({ log }) => {
    log.error = () => undefined;
  });
  const compile = (data: string): TwigTemplate => twig.twig({ data, rethrow: true });
  const compiled = new Map(
    Object.entries(controls).map(([name, control]: [string, Control]) => [
      name,
      { control, template: compile(control.source) },
    ]),
  );
  const renderControl = (name: string, given: unknown): string => {
    const found = compiled.get(controlVariants[name] ?? name);
    if (found === undefined) {
      throw new Error(
        `There is no system control "${name}" here. There are: ${[...compiled.keys()].join(', ')}.`,
      );
    }
    const { control, template } = found;
    const params = asParams(given);
    return template.render({ ...params, ...control.prepare?.(params, controlLanguage()) });
  };
  twig.extendFunction('include_control', renderControl);
  // With twigjs at hand widgets ask twig for a control as they ask `render` (CODE).
  twig.extend(({ Templates }) => {
    for (const name of [...compiled.keys(), ...Object.keys(controlVariants)]) {
      Templates.registry[`/tmpl/controls/${name}.twig`] = {
        render: (params) => renderControl(name, withInherited(asParams(params))),
      };
    }
  });

  return (options, params, hooks) => {
    const { data, ref, href } = (options ?? {}) as { data?: unknown; ref?: unknown; href?: unknown };
    if (typeof data === 'string') return compile(data).render(asParams(params));
    if (typeof ref === 'string') {
      return renderControl(/^\/tmpl\/controls\/([\w/]+)\.twig$/.exec(ref)?.[1] ?? ref, params);
    }
    if (typeof href === 'string') return renderFile(options as TemplateFile, compile, hooks);
    throw new Error(
      'render: an object with data (twig text), ref (/tmpl/controls/<name>.twig) or href (a file of the archive) was expected.',
    );
  };
}

function renderFile(
  { href, base_path = '', v, load, promised }: TemplateFile,
  compile: (data: string) => TwigTemplate,
  { load: hand, fault }: RenderHooks,
): Promise<TwigTemplate> | undefined {
  const url = `${base_path}${href}${v === undefined ? '' : `?v=${v}`}`;
  const template = fetchText(url).then(compile);
  if (promised === true) return template;
  template.then(
    (ready) => {
      hand(load, ready);
    },
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      fault(
        new Error(
          `render: ${reason} So load is not called. Check href (${href}) and base_path (${base_path}).`,
        ),
      );
    },
  );
  return undefined;
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The template ${url} was answered with ${response.status}.`);
  return response.text();
}

/** `include` hands its parameters on as the prototype of an empty object. */
function withInherited(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const name in params) all[name] = params[name];
  return all;
}

function asParams(params: unknown): Readonly<Record<string, unknown>> {
  return typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
}
