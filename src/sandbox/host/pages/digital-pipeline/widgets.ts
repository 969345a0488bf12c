import { parseLocation } from '../../../../kommo/locations.js';
import { textOf } from '../../words/look-up.js';
import type { SessionWidget } from '../../../wire.js';

/** A field of `dp.settings` in the user's language. */
export interface DpField {
  readonly name: string;
  readonly label: string;
  /** `text`, `custom` or whatever the author wrote. */
  readonly type: string;
}

/** What the digital pipeline needs of a widget. */
export interface DpWidget {
  /** Undefined when no widget of this code was uploaded. */
  readonly id: number | undefined;
  readonly code: string;
  readonly name: string;
  readonly logo: string | undefined;
  readonly fields: readonly DpField[];
  /** `dp.action_multiple`: the action may be stretched over several stages. */
  readonly isStretchable: boolean;
}

/** The widget as the digital pipeline shows it, from its manifest and its words (`platform/widget.md §1.5`). */
export function dpWidget({ id, code, manifest, words, files, path }: SessionWidget): DpWidget {
  const dp = objectOf(manifest['dp']);
  const nameOf = (reference: unknown, otherwise: string): string =>
    typeof reference === 'string' ? textOf(words, reference) : otherwise;
  return {
    id,
    code,
    name: nameOf(dp['title'] ?? objectOf(manifest['widget'])['name'], code),
    logo: files.includes('images/logo_dp.png') ? `${path}/images/logo_dp.png` : undefined,
    isStretchable: dp['action_multiple'] === true,
    fields: Object.entries(objectOf(dp['settings'])).map(([name, field]): DpField => {
      const { name: label, type } = objectOf(field);
      return { name, label: nameOf(label, name), type: typeof type === 'string' ? type : 'text' };
    }),
  };
}

/** The widget of a trigger is gone; what is stored can still be seen and changed. */
export function unknownWidget(code: string, settings: Readonly<Record<string, unknown>>): DpWidget {
  const fields = Object.keys(settings).map((name) => ({ name, label: name, type: 'text' }));
  return { id: undefined, code, name: code, logo: undefined, isStretchable: false, fields };
}

/** Whether it can be a trigger now: it lists the location, and is installed and switched on. */
export function isForDigitalPipeline({ manifest, is_active }: SessionWidget): boolean {
  const { locations } = manifest;
  return (
    is_active &&
    Array.isArray(locations) &&
    locations.some((entry) => typeof entry === 'string' && parseLocation(entry)?.code === 'digital_pipeline')
  );
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
