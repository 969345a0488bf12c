/**
 * Modules that the platform ships for widgets: AMD id → version (`platform/widget.md §3.7`). Ids differ from
 * package names: `twigjs` is twig, `chartjs` chart.js, `pubsub` pubsub-js, `device` current-device.
 */
export const platformModules = {
  FileAPI: '2.0.5',
  accounting: '0.3.2',
  backbone: '1.1.2',
  'browser-detect': '0.2.28',
  chartjs: '2.9.2',
  clipboard: '1.5.10',
  cocktail: '0.5.15',
  colorpicker: '3.0.0',
  cropperjs: '1.2.2',
  device: '0.8.0',
  enquire: '2.1.1',
  fullcalendar: '2.3.1',
  'google-libphonenumber': '3.0.0',
  intl_tel_input: '3.7.1',
  jplayer: '2.9.2',
  jquery: '2.1.3',
  'js-uuid': '0.0.6',
  moment: '2.24.0',
  pubsub: '1.5.3',
  quill: '1.3.6',
  rangeslider: '2.3.2',
  steady: '2.0.0',
  store: '1.3.20',
  twigjs: '0.8.9',
  underscore: '1.9.1',
  'virtualized-list': '2.2.0',
} as const;

/**
 * Modules that the platform was seen to have beside those, none of which it documents (`platform/widget.md §12`). Its
 * own, below `lib/`, are not listed.
 */
export const seenModules = [
  'ifvisible',
  'intl-tel-input',
  'jquery-ui',
  'magnific-popup',
  'marked',
  'moment-timezone',
  'rxjs',
  'webfontloader',
] as const;

export type PlatformModule = keyof typeof platformModules;

/** RequireJS of the platform and its plugins, of which none is documented (`platform/widget.md §12`). */
export const platformRequire = { version: '2.3.5', plugins: ['text', 'json', 'optional', 'css'] } as const;

/** `require` as a widget uses it: on demand, with what to do when a file can't be loaded. */
export type AmdRequire = (
  ids: readonly string[],
  onLoad: (...modules: never[]) => void,
  onError?: (error: AmdError) => void,
) => void;

/** `define` as `script.js` and the widget's other modules use it, always without a name. */
export interface AmdDefine {
  (factory: () => unknown): void;
  (ids: readonly string[], factory: (...modules: never[]) => unknown): void;
}

/** What RequireJS hands to `onError`. */
export interface AmdError extends Error {
  /** For example `timeout`, `nodefine` or `scripterror`. */
  readonly requireType: string;
  /** Ids of the modules that could not be loaded; absent for errors inside a module. */
  readonly requireModules?: readonly string[];
}
