import amdRequire from 'amd-require';
import type { TwigTemplate } from '../kommo/render.js';
import type { WidgetInstance } from '../kommo/widget.js';

/** What `script.js` fetches from the widget's folder only when it is needed. */
export interface OnDemand {
  /**
   * An AMD module of the archive, e.g. `settings.js`. Rejects when it can't be loaded; a later call tries again.
   *
   * @param needs A module that it asks for itself as well, to be fetched beside it and not after it.
   */
  readonly module: <Exports>(file: string, needs?: string) => Promise<Exports>;
  /** A template of the archive, for the platform's own twig. Rejects when the platform refuses, stays pending when it gets nothing. */
  template(file: string): Promise<TwigTemplate>;
  /** Attaches a stylesheet of the archive once. */
  stylesheet(file: string): void;
  /** Takes the stylesheets away again. */
  release(): void;
}

/** What the modules that draw have in common; webpack keeps it in a file of its own. */
export const vendorFile = 'vendor.js';

export function createOnDemand(widget: WidgetInstance): OnDemand {
  /** `cdn_path` where the platform has one (`platform/widget.md §3.3`); neither ends with a slash. */
  const base = (): string => [widget.params.cdn_path, widget.params.path].find(Boolean) ?? '';
  const url = (file: string): string => `${base()}/${file}?v=${widget.get_version()}`;
  const links = new Set<HTMLLinkElement>();

  return {
    module: (file, needs) =>
      new Promise((resolve, reject) => {
        amdRequire(
          [file, ...(needs === undefined ? [] : [needs])].map(url),
          (exports) => {
            resolve(exports as never);
          },
          (error) => {
            forget([url(file), url(vendorFile)]);
            reject(error instanceof Error ? error : new Error(`${file} did not load`));
          },
        );
      }),

    template: (file) =>
      new Promise((resolve) => {
        // Of a file that does not come the platform says nothing (`platform/widget.md §3.3`).
        widget.render(
          { href: `/templates/${file}`, base_path: base(), v: widget.get_version(), load: resolve },
          {},
        );
      }),

    stylesheet(file) {
      const href = url(file);
      if ([...links].some((link) => link.getAttribute('href') === href)) return;
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.setAttribute('href', href);
      document.head.append(link);
      links.add(link);
    },

    release() {
      for (const link of links) link.remove();
      links.clear();
    },
  };
}

/** RequireJS remembers a failure for ever unless the module is undefined, which only its global `require` can do. */
function forget(ids: string[]): void {
  const { require } = window as { require?: { undef?: (id: string) => void } };
  for (const id of ids) require?.undef?.(id);
}
