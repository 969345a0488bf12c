/** What the page and its server agree on. The host reads a widget's own manifest and words and knows no more. */

export interface FieldDefinition {
  name: string;
  type: string;
  required?: boolean;
}

export interface WidgetManifest {
  widget: {
    name: string;
    version?: string;
    locale?: string[];
    init_once?: boolean | 'Y' | 'N';
    support?: { link?: string; email?: string };
  };
  settings?: Record<string, FieldDefinition>;
  dp?: { settings?: Record<string, FieldDefinition> };
}

/** Install states of `platform/widget.md §6`. */
export type InstallStatus = 'install' | 'not_configured' | 'installed';

/** What the account has stored about the widget. */
export interface Installation {
  status: InstallStatus;
  active: boolean;
  /** Values are strings, as `settings` of the server API (`platform/widget.md §1.4`). */
  settings: Record<string, unknown>;
}

/** Stored settings of the triggers, by the number of the trigger from 1. */
export type StoredTriggers = Record<string, Record<string, string>>;

/** Everything that the page asks its server for when it starts. */
export interface AccountState {
  code: string;
  /** The folder of the widget's files without a slash at the end, as `params.path`. */
  path: string;
  manifest: WidgetManifest;
  installation: Installation;
  triggers: StoredTriggers;
  /** Logos that the widget has, by file name, so that the page never asks for one that is not there. */
  logos: string[];
}

/** What a page shows: the part of `platform/widget.md §4.2` that the area plays. */
export type Area = 'pipeline' | 'settings' | 'empty';

export interface PageOptions {
  area: Area;
  /** 2 has the additional `.form-group` classes of `platform/widget.md §5.2`. */
  revision: 1 | 2;
  language: string;
  theme: 'light' | 'dark';
}

export interface RecordedCall {
  name: string;
  arguments: unknown[];
}

/** One click on Save, Install or Uninstall in the settings modal, with what became of it. */
export interface RecordedSave {
  /** As the widget left it: `onSave` may change the fields. */
  payload: { active: 'Y' | 'N'; fields: Record<string, unknown> };
  /** `refused`: false, a rejection, an exception or no `onSave`. `incomplete`: a required field is empty. */
  result: 'saved' | 'refused' | 'incomplete';
}

/** What a page holds beside its own things: everything is empty when the widget left nothing behind. */
export interface Leftovers {
  /** jQuery handlers on document, window, html and body, as `document click.namespace`. */
  handlers: string[];
  /** Native listeners there. React 18 leaves `document selectionchange` for as long as the page lives. */
  listeners: string[];
  /** Topmost elements that the host did not draw, as CSS selectors, without the tags below. */
  nodes: string[];
  /** `style`, `link` and `script` elements; those that RequireJS made for modules do not count. */
  tags: string[];
  /** Running intervals. */
  intervals: number;
  /** New properties of window. */
  globals: string[];
  /** Members that were written to `APP`. */
  appWrites: string[];
}

/** `window.host`: what tests may ask the page. */
export interface HostApi {
  /** Goes to another area in the same page, as the single-page interface does. */
  open(area: Area): Promise<void>;
  /** Destroys what is not `init_once` and keeps the page as it is, so that leftovers can be seen. */
  leaveArea(): void;
  /** Calls `settings` or `dpSettings` of the live widget again. */
  repeat(callback: 'settings' | 'dpSettings'): void;
  isLoaded(): boolean;
  leftovers(): Leftovers;
  callbacks: RecordedCall[];
  notifications: RecordedCall[];
  saves: RecordedSave[];
}
