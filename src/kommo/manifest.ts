import type { Location } from './locations.js';

/** A dotted path into the language files: `widget.name` is `name` of `widget` in every `i18n/<code>.json`. */
export type I18nReference = string;

/**
 * `manifest.json` as the platform reads it: `platform/widget.md §1.2`. The same shape as a JSON Schema stands
 * in `manifest.schema.json`.
 */
export interface Manifest {
  widget: ManifestWidget;
  locations: Location[];
  settings?: Record<string, SettingsField>;
  tour?: ManifestTour;
  dp?: ManifestDp;
  advanced?: { title: I18nReference };
  salesbot_designer?: SalesbotDesigner;
  sms?: { endpoint: string };
  mobile?: { frame_url: string; color: string };
  left_menu?: Record<string, LeftMenuItem>;
  amoforms_settings?: AmoformsSettings;
}

export interface ManifestWidget {
  name: I18nReference;
  description: I18nReference;
  short_description: I18nReference;
  /** Becomes the `?v=` of script.js and the language files, so it has to rise with every upload. */
  version?: string;
  interface_version: 2;
  /** The samples also write `"Y"`, and that is what the server hands to the page. */
  init_once?: boolean | 'Y' | 'N';
  locale: string[];
  installation: boolean;
  is_showcase?: boolean;
  support?: ManifestSupport;
  /** Legacy: the platform makes the code at upload. */
  code?: string;
  /** Legacy, as {@link ManifestWidget.code}. */
  secret_key?: string;
}

export interface ManifestSupport {
  link?: string;
  email?: string;
}

/** `platform/widget.md §1.4`. The platform's own numbers for them are undocumented. */
export const settingsFieldTypes = ['text', 'pass', 'users', 'users_lp', 'custom'] as const;

export type SettingsFieldType = (typeof settingsFieldTypes)[number];

/** The field types that are known to work in `dp.settings`: `platform/widget.md §1.5`. */
export const dpFieldTypes = ['text', 'custom'] as const satisfies readonly SettingsFieldType[];

export interface SettingsField {
  name: I18nReference;
  type: SettingsFieldType;
  required: boolean;
}

export interface ManifestDp {
  settings: Record<string, DpField>;
  /** Whether the action may be stretched over several stages. */
  action_multiple: boolean;
  /** The events of the digital pipeline are posted there; https only. */
  webhook_url?: string;
  title?: I18nReference;
}

export interface DpField extends Omit<SettingsField, 'type'> {
  /** Beside {@link dpFieldTypes}, others appear in the wild without proof that they work. */
  type: string;
}

export interface ManifestTour {
  is_tour: boolean;
  /** Paths in the archive that begin with `/images/`, by language. */
  tour_images?: Record<string, string[]>;
  tour_description?: I18nReference;
}

/** Handlers by their code, beside the optional `logo`: `platform/widget.md §1.6`. */
export interface SalesbotDesigner {
  logo?: string;
  [handlerCode: string]: SalesbotHandler | string | undefined;
}

export interface SalesbotHandler {
  name: I18nReference;
  settings?: Record<string, SalesbotField>;
}

export const salesbotFieldTypes = ['text', 'numeric', 'url'] as const;

export interface SalesbotField {
  name: I18nReference;
  type: (typeof salesbotFieldTypes)[number];
  /** A text, or a path into the language files. */
  default_value?: string | number;
  /** True: the user types the value; otherwise the user picks a field of the entity. */
  manual?: boolean;
  /** Undocumented; with a default value it keeps the bot's Save button usable. */
  required?: boolean;
}

/** The items of the left menu that the platform itself draws: `platform/widget.md §1.8`. */
export const systemMenuItems = [
  'dashboard',
  'leads',
  'customers',
  'tasks',
  'catalogs',
  'mail',
  'stats',
  'settings',
] as const;

export interface LeftMenuItem {
  title?: I18nReference;
  icon?: string;
  /** Kommo's two themes; came after `icon`, which still works: developers.kommo.com/changelog/left-menu-logos-update. */
  icons?: { light: string; dark: string };
  sort?: { after: (typeof systemMenuItems)[number] };
  submenu?: Record<string, LeftMenuSubItem>;
  is_hidden?: boolean;
}

export interface LeftMenuSubItem {
  title: I18nReference;
  sort?: number;
}

export interface AmoformsSettings {
  title: I18nReference;
  required?: boolean;
  error_text?: I18nReference;
}
