import { textOf } from '../../words/look-up.js';
import { isRequired } from '../../../required-settings.js';
import type { SessionWidget } from '../../../wire.js';

export const fieldTypes = ['text', 'pass', 'users', 'users_lp', 'custom'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A field of the settings (`platform/widget.md §1.4`). */
export interface SettingsField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
}

/** The fields of a manifest, in its order. A type that is not known is shown as text. */
export function fieldsOf({ manifest, words }: SessionWidget): SettingsField[] {
  return Object.entries(record(manifest['settings'])).map(([name, value]) => {
    const { name: label, type } = record(value);
    return {
      name,
      label: typeof label === 'string' ? textOf(words, label) : name,
      type: fieldTypes.find((known) => known === type) ?? 'text',
      required: isRequired(record(value)),
    };
  });
}

/** The name that people see: the widget's own, else what its author called the folder or zip. */
export function nameOf({ manifest, words, label }: SessionWidget): string {
  const { name } = record(manifest['widget']);
  return typeof name === 'string' && textOf(words, name) !== name ? textOf(words, name) : label;
}

/** HTML as its author wrote it, to be made safe; empty when the language file has none. */
export function descriptionOf({ manifest, words }: SessionWidget): string {
  return referred(words, record(manifest['widget'])['description']);
}

/** With `installation: false` a widget is only listed: it has no form and cannot be installed (`§1.2`). */
export function isInstallable({ manifest }: SessionWidget): boolean {
  return record(manifest['widget'])['installation'] !== false;
}

/** Where the developer helps: the link counts before the address (`§1.2`); undefined when there is neither. */
export function supportOf({ manifest, words }: SessionWidget): string | undefined {
  const { link, email } = record(record(manifest['widget'])['support']);
  const address = typeof link === 'string' ? textOf(words, link) : '';
  if (/^https?:\/\//i.test(address)) return address;
  return typeof email === 'string' && email.includes('@') ? `mailto:${email}` : undefined;
}

export interface Tour {
  /** Addresses, at least one. */
  readonly images: readonly string[];
  /** HTML as its author wrote it. */
  readonly description: string;
}

/** The slides in the user's language, else in English, else in the first; only those that the archive has. */
export function tourOf({ manifest, words, language, path, files }: SessionWidget): Tour | undefined {
  const {
    is_tour: isTour,
    tour_images: byLanguage,
    tour_description: description,
  } = record(manifest['tour']);
  if (isTour === false) return undefined;
  const images = record(byLanguage);
  const list = images[language] ?? images['en'] ?? Object.values(images)[0];
  const present = (Array.isArray(list) ? list : [])
    .filter((image): image is string => typeof image === 'string')
    .map((image) => image.replace(/^\/+/, ''))
    .filter((image) => files.includes(image));
  if (present.length === 0) return undefined;
  return { images: present.map((image) => `${path}/${image}`), description: referred(words, description) };
}

/** Address of the first of these pictures that the archive has, in any of the allowed formats (`§2.2`). */
export function logoOf({ path, files }: SessionWidget, names: readonly string[]): string | undefined {
  const found = names
    .flatMap((name) => ['png', 'jpg', 'jpeg', 'gif', 'svg'].map((format) => `images/${name}.${format}`))
    .find((file) => files.includes(file));
  return found === undefined ? undefined : `${path}/${found}`;
}

function referred(words: unknown, reference: unknown): string {
  if (typeof reference !== 'string') return '';
  const text = textOf(words, reference);
  return text === reference ? '' : text;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
