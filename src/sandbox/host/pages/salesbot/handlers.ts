import { parseLocation } from '../../../../kommo/locations.js';
import { salesbotFieldTypes } from '../../../../kommo/manifest.js';
import { textOf } from '../../words/look-up.js';
import type { SessionWidget } from '../../../wire.js';

export type FieldType = (typeof salesbotFieldTypes)[number];

export interface HandlerField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** The user types the value; otherwise a field of the entity can be chosen, too. */
  readonly isManual: boolean;
  readonly isRequired: boolean;
  readonly defaultValue: string;
}

/** A step that a widget offers for bots. */
export interface Handler {
  readonly widget: string;
  readonly widgetName: string;
  readonly logo: string | undefined;
  readonly code: string;
  readonly name: string;
  readonly fields: readonly HandlerField[];
}

/** The handlers of `salesbot_designer` of every active widget with that location (`platform/widget.md §1.6`). */
export function handlersOf(widgets: readonly SessionWidget[]): readonly Handler[] {
  return widgets.filter(isOffered).flatMap((widget) => {
    const { manifest, words } = widget;
    return Object.entries(fieldsOf(manifest['salesbot_designer'])).flatMap(([code, value]) => {
      if (typeof value !== 'object' || value === null) return [];
      const { name, settings } = fieldsOf(value);
      return {
        widget: widget.code,
        widgetName: textOf(words, 'widget.name'),
        logo: logoOf(widget),
        code,
        name: typeof name === 'string' ? textOf(words, name) : code,
        fields: Object.entries(fieldsOf(settings)).map(([field, given]) => readField(words, field, given)),
      };
    });
  });
}

function readField(words: unknown, field: string, given: unknown): HandlerField {
  const { name, type, manual, required, default_value } = fieldsOf(given);
  const isText = typeof default_value === 'string' || typeof default_value === 'number';
  return {
    name: field,
    label: typeof name === 'string' ? textOf(words, name) : field,
    type: salesbotFieldTypes.find((known) => known === type) ?? 'text',
    isManual: manual === true,
    isRequired: required !== false,
    // A path into the language files, or the text itself.
    defaultValue: isText ? textOf(words, String(default_value)) : '',
  };
}

function isOffered({ is_active, manifest }: SessionWidget): boolean {
  const { locations } = manifest;
  return (
    is_active &&
    Array.isArray(locations) &&
    locations.some((entry) => typeof entry === 'string' && parseLocation(entry)?.code === 'salesbot_designer')
  );
}

/** `salesbot_designer.logo` is an address below `/widgets/<code>`, which the file's name at the end is left of. */
function logoOf({ manifest, files, path, version }: SessionWidget): string | undefined {
  const { logo } = fieldsOf(manifest['salesbot_designer']);
  const named = typeof logo === 'string' ? `images/${logo.split('/').at(-1) ?? ''}` : '';
  const file = [named, 'images/logo_small.png', 'images/logo_min.png'].find((one) => files.includes(one));
  return file === undefined ? undefined : `${path}/${file}?v=${version}`;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
