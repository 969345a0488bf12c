import type { SystemControlName, SystemControls } from './controls.js';

/** Values that a twig template may use, by name: any object, interfaces included. */
export type TemplateParams = object;

/** A compiled template of the platform's engine, twig.js 0.8.9 (`platform/widget.md §3.3`). */
export interface TwigTemplate {
  render(params?: TemplateParams): string;
}

/** Twig text to render at once. */
export interface InlineTemplate {
  readonly data: string;
}

/** One of the platform's own controls. */
export interface ControlTemplate<Name extends SystemControlName = SystemControlName> {
  readonly ref: `/tmpl/controls/${Name}.twig`;
}

/** Parameters of a control, by its name. */
export type ControlParams<Name extends SystemControlName> = SystemControls[Name];

/** Where a template of the archive lies. */
export interface TemplateFile {
  /** Path within the widget's folder, with a slash in front: `/templates/x.twig`. */
  readonly href: string;
  /** `params.cdn_path || params.path`: pages of the documentation differ (`platform/widget.md §3.3`). */
  readonly base_path: string;
  /** Cache key: `get_version()`. */
  readonly v?: string;
}

/** A template of the archive for a callback, which is called only when the file loads. */
export interface LoadedTemplateFile extends TemplateFile {
  load(template: TwigTemplate): void;
  readonly promised?: false;
}

/** A template of the archive as a promise. */
export interface PromisedTemplateFile extends TemplateFile {
  readonly promised: true;
}

/** The box that `render_template` puts into the right-hand panel (`platform/widget.md §3.3`). */
export interface PanelTemplate {
  readonly caption: {
    /** Class of the box's head; the platform draws the logo into it. */
    readonly class_name: string;
    readonly html?: string;
  };
  /** Ready HTML. */
  readonly body: string;
  /** Twig text, rendered with the second argument of `render_template`. */
  readonly render: string;
}

/**
 * `render` in its three forms: text, a control of the platform, and a file of the archive, which is loaded
 * first. The first two answer with HTML at once (`platform/widget.md §3.3`).
 */
export interface Render {
  (template: InlineTemplate, params?: TemplateParams): string;
  <Name extends SystemControlName>(template: ControlTemplate<Name>, params?: ControlParams<Name>): string;
  (template: PromisedTemplateFile, params?: TemplateParams): PromiseLike<TwigTemplate>;
  /** What this form returns is not documented: the template comes to `load`. */
  (template: LoadedTemplateFile, params?: TemplateParams): void;
}
