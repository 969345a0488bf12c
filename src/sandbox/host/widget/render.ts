import { controlSources } from './controls/index.js';

/** The part of twig.js 0.8.9 that is used. */
export interface Twig {
  twig(options: { data: string }): TwigTemplate;
  extendFunction(name: string, body: (...args: never[]) => string): void;
}

interface TwigTemplate {
  render(params?: unknown): string;
}

/** The three forms of `render` of `platform/widget.md §3.3`. */
type RenderOptions =
  | { data: string }
  | { ref: string }
  | {
      href: string;
      base_path: string;
      v?: string;
      load?: (template: TwigTemplate) => void;
      promised?: boolean;
    };

export type Render = (options: RenderOptions, params?: unknown) => string | Promise<TwigTemplate> | undefined;

/** `render` of a widget. An unknown system control throws. */
export function createRender(twig: Twig): Render {
  const controls = new Map<string, TwigTemplate>(
    Object.entries(controlSources).map(([name, source]) => [name, twig.twig({ data: source })]),
  );
  const renderControl = (name: string, params: unknown): string => {
    const control = controls.get(name);
    if (control === undefined) throw new Error(`The sandbox has no system control "${name}".`);
    return control.render(params);
  };
  twig.extendFunction('include_control', renderControl);

  return (options, params = {}) => {
    if ('data' in options) return twig.twig({ data: options.data }).render(params);
    if ('ref' in options) {
      const name = /^\/tmpl\/controls\/([\w/]+)\.twig$/.exec(options.ref)?.[1];
      return renderControl(name ?? options.ref, params);
    }
    const template = fetchTemplate(options).then((data) => twig.twig({ data }));
    if (options.promised === true) return template;
    template.then(options.load, () => undefined);
    return undefined;
  };
}

async function fetchTemplate({
  href,
  base_path,
  v,
}: {
  href: string;
  base_path: string;
  v?: string;
}): Promise<string> {
  const url = `${base_path}${href}${v === undefined ? '' : `?v=${v}`}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
